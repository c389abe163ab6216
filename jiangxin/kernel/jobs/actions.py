"""Verbs of the operator: let dead work be tried again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events.delivery import revive as revive_receipt
from jiangxin.kernel.events.models import Receipt
from jiangxin.kernel.jobs.running import revive


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
