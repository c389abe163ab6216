"""Counts the honours the public may see, from the conferrals themselves; slow, so the result is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from jiangxin.honours.models import Conferral
from jiangxin.insights.words import Table
from jiangxin.orgs.models import Industry, Region

Groups = Iterable[tuple[Any, str, int]]


@dataclass(frozen=True)
class Cell:
    """One count; ``row`` is a year, the two digits of a province, the letter of an industry, a sex, or "" for unknown."""

    table: str
    row: str
    level: str
    count: int


def fingerprint() -> str:
    """Changes with every conferral, withdrawal and day."""
    states = Conferral.objects.values_list("state").annotate(Count("pk")).order_by("state")
    latest = Conferral.objects.aggregate(latest=Max("pk"))["latest"]
    counts = ",".join(f"{state}{count}" for state, count in states.values_list("state", "pk__count"))
    return f"{timezone.localdate():%Y%m%d}:{latest}:{counts}"


def count_all() -> list[Cell]:
    """Every cell of every table. Six queries."""
    regions = dict(Region.objects.values_list("pk", "code"))
    sections = dict(Industry.objects.values_list("pk", "code"))
    parents = dict(Industry.objects.filter(parent__isnull=False).values_list("pk", "parent__code"))
    counters: dict[str, Counter[tuple[str, str]]] = {
        Table.YEAR: _counter(_grouped("year"), str),
        Table.REGION: _counter(_grouped("region"), lambda pk: regions[pk][:2]),
        Table.INDUSTRY: _counter(_grouped("employer__industry"), lambda pk: parents.get(pk) or sections[pk]),
        Table.SEX: _counter(_people_by_sex(), str),
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


def _counter(groups: Groups, name: Callable[[Any], str]) -> Counter[tuple[str, str]]:
    counter: Counter[tuple[str, str]] = Counter()
    for value, level, count in groups:
        counter[name(value) if value not in (None, "") else "", level] += count
    return counter
