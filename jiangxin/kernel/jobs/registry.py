"""Jobs and their schedule: django-tasks tasks that know how often to try again and whether they are one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Generic, ParamSpec, TypeVar

from django.utils import timezone
from django_tasks.base import Task

P = ParamSpec("P")
R = TypeVar("R")

RETRIES = 5
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, R], Generic[P, R]):
    """A django-tasks task with a stable `code`. `enqueue(**kwargs)` inside the transaction; `call(**kwargs)` runs it here.

    An `atomic` job is one transaction together with the mark that it is done: its effect happens once, whatever
    dies. Another job may be run again after a crash and must be able to go on where it stopped.
    """

    code: str
    retries: int = RETRIES
    backoff: timedelta = FIRST_WAIT
    atomic: bool = True


@dataclass(frozen=True)
class Schedule:
    """When a job is due: every so often, or once a day at a local time."""

    job: Job[[], Any]
    every: timedelta | None = None
    daily: time | None = None

    def next_after(self, moment: datetime) -> datetime:
        """The first due time after `moment`; missed ones are not made up for."""
        if self.every is not None:
            return moment + self.every
        local = timezone.localtime(moment)
        due = local.replace(hour=self.daily.hour, minute=self.daily.minute, second=0, microsecond=0)  # type: ignore[union-attr] # one of the two is set
        return due if due > local else due + timedelta(days=1)


_jobs: dict[str, Job[Any, Any]] = {}
_schedules: dict[str, Schedule] = {}


def job(
    code: str,
    *,
    retries: int = RETRIES,
    backoff: timedelta = FIRST_WAIT,
    atomic: bool = True,
    priority: int = 0,
) -> Callable[[Callable[P, R]], Job[P, R]]:
    """Make a module-level function a background job named `app.verb_noun`.

    Arguments must be JSON values. A failure is tried again at most `retries` times, after `backoff`, twice that,
    four times that … up to an hour, each stretched by up to a quarter at random; then the job is dead and stays to be seen.
    """

    def register(function: Callable[P, R]) -> Job[P, R]:
        known = _jobs.get(code)
        path = f"{function.__module__}.{function.__qualname__}"
        if known is not None and known.module_path != path:
            raise ValueError(f"two jobs are called {code}")
        made = Job(
            func=function, code=code, retries=retries, backoff=backoff, atomic=atomic, priority=priority
        )
        _jobs[code] = made
        return made

    return register


def scheduled(
    *, every: timedelta | None = None, daily: str | None = None
) -> Callable[[Job[[], R]], Job[[], R]]:
    """Enqueue a job without arguments `every` so often, or `daily` at "HH:MM" local time. Stands above @job."""
    if (every is None) == (daily is None):
        raise ValueError("say either every or daily")
    if every is not None and every < timedelta(seconds=1):
        raise ValueError("every must be a second or more")
    at = time.fromisoformat(daily) if daily else None

    def register(made: Job[[], R]) -> Job[[], R]:
        _schedules[made.code] = Schedule(made, every, at)
        return made

    return register


def registered_jobs() -> dict[str, Job[Any, Any]]:
    """Every registered job by its code."""
    return dict(_jobs)


def registered_schedules() -> dict[str, Schedule]:
    """Every schedule by the code of its job."""
    return dict(_schedules)


def wait_before(attempt: int, first: timedelta = FIRST_WAIT) -> timedelta:
    """How long to wait before trying again after `attempt` failures (1, 2 …)."""
    seconds = min(first.total_seconds() * 2 ** min(attempt - 1, 30), LONGEST_WAIT.total_seconds())
    return timedelta(seconds=seconds * random.uniform(1.0, 1.25))  # noqa: S311 - spreads load, no secret
