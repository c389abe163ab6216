"""What the front door shows: how much is registered, and honours by year."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from jiangxin.honours.models import Honour
from jiangxin.insights.queries.statistics import YEARS_SHOWN, statistics
from jiangxin.insights.words import Table
from jiangxin.kernel.search import Query, engine
from jiangxin.people.queries.search import KIND

_KEY = "insights.front"
_SECONDS = 60


@dataclass(frozen=True)
class Front:
    """Figures of the whole register; ``by_year`` is (year, honours), oldest first."""

    people: int
    honours: int
    titles: int
    by_year: list[tuple[str, int]]


def front() -> Front:
    """The figures, kept for a minute."""
    found: Front | None = cache.get(_KEY)
    if found is None:
        found = _count()
        cache.set(_KEY, found, _SECONDS)
    return found


def _count() -> Front:
    counted = statistics()
    years = counted.tables[Table.YEAR].known[:YEARS_SHOWN]
    return Front(
        people=engine().search(Query(KIND, public_only=True, limit=1)).count,
        honours=counted.total,
        titles=Honour.objects.count(),
        by_year=[(line.key, line.total or 0) for line in reversed(years)],
    )
