"""Work apart: what a generator gives is made in a child process, one item ahead of who takes it.

The child is a fork, so that it knows all the parent knows and costs no start. It must not touch the database: it closes every
file it inherits but its pipe. It cannot outlive the parent: the system kills it with the parent (Linux), elsewhere its next
write fails. Who stops taking, by an error or by leaving, ends it at once.
"""

import gc
import os
import pickle
import signal
import traceback
import warnings
from collections.abc import Callable, Generator, Iterable
from typing import Any, BinaryIO, NoReturn, TypeVar

from jiangxin.kernel.jobs.lifeline import end_with

T = TypeVar("T")
_LENGTH_BYTES = 8
_MOST_FILES = 1 << 20


class LostApart(RuntimeError):  # noqa: N818 - says what happened
    """The child ended without saying why (killed, no memory); the work can be begun again."""


def apart(make: Callable[[], Iterable[T]]) -> Generator[T, None, None]:
    """Yield what `make()` yields, made in a child process; what it raises is raised here.

    Items and errors have to be picklable. Close the generator to end the child early.
    """
    reading, writing = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # 3.12 warns of threads: the child takes none of their locks
        child = os.fork() or _work(make, writing, parent)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            yield from _received(pipe)
    finally:
        os.kill(child, signal.SIGKILL)  # still ours: nobody has waited for it
        os.waitpid(child, 0)


def can_work_apart() -> bool:
    """Whether this system forks."""
    return hasattr(os, "fork")


def _received(pipe: BinaryIO) -> Generator[Any, None, None]:
    while length := pipe.read(_LENGTH_BYTES):
        try:
            kind, item = pickle.loads(pipe.read(int.from_bytes(length, "big")))  # noqa: S301 - from our own child
        except (EOFError, pickle.UnpicklingError):
            break
        if kind == "end":
            return
        if kind == "error":
            raise item
        yield item
        item = None  # not two in memory at once
    raise LostApart("the child process ended in the middle of its work")


def _work(make: Callable[[], Iterable[Any]], writing: int, parent: int) -> NoReturn:
    """What the child does; it ends without any of the parent's clean-up."""
    ended = 1
    try:
        _settle_in(writing, parent)
        with os.fdopen(writing, "wb") as pipe:
            try:
                for item in make():
                    _send(pipe, ("item", item))
                    item = None  # noqa: PLW2901 - not two in memory at once
                _send(pipe, ("end", None))
            except Exception as error:  # noqa: BLE001 - raised again in the parent
                _send(pipe, ("error", _portable(error)))
        ended = 0
    finally:
        os._exit(ended)


def _settle_in(writing: int, parent: int) -> None:
    """Drop what belongs to the parent: its signals, its open files and connections; keep no way to outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if not end_with(parent, signal.SIGKILL):
        os._exit(0)
    os.closerange(3, writing)
    os.closerange(writing + 1, _MOST_FILES)
    gc.disable()
    gc.freeze()


def _send(pipe: BinaryIO, message: tuple[str, Any]) -> None:
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(content).to_bytes(_LENGTH_BYTES, "big") + content)
    pipe.flush()


def _portable(error: Exception) -> Exception:
    """The error as it was where it can travel, else its text."""
    told = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    except Exception:  # noqa: BLE001 - whatever keeps it from travelling
        return LostApart(told)
    error.add_note(told)
    return error
