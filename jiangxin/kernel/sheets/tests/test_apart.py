"""A generator at work in a child process: what it gives, what it raises, and that nothing of it stays behind."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jiangxin.kernel.access import Refused
from jiangxin.kernel.sheets import Unusable
from jiangxin.kernel.sheets.apart import LostApart, _portable, _received, _send, _work, apart
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.sheets.tests.samples import year

PARENT = """
import time
from jiangxin.kernel.sheets.apart import apart
import io
import os
def work():
    yield os.getpid()
    while True:
        time.sleep(0.1)
for pid in apart(work):
    print(pid, flush=True)
"""


def is_there(pid: int) -> bool:
    """Whether a process lives (one that is dead and not yet waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def pids() -> Iterator[int]:
    while True:
        yield os.getpid()


def test_what_is_made_apart_arrives_in_order() -> None:
    batches = [Batch([2, 3], {"a": ["x", "y"], "b": ["", "长\n短"], "c": [1, None]}), Batch([], {"a": []})]

    given = list(apart(lambda: iter(batches)))

    assert [(each.numbers, each.columns) for each in given] == [
        (each.numbers, each.columns) for each in batches
    ]


def test_the_work_is_done_by_another_process_and_ends_with_who_takes() -> None:
    taking = apart(pids)
    child = next(taking)
    assert child != os.getpid()

    taking.close()

    assert not is_there(child)


@pytest.mark.parametrize(
    "error", [Unusable("cut_off", "断了。"), Refused("不行。", code="no"), KeyError("x")]
)
def test_an_error_is_raised_where_the_items_are_taken(error: Exception) -> None:
    def work() -> Iterator[int]:
        yield 1
        raise error

    taking = apart(work)
    assert next(taking) == 1
    with pytest.raises(type(error)) as raised:
        next(taking)
    assert (str(raised.value), getattr(raised.value, "code", "")) == (str(error), getattr(error, "code", ""))


def test_an_error_that_cannot_travel_is_told() -> None:
    class Local(Exception):  # noqa: N818 - only here
        pass

    def work() -> Iterator[int]:
        raise Local("so")
        yield 1

    with pytest.raises(LostApart, match="Local: so"):
        list(apart(work))


def test_a_child_that_is_killed_is_noticed() -> None:
    taking = apart(pids)
    os.kill(next(taking), signal.SIGKILL)

    with pytest.raises(LostApart):
        for _pid in taking:
            pass


def test_the_child_has_none_of_the_open_files(tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as file:
        number = file.fileno()

        def work() -> Iterator[bool]:
            try:
                os.fstat(number)
            except OSError:
                yield False
            else:
                yield True

        assert list(apart(work)) == [False]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere its next write ends it")
def test_the_child_dies_with_a_parent_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_there(child)
        parent.kill()
        parent.wait()
        end = time.monotonic() + 10
        while is_there(child):
            assert time.monotonic() < end, "the child lives on"
            time.sleep(0.02)


@pytest.mark.parametrize("kept", [1, 12, 20])
def test_a_message_cut_in_its_middle_is_noticed(kept: int) -> None:
    pipe = io.BytesIO()
    _send(pipe, ("item", "一"))
    whole = pipe.tell()
    _send(pipe, ("item", "二"))

    taking = _received(io.BytesIO(pipe.getvalue()[: whole + kept]))

    assert next(taking) == "一"
    with pytest.raises(LostApart):
        next(taking)


def test_an_error_brings_along_where_it_happened() -> None:
    with pytest.raises(Refused) as raised:
        year("去年")
    there = _portable(raised.value)

    assert (str(there), there.code) == (str(raised.value), "bad_year")
    assert "in year\n" in there.__notes__[0]


def _left_alone(make: Callable[[], Iterator[Any]], *, parent: int | None = None) -> Iterator[Any]:
    """What a child says that is left to end by itself, once it has ended."""
    reading, writing = os.pipe()
    child = os.fork() or _work(make, writing, os.getppid() if parent is None else parent)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return _received(io.BytesIO(said))


def test_a_child_that_is_done_says_so_and_leaves_by_itself() -> None:
    assert list(_left_alone(lambda: iter("一二"))) == ["一", "二"]


def test_a_child_whose_work_fails_says_so_and_leaves_by_itself() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise Unusable("cut_off", "断了。")

    taking = _left_alone(work)

    assert next(taking) == 1
    with pytest.raises(Unusable, match="断了。"):
        next(taking)


def test_a_child_that_finds_its_parent_gone_does_nothing() -> None:
    with pytest.raises(LostApart):
        next(_left_alone(lambda: iter("一二"), parent=-1))


def test_an_error_travels_as_it_is_when_it_can_and_as_text_when_it_cannot() -> None:
    class Local(Exception):  # noqa: N818 - only here
        pass

    errors = [_portable(error) for error in (KeyError("x"), Unusable("cut_off", "断了。"), Local("so"))]

    assert [type(error) for error in errors] == [KeyError, Unusable, LostApart]
    assert str(errors[2]).strip().endswith("Local: so")
