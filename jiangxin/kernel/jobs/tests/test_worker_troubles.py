"""What goes wrong around a worker harms nothing else, and who has no parent or no name on the machine stays right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events.tests.between import in_between
from jiangxin.kernel.jobs import drain, lifeline, lives, run_worker
from jiangxin.kernel.jobs.models import Worker
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.kernel.modules import SearchKind
from jiangxin.kernel.search import backlog, mark, pending

ASKING = "from jiangxin.kernel.jobs import lifeline; lifeline.die_with_parent(); print('lives')"
ORPHANED = """
import os
import time
from jiangxin.kernel.jobs import lifeline
parent, (told, tell), sleep = os.getpid(), os.pipe(), time.sleep
if os.fork():
    os.read(told, 1)
    os._exit(0)
lifeline.GRACE_SECONDS = 0.0
time.sleep = lambda seconds: (os.write(tell, b"."), sleep(0.05))
lifeline._end_orphan(parent)
print("lives")
"""


def _fail(ids: list[int]) -> list[object]:
    raise ValueError(f"{ids} cannot be described")


@pytest.fixture
def _broken_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of things to search whose words nobody can give."""
    kinds = {"test.broken": SearchKind("test.broken", "坏", f"{__name__}:_fail")}
    monkeypatch.setattr(backlog, "search_kinds", lambda: kinds)


def _rename(table: str, to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {to}")


@pytest.mark.django_db
@pytest.mark.usefixtures("_own_timetable", "_broken_kind")
def test_an_index_that_stands_still_holds_up_no_job(caplog: pytest.LogCaptureFixture) -> None:
    mark("test.broken", [1])
    sample_jobs.leave_trace.enqueue(word="a")

    run_worker(once=True)

    told = [record.message for record in caplog.records if record.name == "jiangxin.jobs"]
    assert told == ["the search index stands still"]
    assert (DBTaskResult.objects.successful().count(), pending("test.broken")) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_own_timetable")
def test_trouble_with_the_database_is_not_taken_for_a_fault_of_the_index() -> None:
    mark("test.any", [1])
    _rename("search_dirty", "away")
    try:
        with pytest.raises(DatabaseError):
            drain()
    finally:
        _rename("away", "search_dirty")

    assert pending("test.any") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_own_timetable")
def test_a_worker_that_cannot_sign_off_ends_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    try:
        with in_between(lambda: _rename("jobs_worker", "away"), after="search_dirty"):
            done = run_worker(once=True)
    finally:
        _rename("away", "jobs_worker")

    told = [record.message.partition(":")[0] for record in caplog.records if record.name == "jiangxin.jobs"]
    assert (done, told, Worker.objects.count()) == (0, ["could not sign off"], 1)


@pytest.mark.django_db
def test_a_worker_of_a_machine_that_does_not_name_itself_is_not_taken_for_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unreadable(path: Path, **_options: str) -> str:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_text", unreadable)
    worker = lives.register_worker()
    Worker.objects.update(pid=2**22 + 1)  # no process has such a number

    assert (worker.host, lives.Watch("another").dead()) == ("", set())


@pytest.mark.parametrize(("parent", "says"), [("", "lives"), ("this one", "lives"), ("1", "")])
def test_a_child_goes_on_only_while_its_parent_is_there(parent: str, says: str) -> None:
    parent = str(os.getpid()) if parent == "this one" else parent
    environment = {**os.environ, lifeline.PARENT: parent}

    child = subprocess.run(
        [sys.executable, "-c", ASKING], env=environment, check=False, capture_output=True, text=True
    )

    assert (child.returncode, child.stdout.strip()) == (0, says)


def test_a_child_that_outlives_its_parent_is_ended() -> None:
    child = subprocess.run([sys.executable, "-c", ORPHANED], check=False, capture_output=True, text=True)

    assert (child.returncode, child.stdout) == (0, "")


def test_a_system_without_such_a_sign_still_tells_whether_the_parent_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lifeline, "LINUX", False)

    assert [lifeline.end_with(pid, lifeline.signal.SIGTERM) for pid in (os.getppid(), -1)] == [True, False]
