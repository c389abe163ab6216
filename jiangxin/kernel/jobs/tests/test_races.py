"""Whoever comes second, by a statement, leaves the work to whoever came first."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.events.tests.between import in_between
from jiangxin.kernel.jobs import scheduled
from jiangxin.kernel.jobs.running import _claim, release_jobs, run_next
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.kernel.jobs.timetable import enqueue_due

pytestmark = pytest.mark.django_db


def test_a_job_taken_after_the_look_is_left_to_whoever_took_it() -> None:
    sample_jobs.leave_trace.enqueue(word="a")

    with in_between(lambda: _claim("W2")):
        ran = run_next("W1")

    job = DBTaskResult.objects.get()
    assert (ran, job.worker_ids, job.status) == (False, ["W2"], TaskResultStatus.RUNNING)


def test_a_job_that_ended_after_the_look_is_not_released() -> None:
    sample_jobs.leave_trace.enqueue(word="a")
    _claim("W1")

    with in_between(lambda: DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)):
        released = release_jobs({"W1"})

    assert (released, DBTaskResult.objects.get().status) == (0, TaskResultStatus.SUCCESSFUL)


@pytest.mark.usefixtures("_own_timetable")
def test_an_hour_enqueued_by_another_worker_is_not_enqueued_again() -> None:
    scheduled(every=dt.timedelta(hours=1))(sample_jobs.be_refused)
    others: list[int] = []

    with time_machine.travel(timezone.now(), tick=False) as clock:
        enqueue_due()
        clock.shift(dt.timedelta(hours=2))
        with in_between(lambda: others.append(enqueue_due())):
            mine = enqueue_due()

    assert (others, mine, DBTaskResult.objects.count()) == ([1], 0, 1)
