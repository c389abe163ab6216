"""Threads of a web process take turns, and who waits for a slow sender holds nobody up."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from jiangxin.config.turns import SLOW_SENDERS, OneAtATime
from tests.journeys.installation import Installation, all_gone, answer_of, children_of

pytestmark = [pytest.mark.journey]


class SlowLine(io.BytesIO):
    """A body whose end comes only when somebody says so."""

    def __init__(self, arrived: threading.Event) -> None:
        super().__init__(b"all of it")
        self._arrived = arrived

    def read(self, size: int | None = -1, /) -> bytes:
        assert self._arrived.wait(20)
        return super().read(size)


def asked(house: OneAtATime, body: io.BytesIO, name: str) -> threading.Thread:
    """A request on a thread of its own."""
    environ = {"wsgi.input": body, "name": name}
    thread = threading.Thread(target=lambda: house(environ, lambda *_: None), daemon=True)
    thread.start()
    return thread


def test_a_request_is_answered_while_another_waits_for_its_body() -> None:
    arrived, answered = threading.Event(), list[tuple[str, bytes]]()

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        answered.append((environ["name"], environ["wsgi.input"].read()))
        return []

    house = OneAtATime(application)
    slow = asked(house, SlowLine(arrived), "slow")
    asked(house, io.BytesIO(b"short"), "quick").join(20)
    before = list(answered)
    arrived.set()
    slow.join(20)

    assert before == [("quick", b"short")]
    assert answered == [("quick", b"short"), ("slow", b"all of it")]


def test_two_requests_are_never_at_work_at_once() -> None:
    at_work, most = list[int](), list[int]()

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        environ["wsgi.input"].readline()
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.005)
        at_work.pop()
        return []

    house = OneAtATime(application)
    for each in [asked(house, io.BytesIO(b"x\n"), "") for _ in range(SLOW_SENDERS * 2)]:
        each.join(20)

    assert most == [1] * (SLOW_SENDERS * 2)


def test_an_application_that_fails_gives_its_turn_back_and_a_late_look_takes_none() -> None:
    kept = list[Any]()

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:
        kept.append(environ["wsgi.input"])
        raise ValueError("no")

    house = OneAtATime(application)
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            house({"wsgi.input": io.BytesIO(b"late")}, lambda *_: None)

    assert [each.read() for each in kept] == [b"late", b"late"]


HALF_A_FORM = (
    "POST /i18n/setlang/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrftoken=" + "a" * 32 + "\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlanguage=en"
)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_half_an_upload_does_not_keep_the_house_from_answering(
    installation: Installation, free_port: int
) -> None:
    environment = {**installation.environment, "PORT": str(free_port)}
    command = [sys.executable, "-m", "jiangxin.config.cli", "serve", "--with-worker"]
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    slow: list[socket.socket] = []
    try:
        answer_of(f"http://127.0.0.1:{free_port}/healthz", server)
        for _ in range(SLOW_SENDERS - 1):
            slow.append(socket.create_connection(("127.0.0.1", free_port)))
            slow[-1].sendall(HALF_A_FORM.encode())
        time.sleep(0.5)

        told = answer_of(f"http://127.0.0.1:{free_port}/healthz", server, seconds=20)

        assert told["database"]
    finally:
        children = children_of(server.pid)
        for each in slow:
            each.close()
        server.terminate()
        server.wait(60)
        assert all_gone(children)
