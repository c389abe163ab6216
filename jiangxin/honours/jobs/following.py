"""The calendar of re-checks, and paths after organisations have moved or merged."""

from datetime import timedelta

from django.utils import timezone

from jiangxin.honours import actions
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import job, scheduled

CALENDAR = SystemActor("calendar")
TREE = SystemActor("tree")


@scheduled(every=timedelta(days=1))
@job("honours.open_rechecks", retries=5)
def open_rechecks() -> int:
    """Ask for a look at every honour in force conferred before this year; only the first run of a year finds any."""
    return actions.open_rechecks(year=timezone.localdate().year, by=CALENDAR)


@job("honours.follow_moved_org", retries=8)
def follow_moved_org(*, old_path: str, new_path: str) -> int:
    """Rewrite the paths of honours below an organisation that moved."""
    return actions.follow_moved_org(old_path=old_path, new_path=new_path, by=TREE)


@job("honours.follow_merged_org", retries=8)
def follow_merged_org(*, from_uid: str, into_uid: str) -> int:
    """Hand over the honours of an organisation that was merged."""
    return actions.follow_merged_org(from_uid=from_uid, into_uid=into_uid, by=TREE)
