"""The timetable: enqueues scheduled jobs when they are due, once in the whole house."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.jobs.models import ScheduleClock
from jiangxin.kernel.jobs.registry import Schedule, registered_schedules

TOLERANCE = timedelta(hours=1)  # of a clock that was set back


def enqueue_due() -> int:
    """Enqueue each scheduled job that is due; returns how many. Missed times are not made up for."""
    now = timezone.now()
    clocks = {clock.name: clock for clock in ScheduleClock.objects.all()}
    enqueued = 0
    for code, schedule in registered_schedules().items():
        clock = clocks.get(code)
        if clock is None:
            first = ScheduleClock(name=code, next_at=schedule.next_after(now))
            ScheduleClock.objects.bulk_create([first], ignore_conflicts=True)
        elif clock.next_at <= now:
            enqueued += _enqueue(schedule, clock, now)
        elif clock.next_at > schedule.next_after(now) + TOLERANCE:
            _move_on(clock, schedule.next_after(now))
    return enqueued


def _enqueue(schedule: Schedule, clock: ScheduleClock, now: datetime) -> int:
    """Whoever moves the clock on enqueues; not again while the last one still waits to begin."""
    with transaction.atomic():
        if not _move_on(clock, schedule.next_after(now), last_at=now):
            return 0
        waiting = DBTaskResult.objects.filter(
            status=TaskResultStatus.READY, task_path=schedule.job.module_path
        )
        if waiting.exists():
            return 0
        schedule.job.enqueue()
        return 1


def _move_on(clock: ScheduleClock, next_at: datetime, **changes: datetime) -> bool:
    same = ScheduleClock.objects.filter(pk=clock.pk, next_at=clock.next_at)
    return bool(same.update(next_at=next_at, **changes))
