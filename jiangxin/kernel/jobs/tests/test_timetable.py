"""The timetable: once in the whole house, nothing made up for, no clock change wedges it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events.models import Checkpoint, Receipt, ReceiptState
from jiangxin.kernel.jobs import drain, scheduled
from jiangxin.kernel.jobs.jobs import clear_done_work, sign_checkpoint
from jiangxin.kernel.jobs.models import ScheduleClock
from jiangxin.kernel.jobs.registry import Schedule
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.kernel.jobs.timetable import enqueue_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_own_timetable")]
NOON = dt.datetime(2025, 5, 1, 4, 0, tzinfo=dt.UTC)  # 12:00 in Shanghai


def test_a_job_every_hour_is_enqueued_once_an_hour_and_missed_hours_are_not_made_up() -> None:
    scheduled(every=dt.timedelta(hours=1))(sample_jobs.be_refused)

    enqueued = []
    with time_machine.travel(NOON, tick=False) as clock:
        for hours in (0, 0.5, 0.6, 0.1, 7, 0, 1.1):
            clock.shift(dt.timedelta(hours=hours))
            enqueued.append(enqueue_due())
            DBTaskResult.objects.update(status="SUCCESSFUL")

    assert enqueued == [0, 0, 1, 0, 1, 0, 1]


def test_a_daily_job_keeps_its_local_hour() -> None:
    schedule = Schedule(sample_jobs.be_refused, daily=dt.time(3, 10))

    assert schedule.next_after(NOON).isoformat() == "2025-05-02T03:10:00+08:00"
    assert schedule.next_after(NOON - dt.timedelta(hours=10)).isoformat() == "2025-05-01T03:10:00+08:00"


def test_a_job_that_still_waits_is_not_enqueued_again() -> None:
    scheduled(every=dt.timedelta(hours=1))(sample_jobs.be_refused)

    with time_machine.travel(NOON, tick=False) as clock:
        enqueue_due()
        clock.shift(dt.timedelta(hours=2))
        first = enqueue_due()
        clock.shift(dt.timedelta(hours=2))
        second = enqueue_due()

    assert (first, second) == (1, 0)


def test_a_clock_set_back_does_not_stop_the_timetable() -> None:
    scheduled(every=dt.timedelta(hours=1))(sample_jobs.be_refused)
    ScheduleClock.objects.create(name="test.be_refused", next_at=NOON + dt.timedelta(days=300))

    with time_machine.travel(NOON, tick=False) as clock:
        enqueue_due()
        clock.shift(dt.timedelta(hours=1))

        assert enqueue_due() == 1


@pytest.mark.parametrize(
    "when", [{}, {"every": dt.timedelta(hours=1), "daily": "03:00"}, {"every": dt.timedelta(0)}]
)
def test_a_schedule_says_one_sensible_time(when: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="every"):
        scheduled(**when)


def test_work_done_a_week_ago_is_cleared_away_and_dead_work_stays() -> None:
    sample_jobs.leave_trace.enqueue(word="a")
    sample_jobs.be_refused.enqueue()
    drain()
    long_ago = timezone.now() - dt.timedelta(days=8)
    DBTaskResult.objects.update(finished_at=long_ago)
    Receipt.objects.bulk_create(
        Receipt(event_id=number, sequence=number, reaction="test.x", state=state, done_at=long_ago)
        for number, state in enumerate((ReceiptState.DONE, ReceiptState.DEAD))
    )

    assert clear_done_work.call() == 2
    assert list(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED"]
    assert list(Receipt.objects.values_list("state", flat=True)) == ["dead"]


def test_the_log_is_signed_by_a_job(tmp_path: object, settings: object) -> None:
    settings.JX_HOME = tmp_path
    assert sign_checkpoint.call() is None

    sample_jobs.leave_trace.enqueue(word="a")
    drain()

    assert sign_checkpoint.call() == Checkpoint.objects.get().size == 1
