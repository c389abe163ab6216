"""Counts the honours the public may see, from the conferrals themselves; slow, so the result is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from jiangxin.honours.models import Conferral, Correction
from jiangxin.insights.words import Table
from jiangxin.orgs.models import Industry, Region

Groups = Iterable[tuple[Any, str, int]]


@dataclass(frozen=True)
class Cell:
    """One count; ``row`` is a year, a sex, a path of regions (23/2301/230102), of industries (C/34), or "" for unknown."""

    table: str
    row: str
    level: str
    count: int


def fingerprint() -> str:
    """Changes with every conferral, correction, withdrawal and day."""
    states = Conferral.objects.values_list("state").annotate(Count("pk")).order_by("state")
    latest = Conferral.objects.aggregate(latest=Max("pk"))["latest"]
    counts = ",".join(f"{state}{count}" for state, count in states.values_list("state", "pk__count"))
    corrected = Correction.objects.aggregate(latest=Max("pk"))["latest"]
    return f"{timezone.localdate():%Y%m%d}:{latest}:{corrected}:{counts}"


def count_all() -> list[Cell]:
    """Every cell of every table. Six queries."""
    regions = _paths(Region.objects.values_list("pk", "parent", "code", "level"), _stem)
    industries = _paths(
        Industry.objects.values_list("pk", "parent", "code", "code"), lambda code, _level: code
    )
    counters: dict[str, Counter[tuple[str, str]]] = {
        Table.YEAR: _counter(_grouped("year"), lambda year: [str(year)]),
        Table.REGION: _counter(_grouped("region"), lambda pk: _ways(regions[pk])),
        Table.INDUSTRY: _counter(_grouped("employer__industry"), lambda pk: _ways(industries[pk])),
        Table.SEX: _counter(_people_by_sex(), lambda sex: [str(sex)]),
    }
    return [
        Cell(table, row, level, count)
        for table, counter in counters.items()
        for (row, level), count in sorted(counter.items())
    ]


def _grouped(field: str) -> Groups:
    shown = Conferral.objects.shown().values_list(field, "honour__level")
    return shown.annotate(Count("pk")).values_list(field, "honour__level", "pk__count")


def _people_by_sex() -> Groups:
    """People, each once at a level, however many honours they hold."""
    shown = Conferral.objects.shown().filter(person__isnull=False).values_list("person__sex", "honour__level")
    counted = shown.annotate(people=Count("person", distinct=True))
    return counted.values_list("person__sex", "honour__level", "people")


def _counter(groups: Groups, rows: Callable[[Any], Iterable[str]]) -> Counter[tuple[str, str]]:
    counter: Counter[tuple[str, str]] = Counter()
    for value, level, count in groups:
        for row in rows(value) if value not in (None, "") else [""]:
            counter[row, level] += count
    return counter


def _stem(code: str, level: str) -> str:
    """The digits that name a region of its level: 230000 → 23, 230100 → 2301."""
    return code[: {"province": 2, "city": 4}.get(level, 6)]


def _paths(
    rows: Iterable[tuple[int, int | None, str, str]], name: Callable[[str, str], str]
) -> dict[int, list[str]]:
    """The codes from the topmost down to each thing, by its key."""
    known = {pk: (parent, name(code, level)) for pk, parent, code, level in rows}

    def climb(pk: int | None) -> Iterator[str]:
        while pk is not None:
            pk, code = known[pk]
            yield code

    return {pk: [*climb(pk)][::-1] for pk in known}


def _ways(path: list[str]) -> list[str]:
    """The thing itself and all above it: [23, 2301] → 23, 23/2301."""
    return ["/".join(path[:depth]) for depth in range(1, len(path) + 1)]
