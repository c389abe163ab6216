"""The gate of coverage sees what fell below its mark, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.coverage_gate import (
    BRANCHES,
    PACKAGE,
    ROOMS,
    branches,
    faults,
    gaps,
    lines_and_branches,
    main,
    share,
)

pytestmark = pytest.mark.house


def _file(lines: int, ran: int, *, steps: tuple[int, int] = (0, 0), missing: tuple = ((), ())) -> dict:
    counts = {"num_statements": lines, "covered_lines": ran}
    counts |= {"num_branches": steps[0], "covered_branches": steps[1]}
    return {"summary": counts, "missing_lines": list(missing[0]), "missing_branches": list(missing[1])}


def test_branches_count_like_lines_and_by_themselves() -> None:
    one = _file(6, 6, steps=(2, 0))

    assert (share([one], lines_and_branches), share([one], branches), share([], branches)) == (
        75.0,
        0.0,
        100.0,
    )


def test_a_room_below_its_mark_fails_though_the_package_is_above() -> None:
    files = {"jiangxin/orgs/views/org.py": _file(1000, 1000), "jiangxin/orgs/rules.py": _file(10, 9)}

    assert faults(files) == [
        f"lines and branches of kernel, rules, states and actions: 90.00 % ran, {ROOMS:g} % are asked"
    ]


def test_a_package_below_its_mark_fails_though_the_rooms_are_whole() -> None:
    files = {"jiangxin/orgs/views/org.py": _file(100, 80), "jiangxin/kernel/text/ids.py": _file(10, 10)}

    assert faults(files) == [f"lines and branches of the package: 81.82 % ran, {PACKAGE:g} % are asked"]


def test_branches_below_their_mark_fail_though_the_lines_make_up_for_them() -> None:
    files = {"jiangxin/orgs/views/org.py": _file(1000, 1000, steps=(20, 10))}

    assert faults(files) == [f"branches of the package: 50.00 % ran, {BRANCHES:g} % are asked"]


def test_gaps_name_lines_and_steps_of_the_rooms_alone() -> None:
    files = {
        "jiangxin/people/actions/link.py": _file(10, 8, missing=((3, 4), ((2, 3), (7, 9), (8, -1)))),
        "jiangxin/people/rules.py": _file(10, 10),
        "jiangxin/people/views/me.py": _file(10, 9, missing=((1,), ())),
    }

    assert gaps(files) == ["jiangxin/people/actions/link.py: 3, 4, 7 to 9, 8 to the end"]


def test_the_gate_is_silent_when_all_is_whole_and_names_what_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"files": {"jiangxin/orgs/rules.py": _file(10, 10)}}))
    assert (main(report), capsys.readouterr().err) == (0, "")

    report.write_text(json.dumps({"files": {"jiangxin/orgs/rules.py": _file(10, 9, missing=((7,), ()))}}))
    assert main(report) == 1
    assert capsys.readouterr().err.splitlines()[0] == "jiangxin/orgs/rules.py: 7"
