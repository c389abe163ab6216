"""Work that has stopped for good, for the tests that try it again."""

from __future__ import annotations

from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import record_security
from jiangxin.kernel.events.models import Receipt, ReceiptState
from jiangxin.kernel.jobs.running import run_next
from jiangxin.kernel.jobs.tests import sample_jobs


def dead_job() -> DBTaskResult:
    """A job that ended its worker."""
    sample_jobs.leave.enqueue()
    run_next("W1")
    return DBTaskResult.objects.latest("enqueued_at")


def dead_receipt() -> Receipt:
    """A reaction that failed as often as it may."""
    event = record_security("test.cause", by=SystemActor("test"))
    return Receipt.objects.create(
        event_id=event.pk,
        sequence=7,
        reaction=f"test.reaction{event.pk}",
        state=ReceiptState.DEAD,
        attempts=6,
        error="Traceback\nValueError: no such place\n",
    )
