"""The worker as a real process and as a thread: killed, stopped, idle, and beside others."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events import Event, announce
from jiangxin.kernel.events.models import PendingEvent, Receipt, ReceiptState
from jiangxin.kernel.jobs import drain, lives, registry, run_worker, scheduled
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

    def test_work_is_picked_up_within_a_second_and_idling_costs_next_to_nothing(self, start: Start) -> None:
        process = start()
        wait_for(Worker.objects.exists)
        time.sleep(1.5)
        before = _cpu_seconds(process.pid)
        time.sleep(4)
        idle = (_cpu_seconds(process.pid) - before) / 4
        quickest = min(self._seconds_to_finish(f"{turn}") for turn in range(3))

        assert quickest <= 1
        assert idle <= 0.03
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


class TestThread:
    pytestmark = committed

    def test_a_worker_in_a_thread_stops_when_told(self) -> None:
        told = threading.Event()
        thread = threading.Thread(target=lambda: run_worker(stop_event=told))
        sample_jobs.leave_trace.enqueue(word="a")
        thread.start()
        wait_for(DBTaskResult.objects.successful().exists)
        told.set()
        thread.join(LIMIT)

        assert (thread.is_alive(), Worker.objects.count()) == (False, 0)


class TestHeartbeat:
    pytestmark = committed

    def test_it_grows_and_goes_on_after_a_time_without_database(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(lives, "BEAT_EVERY", 0.05)
        worker = lives.register_worker()
        heart = lives.Heartbeat(worker)
        heart.start()
        wait_for(lambda: Worker.objects.get().beat > 1)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE jobs_worker RENAME TO away")
            wait_for(lambda: "heartbeat missed" in caplog.text)
            cursor.execute("ALTER TABLE away RENAME TO jobs_worker")
        before = Worker.objects.get().beat
        wait_for(lambda: Worker.objects.get().beat > before)
        heart.stop()

        assert heart.is_alive() is False


class TestMainThread:
    pytestmark = committed

    def test_a_signal_stops_it_and_gives_the_signals_back(self) -> None:
        before = signal.getsignal(signal.SIGTERM)
        killer = threading.Timer(0.7, lambda: os.kill(os.getpid(), signal.SIGTERM))
        killer.start()

        run_worker()

        killer.join()
        assert (signal.getsignal(signal.SIGTERM), Worker.objects.count()) == (before, 0)

    def test_a_second_signal_stops_the_job_in_the_middle_and_puts_it_back(self) -> None:
        sample_jobs.ask_to_stop.enqueue()

        run_worker()

        job = DBTaskResult.objects.get()
        assert (job.status, job.exception_class_path) == ("READY", "builtins.SystemExit")

    @pytest.mark.usefixtures("_own_timetable")
    def test_trouble_with_the_database_is_survived_and_work_in_hand_goes_back(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jiangxin.kernel.jobs.worker.AFTER_TROUBLE", 0.05)
        scheduled(every=dt.timedelta(hours=1))(sample_jobs.be_refused)
        registry._schedules["test.be_refused"] = Troubled(sample_jobs.be_refused)
        sample_jobs.leave_trace.enqueue(word="a")
        told = threading.Event()
        threading.Timer(1.8, told.set).start()

        run_worker(stop_event=told)

        assert names() == ["trace a"]


class Troubled(registry.Schedule):
    """A timetable entry that meets a database in trouble, once."""

    met: ClassVar[list[str]] = []

    def next_after(self, moment: dt.datetime) -> dt.datetime:
        if not self.met:
            self.met.append("trouble")
            raise OperationalError("the database is away")
        return moment + dt.timedelta(hours=1)


@pytest.mark.django_db
@pytest.mark.usefixtures("_own_timetable")
class TestLife:
    def test_once_works_until_nothing_is_due_and_signs_off(self) -> None:
        sample_jobs.leave_trace.enqueue(word="a")
        sample_jobs.leave_trace.enqueue(word="b")

        run_worker(once=True)

        assert names() == ["trace a", "trace b"]
        assert (Worker.objects.count(), PendingEvent.objects.count()) == (0, 0)

    def test_a_worker_whose_process_is_gone_is_dead_at_once(self) -> None:
        me = lives.register_worker()
        gone = Worker.objects.create(host=me.host, pid=me.pid, process_start="1")
        elsewhere = Worker.objects.create(host="another machine", pid=me.pid, process_start="1")
        watch = lives.Watch("W1")

        assert watch.dead() == {gone.pk}
        assert watch.take_over() == 0
        assert set(Worker.objects.values_list("pk", flat=True)) == {me.pk, elsewhere.pk}

    def test_a_silent_worker_elsewhere_is_dead_after_a_minute_by_the_steady_clock(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        silent, lively = (Worker.objects.create(host="elsewhere", pid=1) for _each in range(2))
        watch, clock = lives.Watch("W1"), iter((0.0, 50.0, 70.0))
        monkeypatch.setattr(lives.time, "monotonic", lambda: next(clock))

        dead = []
        for _turn in range(3):
            dead.append(watch.dead())
            lives.beat(lively)

        assert dead == [set(), set(), {silent.pk}]

    def test_a_worker_taken_for_dead_registers_again(self) -> None:
        worker = lives.register_worker()
        Worker.objects.all().delete()

        lives.beat(worker)

        assert Worker.objects.get().pk == worker.pk

    def test_work_of_somebody_who_is_not_listed_is_taken_over(self) -> None:
        sample_jobs.leave_trace.enqueue(word="a")
        DBTaskResult.objects.update(status="RUNNING", worker_ids=["nobody"])

        assert lives.Watch("W1").take_over() == 1
        drain()
        assert names() == ["trace a"]
