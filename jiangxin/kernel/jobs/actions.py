"""Verbs of the operator and the night: let dead work be tried again, end what is past its term of keeping."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce, record_security
from jiangxin.kernel.events.delivery import revive as revive_receipt
from jiangxin.kernel.events.models import Receipt
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.jobs.progress import begin_progress
from jiangxin.kernel.jobs.registry import registered_jobs
from jiangxin.kernel.jobs.running import revive
from jiangxin.kernel.privacy.keys import key_store
from jiangxin.kernel.privacy.retention import Retention
from jiangxin.kernel.privacy.rotation import count_stale, keys_in_use
from jiangxin.kernel.states.models import forget_steps
from jiangxin.kernel.text.sayings import say

TERM_KEPT = "jobs.term_kept"
AT_ONCE = 500
SEALING = "privacy.sealing"


@action("jobs.revive_work")
def revive_job(job: DBTaskResult[Any, Any], *, by: Actor) -> DBTaskResult[Any, Any]:
    """Let a dead job be tried again from the start; Refused when somebody was faster."""
    if not revive(str(job.pk)):
        raise Refused(_("这项工作已经在重试或已完成。"), code="wrong_state")
    return job


@action("jobs.revive_work")
def revive_reaction(receipt: Receipt, *, by: Actor) -> Receipt:
    """Let a dead reaction be tried again from the start; Refused when somebody was faster."""
    if not revive_receipt(receipt):
        raise Refused(_("这项工作已经在重试或已完成。"), code="wrong_state")
    return receipt


@action("jobs.rotate_keys")
def rotate_keys(*, by: Actor) -> Progress:
    """Add a key that seals from now on, and queue the work that seals again what older keys sealed."""
    ring = key_store.rotate()
    record_security("privacy.key_added", by=by, payload={"key": ring.active})
    return seal_again(by=by)


@action("jobs.rotate_keys")
def seal_again(*, by: Actor) -> Progress:
    """Queue the work that seals every stored value with the active key; its progress is what the operator watches."""
    progress = begin_progress(SEALING, label=_("用新密钥重新加密"), by=by, total=count_stale(), waiting=True)
    registered_jobs()["jobs.seal_again"].enqueue(progress=progress.pk)
    return progress


@action("jobs.rotate_keys")
def retire_key(*, key_id: str, by: Actor) -> int:
    """Take an old key out of the ring; Refused while anything is sealed with it. Returns how many keys are left."""
    held = keys_in_use().get(key_id, 0)
    if held:
        raise Refused(
            say(_("还有 %(count)s 个值用这把密钥加密，请先完成重新加密。"), count=held), code="key_in_use"
        )
    ring = key_store.retire(key_id)
    record_security("privacy.key_retired", by=by, payload={"key": key_id})
    return len(ring.keys)


@action("jobs.keep_terms")
def end_batch(
    *, retention: Retention, at: datetime, after: int, by: Actor, limit: int = AT_ONCE
) -> tuple[int, int]:
    """End the next rows past their term whose key is above `after`; returns how many, and the last key (0 for none).

    What was told of a row's states goes with the row. The count stands in the log beside the change; the first batch
    of a run is told even when nothing was due.
    """
    rows = _rows_due(retention, at, after, limit)
    ended = retention.end_rows(rows, by=by) if rows else 0
    _forget_steps(retention, rows)
    if rows or not after:
        announce(
            "jobs.term_kept", retention=retention.code, ended=ended, before=(at - retention.term).isoformat()
        )
    return ended, rows[-1].pk if rows else 0


def _rows_due(retention: Retention, at: datetime, after: int, limit: int) -> list[Model]:
    """Lock the next rows, then ask again which of them are due: somebody may have been faster."""
    model = apps.get_model(retention.model)
    due = retention.rows_due(at)
    keys = list(due.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])
    locked = {row.pk for row in model._default_manager.select_for_update().filter(pk__in=keys)}
    return list(due.filter(pk__in=locked).order_by("pk"))


def _forget_steps(retention: Retention, rows: list[Model]) -> None:
    model = apps.get_model(retention.model)
    keys = {row.pk for row in rows}
    gone = keys - set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
    forget_steps(model, gone)
