"""Questions of the operator: what is dead, what waits, and how the log and the index are doing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.access import Actor
from jiangxin.kernel.events import log_health
from jiangxin.kernel.events.models import Checkpoint, Event, Receipt, ReceiptState
from jiangxin.kernel.jobs.actions import SEALING
from jiangxin.kernel.jobs.condition import health
from jiangxin.kernel.jobs.models import Progress, Worker
from jiangxin.kernel.search.backlog import pending

SHOWN = 50


@dataclass(frozen=True)
class DeadReaction:
    """A reaction that stopped, with the announcement it could not take in."""

    receipt: Receipt
    announcement: str

    @property
    def reason(self) -> str:
        """The last line of the trace, which names the error."""
        return last_line(self.receipt.error)


@dataclass(frozen=True)
class Condition:
    """How the installation is doing; counts stop at a hundred thousand."""

    jobs: dict[str, Any]
    log: dict[str, Any]
    search_waiting: int
    last_checkpoint_at: datetime | None
    sealing: Progress | None
    workers: list[Worker]


def condition() -> Condition:
    """Counts and ages for the operator."""
    return Condition(
        jobs=health(),
        log=log_health(),
        search_waiting=pending(),
        last_checkpoint_at=Checkpoint.objects.order_by("-size").values_list("at", flat=True).first(),
        sealing=Progress.objects.filter(kind=SEALING).order_by("-pk").first(),
        workers=list(Worker.objects.order_by("-seen_at")[:SHOWN]),
    )


def dead_jobs() -> QuerySet[DBTaskResult[Any, Any]]:
    """Jobs that failed too often, the latest first."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at", "pk")


def dead_job(pk: str) -> DBTaskResult[Any, Any] | None:
    """One dead job; None when there is none of this number."""
    return dead_jobs().filter(pk=pk).first()


def dead_reactions(limit: int = SHOWN) -> list[DeadReaction]:
    """Reactions that failed too often, the latest first, with the names of their announcements. Two queries."""
    receipts = list(Receipt.objects.filter(state=ReceiptState.DEAD).order_by("-id")[:limit])
    events = Event.objects.filter(pk__in=[receipt.event_id for receipt in receipts])
    names = dict(events.values_list("pk", "name"))
    return [DeadReaction(receipt, names.get(receipt.event_id, "")) for receipt in receipts]


def dead_reaction(pk: int) -> Receipt | None:
    """One dead reaction; None when there is none of this number."""
    return Receipt.objects.filter(pk=pk, state=ReceiptState.DEAD).first()


def count_dead(actor: Actor) -> int:
    """How many jobs and reactions are dead; for the operator's to-dos."""
    return dead_jobs().count() + Receipt.objects.filter(state=ReceiptState.DEAD).count()


def last_line(trace: str) -> str:
    """The last line of a trace that says something; "" for an empty one."""
    lines = [line for line in trace.strip().splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""
