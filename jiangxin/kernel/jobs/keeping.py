"""Keep the terms of keeping: end what is past its time, in batches, each counted in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from jiangxin.kernel.access import Actor, SystemActor
from jiangxin.kernel.events.models import Event
from jiangxin.kernel.jobs import actions
from jiangxin.kernel.privacy.retention import Retention, retentions

KEEPER = SystemActor("retention")
SOON = timedelta(days=30)
SHOWN = 50
RUNS_READ = 500


@dataclass(frozen=True)
class Standing:
    """One term as the operator sees it: how many rows it would end now and within 30 days, and its last run."""

    retention: Retention
    due: int
    soon: int
    last_run: Event | None

    @property
    def last_ended(self) -> int:
        """How many rows the last batch ended."""
        return int(self.last_run.payload["ended"]) if self.last_run else 0


def end_due(retention: Retention, *, by: Actor = KEEPER, now: datetime | None = None) -> int:
    """End every row past its term, a batch a transaction with its count in the log; returns how many.

    Stopped in the middle nothing is lost: what was counted is ended, the rest is still due. A run that finds nothing
    is told too. Rows the verb passes over are asked again at the next run.
    """
    at = now or timezone.now()
    ended, last = actions.end_batch(retention=retention, at=at, after=0, by=by)
    while last:
        count, last = actions.end_batch(retention=retention, at=at, after=last, by=by)
        ended += count
    return ended


def standings(now: datetime | None = None) -> list[Standing]:
    """Every declared term: a dry run that counts and changes nothing."""
    at = now or timezone.now()
    last = _last_runs()
    return [
        Standing(each, each.rows_due(at).count(), each.rows_due(at + SOON).count(), last.get(each.code))
        for each in retentions().values()
    ]


def listed(code: str, now: datetime | None = None) -> list[tuple[str, str]]:
    """The first rows a term would end now, as (outside number, kind of row); no personal value is shown."""
    retention = retentions()[code]
    rows: list[Model] = list(retention.rows_due(now or timezone.now()).order_by("pk")[:SHOWN])
    return [(str(getattr(row, "uid", "") or row.pk), str(row._meta.verbose_name)) for row in rows]


def _last_runs() -> dict[str, Any]:
    runs = Event.objects.by_actor(KEEPER.actor_id).filter(name=actions.TERM_KEPT)[:RUNS_READ]
    found: dict[str, Any] = {}
    for run in runs:
        found.setdefault(str(run.payload["retention"]), run)
    return found
