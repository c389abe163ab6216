"""Background work on honours: the yearly re-check, paths that follow, counts, many credentials or certificates at once."""

from jiangxin.honours.jobs.batches import issue_batch, print_batch, replace_batch
from jiangxin.honours.jobs.counting import count_holders
from jiangxin.honours.jobs.following import follow_merged_org, follow_moved_org, open_rechecks

__all__ = [
    "count_holders",
    "follow_merged_org",
    "follow_moved_org",
    "issue_batch",
    "open_rechecks",
    "print_batch",
    "replace_batch",
]
