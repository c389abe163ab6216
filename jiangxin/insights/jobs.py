"""Keeps the statistics up to date."""

from datetime import timedelta

from jiangxin.insights import actions
from jiangxin.insights.queries.counting import fingerprint
from jiangxin.insights.queries.statistics import last_run
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import job, scheduled

STATISTICS = SystemActor("statistics")


@scheduled(every=timedelta(minutes=5))
@job("insights.count_honours", retries=3)
def count_honours() -> bool:
    """Count anew if honours were conferred or withdrawn since, at least once a day; says whether it did."""
    run = last_run()
    if run is not None and run.fingerprint == fingerprint():
        return False
    actions.count_honours(by=STATISTICS)
    return True
