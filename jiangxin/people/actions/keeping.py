"""Verbs of the night: what was settled long ago is forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.people.models import Dispute, RightsRequest


@action("jobs.keep_terms")
def end_disputes(rows: Sequence[Dispute], *, by: Actor) -> int:
    """Delete disputes that were settled long ago; the log still says that there were some. Returns how many."""
    del by
    return Dispute.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]


@action("jobs.keep_terms")
def end_requests(rows: Sequence[RightsRequest], *, by: Actor) -> int:
    """Delete requests about a whole record that were settled long ago. Returns how many."""
    del by
    return RightsRequest.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]
