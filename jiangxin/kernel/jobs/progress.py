"""Telling the person who waits how far long work is."""

from __future__ import annotations

import time
from contextvars import ContextVar

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.jobs.models import OPEN, Progress, ProgressState

WRITE_EVERY = 0.5  # seconds between two writes of a running count

current_job_id: ContextVar[str] = ContextVar("current_job_id", default="")
_last_write: dict[str, float] = {}


def begin_progress(
    kind: str, *, label: str, by: Actor, total: int | None = None, opath: str = "", waiting: bool = False
) -> Progress:
    """Open the progress of a piece of long work, e.g. before its job is enqueued (`waiting=True`) or inside it."""
    now = timezone.now()
    return Progress.objects.create(
        kind=kind,
        label=label[:200],
        actor=by.actor_id,
        opath=opath,
        total=total,
        job_id=current_job_id.get(),
        state=ProgressState.WAITING if waiting else ProgressState.RUNNING,
        created_at=now,
        started_at=None if waiting else now,
    )


def start_progress(progress: Progress, *, total: int | None = None) -> Progress:
    """Say that waiting work has begun (or begun again after a crash); the count starts from nought."""
    changes = {
        "state": ProgressState.RUNNING,
        "started_at": timezone.now(),
        "job_id": current_job_id.get(),
        "done": 0,
        "total": total if total is not None else progress.total,
    }
    return _close(progress, changes)


def advance(progress: Progress, steps: int = 1, *, message: str = "") -> None:
    """Count `steps` more as done; written to the database at most twice a second."""
    progress.done += steps
    if message:
        progress.message = message
    now = time.monotonic()
    if now - _last_write.get(progress.uid, 0.0) < WRITE_EVERY:
        return
    _last_write[progress.uid] = now
    _write_count(progress)


def _write_count(progress: Progress) -> None:
    begun = progress.started_at or progress.created_at
    seconds = (timezone.now() - begun).total_seconds()
    progress.rate = progress.done / seconds if seconds > 0 else 0.0
    Progress.objects.filter(pk=progress.pk, state__in=OPEN).update(
        done=progress.done, rate=progress.rate, message=progress.message
    )


def finish(progress: Progress, *, result: str = "", message: str = "") -> Progress:
    """Close it as done; `result` is a reference to what came out (a stored file's uid, an address)."""
    _write_count(progress)
    return _close(progress, {"state": ProgressState.DONE, "result": result, "message": message})


def fail(progress: Progress, message: str) -> Progress:
    """Close it as failed, with a sentence the person can read."""
    _write_count(progress)
    return _close(progress, {"state": ProgressState.FAILED, "message": message})


def cancelled(progress: Progress) -> bool:
    """Whether somebody asked to stop; if so it is closed as cancelled and the work should end now."""
    if not Progress.objects.filter(pk=progress.pk, cancel_requested=True).exists():
        return False
    _write_count(progress)
    _close(progress, {"state": ProgressState.CANCELLED})
    return True


def request_cancel(progress: Progress) -> Progress:
    """Ask running work to stop, and close work that has not begun. Refused when it has ended."""
    asked = Progress.objects.filter(pk=progress.pk, state__in=OPEN).update(cancel_requested=True)
    if not asked:
        raise Refused(_("这项工作已经结束，不能再取消。"), code="wrong_state")
    Progress.objects.filter(pk=progress.pk, state=ProgressState.WAITING).update(
        state=ProgressState.CANCELLED, ended_at=timezone.now()
    )
    progress.refresh_from_db()
    return progress


def fail_progress_of(job_ids: list[str], message: str) -> int:
    """Close what dead jobs left open; returns how many."""
    return Progress.objects.filter(job_id__in=job_ids, state__in=OPEN).update(
        state=ProgressState.FAILED, message=message, ended_at=Coalesce(F("ended_at"), timezone.now())
    )


def _close(progress: Progress, changes: dict[str, object]) -> Progress:
    """Change an open progress, once; a closed one stays as it is."""
    if changes["state"] not in OPEN:
        changes["ended_at"] = timezone.now()
        _last_write.pop(progress.uid, None)
    Progress.objects.filter(pk=progress.pk, state__in=OPEN).update(**changes)
    progress.refresh_from_db()
    return progress
