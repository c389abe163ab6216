"""Reads coverage's JSON and fails when the package, or the rooms that are to be whole, fell below what was reached."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

PACKAGE = (
    97.0  # lines and branches of the whole package, commands and workers included; the design asks for 95
)
ROOMS = 97.5  # kernel, rules, states and actions; the design asks for 100: what only PostgreSQL runs, and races, are left
WHOLE = re.compile(r"jiangxin/(kernel/|\w+/(rules|states|actions)(/|\.py$))")
#: What the tests on PostgreSQL run, and only they.
ELSEWHERE = re.compile(r"jiangxin/kernel/search/engine_postgres\.py$")


def share(files: list[dict[str, Any]]) -> float:
    """Per cent of lines and branches that ran."""
    summaries = [each["summary"] for each in files]
    there = sum(each["num_statements"] + each["num_branches"] for each in summaries)
    ran = sum(each["covered_lines"] + each["covered_branches"] for each in summaries)
    return 100.0 * ran / there if there else 100.0


def faults(measured: dict[str, dict[str, Any]]) -> list[str]:
    """Sentences for what is below its mark; `measured` is the "files" part of the report."""
    files = {name: each for name, each in measured.items() if not ELSEWHERE.search(name)}
    rooms = {name: each for name, each in files.items() if WHOLE.search(name)}
    marks = (("the package", PACKAGE, files), ("kernel, rules, states and actions", ROOMS, rooms))
    return [
        f"{title}: {got:.2f} % of lines and branches ran, {mark:.0f} % are asked"
        for title, mark, part in marks
        if (got := share(list(part.values()))) < mark
    ]


def gaps(measured: dict[str, dict[str, Any]]) -> list[str]:
    """The files of the rooms that are not whole yet, with the lines that never ran."""
    return [
        f"{name}: {', '.join(map(str, each['missing_lines'])) or 'branches'}"
        for name, each in sorted(measured.items())
        if WHOLE.search(name) and not ELSEWHERE.search(name) and each["summary"]["percent_covered"] < 100.0
    ]


def main(report: Path) -> int:
    measured = json.loads(report.read_text(encoding="utf-8"))["files"]
    found = faults(measured)
    if found:
        print("\n".join([*gaps(measured), *found]), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
