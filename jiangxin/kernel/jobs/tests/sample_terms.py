"""A term for the tests of this package: long work that ended is forgotten after two years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.privacy.retention import Retention

NEEDED = "needed"


def ended_before(before: datetime) -> Any:
    return Progress.objects.filter(ended_at__lt=before)


@action("jobs.keep_terms")
def forget(rows: Sequence[Progress], *, by: Actor) -> int:
    going = [row.pk for row in rows if row.label != NEEDED]
    return Progress.objects.filter(pk__in=going).delete()[0]


@action("jobs.keep_terms")
def stumble(rows: Sequence[Progress], *, by: Actor) -> int:
    if any(row.label == NEEDED for row in rows):
        raise OSError("stopped in the middle")
    return forget(rows, by=by)


HERE = "jiangxin.kernel.jobs.tests.sample_terms"
WORK = Retention(
    code="test.work",
    title="长时间的工作",
    model="jobs.Progress",
    term=timedelta(days=2 * 365),
    ending="删除",
    due=f"{HERE}:ended_before",
    end=f"{HERE}:forget",
)
STUMBLING = Retention(
    code="test.stumbling",
    title="会中断的工作",
    model="jobs.Progress",
    term=timedelta(days=90),
    ending="删除",
    due=f"{HERE}:ended_before",
    end=f"{HERE}:stumble",
)
