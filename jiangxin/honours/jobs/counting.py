"""Keeps up to date how many holders each honour shows."""

from datetime import timedelta

from jiangxin.honours import actions
from jiangxin.honours.models import Honour
from jiangxin.honours.queries.holders import are_counted, count_shown, log_mark
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import job, scheduled

COUNTING = SystemActor("statistics")


@scheduled(every=timedelta(minutes=5))
@job("honours.count_holders", retries=3, atomic=False)
def count_holders() -> bool:
    """Count holders anew if anything was announced since, at least once a day; says whether it did."""
    mark = log_mark()
    if are_counted(mark):
        return False
    counts = count_shown(list(Honour.objects.order_by("pk").values_list("pk", flat=True)))
    actions.keep_holder_counts(counts=counts, log_mark=mark, by=COUNTING)
    return True
