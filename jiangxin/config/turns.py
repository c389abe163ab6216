"""One request at a time in a web process, except while it waits for what a slow sender still has to send."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol

SLOW_SENDERS = min(8, 2 * (os.cpu_count() or 1) + 1)  # threads of a web process; granian warns of more


class Stream(Protocol):
    """What a WSGI server gives as wsgi.input, as far as Django asks for it."""

    def read(self, size: int = -1, /) -> bytes: ...

    def readline(self, size: int = -1, /) -> bytes: ...


class Patient:
    """A request's body; who waits for it lets others have their turn meanwhile."""

    def __init__(self, stream: Stream, turn: threading.Lock) -> None:
        self._stream = stream
        self._turn = turn
        self.has_turn = True

    def read(self, size: int = -1, /) -> bytes:
        """As the stream reads."""
        return self._waiting(self._stream.read, size)

    def readline(self, size: int = -1, /) -> bytes:
        """As the stream reads."""
        return self._waiting(self._stream.readline, size)

    def _waiting(self, read: Callable[[int], bytes], size: int) -> bytes:
        if not self.has_turn:
            return read(size)
        self._turn.release()
        try:
            return read(size)
        finally:
            self._turn.acquire()


class OneAtATime:
    """A WSGI application whose threads take turns: SQLite's writers stay in line, and threads do not fight over Python.

    Several threads are there only because one that waits for a body would hold up everybody (a slow line, half an upload).
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application
        self._turn = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer when it is this request's turn; what streams afterwards needs none."""
        body = environ["wsgi.input"] = Patient(environ["wsgi.input"], self._turn)
        with self._turn:
            try:
                return self._application(environ, start_response)
            finally:
                body.has_turn = False
