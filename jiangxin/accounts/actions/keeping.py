"""Verbs of the night: letters and messages that are past their time go."""

from __future__ import annotations

from collections.abc import Sequence

from jiangxin.accounts.models import Invitation, Notice
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action


@action("jobs.keep_terms")
def end_letters(rows: Sequence[Invitation], *, by: Actor) -> int:
    """Delete invitations that are past their time; returns how many."""
    del by
    return Invitation.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]


@action("jobs.keep_terms")
def end_notices(rows: Sequence[Notice], *, by: Actor) -> int:
    """Delete messages that are past their time; returns how many."""
    del by
    return Notice.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]
