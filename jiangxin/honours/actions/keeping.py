"""Verbs that end what has been kept long enough."""

from collections.abc import Sequence

from jiangxin.honours.models import Nominee, Recheck
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action


@action("jobs.keep_terms")
def end_nominees(rows: Sequence[Nominee], *, by: Actor) -> int:
    """Delete nominees; what became of those who were honoured is in the conferrals."""
    del by
    return Nominee.objects.filter(pk__in=[each.pk for each in rows]).delete()[0]


@action("jobs.keep_terms")
def end_rechecks(rows: Sequence[Recheck], *, by: Actor) -> int:
    """Delete closed re-checks; the honour itself stays as it is."""
    del by
    return Recheck.objects.filter(pk__in=[each.pk for each in rows]).delete()[0]
