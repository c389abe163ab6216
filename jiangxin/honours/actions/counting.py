"""The verb that keeps how many holders each honour shows."""

from collections.abc import Mapping

from jiangxin.honours.models import HolderCount
from jiangxin.honours.queries.holders import YearCount
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action


@action("honours.count_holders")
def keep_holder_counts(*, counts: Mapping[int, list[YearCount]], log_mark: str, by: Actor) -> int:
    """Keep what was counted for each honour (by key) since the log stood at `log_mark`; returns for how many."""
    del by
    rows = [
        HolderCount(
            honour_id=honour,
            shown=sum(each.count for each in years),
            by_year=[[each.year, each.count] for each in years],
            log_mark=log_mark,
        )
        for honour, years in sorted(counts.items())
    ]
    HolderCount.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["honour"],
        update_fields=["shown", "by_year", "log_mark"],
    )
    return len(rows)
