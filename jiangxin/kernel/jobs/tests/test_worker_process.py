"""A worker in a process of its own: killed in the middle, twice at once, idle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events import Event, announce
from jiangxin.kernel.events.models import PendingEvent, Receipt, ReceiptState
from jiangxin.kernel.jobs.models import Worker
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.kernel.modules import EventType, register

PROGRAM = """
import django
django.setup()
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.kernel.jobs import run_worker
run_worker()
"""
LIMIT = 90  # seconds, for a busy machine
Start = Callable[[], "subprocess.Popen[bytes]"]
committed = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a worker process on the test database."""
    started: list[subprocess.Popen[bytes]] = []
    names = connection.settings_dict
    url = f"sqlite:///{names['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{names['USER']}@{names['HOST']}:{names['PORT']}/{names['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "JX_HOME": str(tmp_path / "home")}
    environment["DJANGO_SETTINGS_MODULE"] = settings.SETTINGS_MODULE

    def begin() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], object], *workers: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        assert [worker.poll() for worker in workers] == [None] * len(workers), "a worker ended by itself"
        time.sleep(0.05)


def names() -> list[str]:
    found = Event.objects.filter(name__contains="trace").order_by("id")
    return list(found.values_list("name", flat=True))


def stop(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(LIMIT)


class TestProcess:
    pytestmark = committed

    def test_a_job_whose_worker_is_killed_in_the_middle_happens_once(
        self, start: Start, tmp_path: Path
    ) -> None:
        with transaction.atomic():
            sample_jobs.die_in_the_middle.enqueue(folder=str(tmp_path), word="a")
            sample_jobs.leave_trace.enqueue(word="b")
        first = start()
        wait_for((tmp_path / "reached").exists, first)
        first.kill()
        first.wait()

        second = start()
        wait_for(lambda: DBTaskResult.objects.successful().count() == 2, second)

        assert stop(second) == 0
        assert sorted(names()) == ["trace a", "trace a to the end", "trace b"]

    def test_a_reaction_whose_worker_is_killed_in_the_middle_happens_once(
        self, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        declared = {"test.folder_told": EventType("test.folder_told", ("folder",))}
        monkeypatch.setattr(register, "_event_types", lambda: declared)
        with transaction.atomic():
            announce("test.folder_told", folder=str(tmp_path))
        first = start()
        wait_for((tmp_path / "reached").exists, first)
        first.kill()
        first.wait()

        second = start()
        wait_for(Receipt.objects.filter(state=ReceiptState.DONE).exists, second)

        assert stop(second) == 0
        assert names() == ["reaction trace", "reaction trace to the end"]
        wait_for(lambda: PendingEvent.objects.count() <= 2)

    def test_a_job_that_kills_every_worker_is_buried(self, start: Start) -> None:
        sample_jobs.kill_the_worker.enqueue()

        deaths = [start().wait(LIMIT) for _turn in range(2)]
        survivor = start()
        wait_for(DBTaskResult.objects.failed().exists)

        assert deaths == [-signal.SIGKILL, -signal.SIGKILL]
        assert stop(survivor) == 0

    def test_work_is_picked_up_at_once_and_idling_costs_next_to_nothing(self, start: Start) -> None:
        process = start()
        wait_for(Worker.objects.exists)
        time.sleep(1.5)
        before = _cpu_seconds(process.pid)
        time.sleep(4)
        idle = (_cpu_seconds(process.pid) - before) / 4
        quickest = min(self._seconds_to_finish(f"{turn}") for turn in range(3))

        assert quickest <= 3
        assert idle <= 0.1
        assert stop(process) == 0
        assert Worker.objects.count() == 0

    def _seconds_to_finish(self, word: str) -> float:
        asked, before = time.monotonic(), DBTaskResult.objects.successful().count()
        sample_jobs.leave_trace.enqueue(word=word)
        wait_for(lambda: DBTaskResult.objects.successful().count() > before)
        return time.monotonic() - asked

    def test_two_workers_share_the_work_and_double_none(self, start: Start) -> None:
        both = [start(), start()]
        wait_for(lambda: Worker.objects.count() == 2, *both)
        for number in range(40):
            sample_jobs.leave_trace.enqueue(word=f"{number:02}")
        wait_for(lambda: DBTaskResult.objects.successful().count() == 40)

        assert [stop(process) for process in both] == [0, 0]
        assert sorted(names()) == [f"trace {number:02}" for number in range(40)]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
