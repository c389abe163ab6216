"""The gate of coverage sees what fell below its mark, and where."""

from __future__ import annotations

import pytest

from tests.coverage_gate import faults, gaps, share

pytestmark = pytest.mark.house


def _file(lines: int, ran: int, *, missing: tuple[int, ...] = ()) -> dict:
    counts = {"num_statements": lines, "covered_lines": ran, "num_branches": 0, "covered_branches": 0}
    return {"summary": {**counts, "percent_covered": 100.0 * ran / lines}, "missing_lines": list(missing)}


def test_branches_count_like_lines() -> None:
    one = {"summary": {"num_statements": 6, "covered_lines": 6, "num_branches": 2, "covered_branches": 0}}

    assert (share([one]), share([])) == (75.0, 100.0)


def test_a_room_below_its_mark_fails_though_the_package_is_above() -> None:
    files = {"jiangxin/orgs/views/org.py": _file(1000, 1000), "jiangxin/orgs/rules.py": _file(10, 9)}

    assert [each.partition(":")[0] for each in faults(files)] == ["kernel, rules, states and actions"]


def test_a_package_below_its_mark_fails_though_the_rooms_are_whole() -> None:
    files = {"jiangxin/orgs/views/org.py": _file(100, 80), "jiangxin/kernel/text/ids.py": _file(10, 10)}

    assert [each.partition(":")[0] for each in faults(files)] == ["the package"]


def test_gaps_name_the_lines_and_leave_out_what_runs_elsewhere() -> None:
    files = {
        "jiangxin/people/actions/link.py": _file(10, 8, missing=(3, 4)),
        "jiangxin/kernel/search/engine_postgres.py": _file(10, 1, missing=(1,)),
        "jiangxin/people/views/me.py": _file(10, 8, missing=(1,)),
    }

    assert gaps(files) == ["jiangxin/people/actions/link.py: 3, 4"]
