"""The tables of the statistics, from the kept counts."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.models import Level
from jiangxin.insights.models import Tally, TallyRun
from jiangxin.insights.queries import labels
from jiangxin.insights.queries.counting import Cell, count_all
from jiangxin.insights.words import Table
from jiangxin.kernel.privacy.suppression import suppress

YEARS_SHOWN = 30
WHOLE: Mapping[Table, str] = MappingProxyType({})


@dataclass(frozen=True)
class Line:
    """One row: its key in addresses ("" when unknown), its name, the count at each level, the sum.

    None stands for a count that is not published because it is too small.
    """

    key: str
    label: str
    counts: list[int | None]
    total: int | None


@dataclass(frozen=True)
class TallyTable:
    """One table: the levels it has as columns, its rows, the sums below.

    ``above`` is what the table is a part of, from the top: (key, name) of a province and city, of a section.
    """

    kind: Table
    above: list[tuple[str, str]]
    levels: list[Level]
    lines: list[Line]
    sums: list[int | None]
    total: int | None

    @property
    def known(self) -> list[Line]:
        """The rows whose value was printed."""
        return [line for line in self.lines if line.key]


@dataclass(frozen=True)
class Statistics:
    """All tables of one moment, of all levels or of one."""

    counted_at: datetime.datetime
    tables: dict[Table, TallyTable]
    by_level: list[tuple[Level, int]]
    total: int


def statistics(level: Level | None = None, *, within: Mapping[Table, str] = WHOLE) -> Statistics:
    """The tables, narrowed to one level if given; counted on the spot where nothing was counted yet.

    ``within`` opens the parts of one region or section: {REGION: "23/2301", INDUSTRY: "C"}.
    """
    run = last_run()
    cells = [Cell(*row) for row in _kept(within)] if run else count_all()
    by_level = {
        each: sum(cell.count for cell in cells if cell.table == Table.YEAR and cell.level == each)
        for each in Level
    }
    levels = [level] if level else [each for each in Level if by_level[each]]
    return Statistics(
        counted_at=run.counted_at if run else timezone.now(),
        tables={table: _table(table, cells, levels, within.get(table, "")) for table in Table},
        by_level=[(each, count) for each, count in by_level.items() if count],
        total=sum(by_level.values()),
    )


def last_run() -> TallyRun | None:
    """The last counting."""
    return TallyRun.objects.order_by("-pk").first()


def _kept(within: Mapping[Table, str]) -> Iterable[tuple[str, str, str, int]]:
    """The rows of the highest steps, and those of what is opened."""
    wanted = ~Q(row__contains="/")
    for table, path in within.items():
        wanted |= Q(table=table, row__startswith=path)
    return Tally.objects.filter(wanted).order_by("pk").values_list("table", "row", "level", "count")


def _table(table: Table, cells: list[Cell], levels: list[Level], path: str) -> TallyTable:
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for cell in cells:
        key = _key(cell.row, path)
        if key is not None and cell.table == table and cell.level in levels:
            rows[key][cell.level] = cell.count
    if path:
        _leave_rest(rows, levels)
    keys = _in_order(table, rows)
    above = [step for step in path.split("/") if step]
    names = _names(table, [*above, *keys])
    matrix = [[rows[key].get(level, 0) for level in levels] for key in keys]
    if table is Table.SEX:
        safe = suppress(matrix)
        counts, totals, sums, total = safe.cells, safe.row_totals, safe.column_totals, safe.total
    else:
        counts = [[*line] for line in matrix]
        totals = [sum(line) for line in matrix]
        sums = [sum(column) for column in zip(*matrix, strict=True)]
        total = sum(sum(line) for line in matrix)
    lines = [
        Line(key, names.get(key, key), line, row_total)
        for key, line, row_total in zip(keys, counts, totals, strict=True)
    ]
    steps = [(step, names.get(step, step)) for step in above]
    return TallyTable(table, steps, levels, lines, sums, total)


def _key(row: str, path: str) -> str | None:
    """The last step of a row that stands right under a path; "" for the path itself, None for all others."""
    if row == path:
        return ""
    head, _slash, key = row.rpartition("/")
    return key if head == path else None


def _leave_rest(rows: dict[str, dict[str, int]], levels: list[Level]) -> None:
    """Turn the sum of a region into what none of its parts has; without a rest there is no such row."""
    whole = rows.pop("", {})
    rest = {
        level: whole.get(level, 0) - sum(counts.get(level, 0) for counts in rows.values()) for level in levels
    }
    if any(rest.values()):
        rows[""] = {level.value: count for level, count in rest.items()}


def _in_order(table: Table, rows: dict[str, dict[str, int]]) -> list[str]:
    """Years newest first, all else most first; the unknown at the end."""
    if table is Table.YEAR:
        return sorted(rows, key=lambda key: (key == "", -int(key or 0)))
    return sorted(rows, key=lambda key: (key == "", -sum(rows[key].values()), key))


def _names(table: Table, keys: list[str]) -> dict[str, str]:
    named = {
        Table.YEAR: lambda: {key: labels.year_name(key) for key in keys},
        Table.REGION: lambda: labels.region_names(key for key in keys if key),
        Table.INDUSTRY: lambda: labels.industry_names(keys),
        Table.SEX: labels.sexes,
    }[table]()
    return {**named, "": _("未注明")}
