"""How background work is doing, for the health check and the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.jobs.models import Worker

SILENT_AFTER = timedelta(seconds=60)
MOST_COUNTED = 100_000


def health() -> dict[str, object]:
    """Workers and their last beat, jobs due now, how long the oldest has waited, dead jobs. Times in whole seconds."""
    now = timezone.now()
    seen = Worker.objects.aggregate(last=Max("seen_at"))["last"]
    due = DBTaskResult.objects.ready().order_by()
    oldest = due.aggregate(first=Min("enqueued_at"))["first"]
    silent = _seconds_since(seen, now)
    return {
        "ok": silent is not None and silent <= SILENT_AFTER.total_seconds(),
        "last_beat_seconds": silent,
        "queued": due[:MOST_COUNTED].count(),
        "oldest_waiting_seconds": _seconds_since(oldest, now) or 0,
        "dead": DBTaskResult.objects.failed().order_by()[:MOST_COUNTED].count(),
    }


def _seconds_since(moment: datetime | None, now: datetime) -> int | None:
    """Never negative: the clock may have been set back."""
    return None if moment is None else max(0, int((now - moment).total_seconds()))
