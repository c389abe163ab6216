"""Dead work: who tries again second is told so, and the page names the error by its last line."""

from __future__ import annotations

import pytest

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.jobs.actions import revive_job, revive_reaction
from jiangxin.kernel.jobs.operations import last_line
from jiangxin.kernel.jobs.tests.dead_work import dead_job, dead_receipt


@pytest.mark.django_db
def test_whoever_comes_second_is_told_so() -> None:
    job, receipt, by = dead_job(), dead_receipt(), SystemActor("test")
    revive_job(job, by=by)
    revive_reaction(receipt, by=by)

    for again in (lambda: revive_job(job, by=by), lambda: revive_reaction(receipt, by=by)):
        with pytest.raises(Refused, match="已经在重试"):
            again()


@pytest.mark.parametrize(("trace", "line"), [("", ""), ("a\nb\n", "b"), ("  \n", ""), ("x" * 400, "x" * 300)])
def test_the_last_line_names_the_error(trace: str, line: str) -> None:
    assert last_line(trace) == line
