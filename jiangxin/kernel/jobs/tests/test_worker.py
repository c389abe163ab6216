"""The worker in a thread, its signs of life, and what becomes of the work of one that died."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import ClassVar

import pytest
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events import Event
from jiangxin.kernel.events.models import PendingEvent
from jiangxin.kernel.jobs import drain, lives, registry, run_worker, scheduled
from jiangxin.kernel.jobs.models import ScheduleClock, Worker
from jiangxin.kernel.jobs.tests import sample_jobs

LIMIT = 90  # seconds, for a busy machine
committed = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def names() -> list[str]:
    found = Event.objects.filter(name__contains="trace").order_by("id")
    return list(found.values_list("name", flat=True))


class TestThread:
    pytestmark = committed

    def test_a_worker_in_a_thread_stops_when_told(self) -> None:
        sample_jobs.leave_trace.enqueue(word="a")

        thread = _work_in_a_thread_until(DBTaskResult.objects.successful().exists)

        assert (thread.is_alive(), Worker.objects.count()) == (False, 0)


def _work_in_a_thread_until(condition: Callable[[], object]) -> threading.Thread:
    told = threading.Event()
    thread = threading.Thread(target=lambda: run_worker(stop_event=told))
    thread.start()
    try:
        wait_for(condition)
    finally:
        told.set()
        thread.join(LIMIT)
    return thread


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
        killer = threading.Thread(target=_stop_who_listens, args=(before,))
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
        Troubled.met.clear()

        _work_in_a_thread_until(DBTaskResult.objects.successful().exists)

        assert (Troubled.met, names()) == (["trouble"], ["trace a"])


def _stop_who_listens(deaf: object) -> None:
    """Send this process the signal as soon as it no longer answers it as before."""
    wait_for(lambda: signal.getsignal(signal.SIGTERM) is not deaf)
    os.kill(os.getpid(), signal.SIGTERM)


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

    def test_a_worker_and_a_clock_are_called_by_what_tells_them_apart(self) -> None:
        worker, clock = lives.register_worker(), ScheduleClock(name="test.be_refused")

        assert (str(worker), str(clock)) == (worker.uid, "test.be_refused")

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
