"""First pages of an officer's long lists among JX_BENCH_ROWS workers (default 1,000,000), a third of them in the officer's city.

People, honours and the honours to look at again, each with its count. Baselines in the same run: the same pages among 10,000,
and the page of honours asked in one question instead of keys first. Needs an empty database.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator

from benchmarks._frame import settle, times
from benchmarks._world import World
from jiangxin.config.tables import load_tables
from jiangxin.honours.actions import open_rechecks
from jiangxin.honours.queries.conferrals import ConferralFilter, conferrals_for
from jiangxin.honours.queries.work import count_rechecks, rechecks_for
from jiangxin.kernel.access import Actor, SystemActor
from jiangxin.kernel.http.paging import KeysFirst
from jiangxin.people.models import Person
from jiangxin.people.queries.people import PeopleFilter, find_people

SMALL, ROUNDS, A_PAGE, YEAR = 10_000, 20, 30, 2026
CITIES = ("000100010001", "000100010002", "000100010003")
PLACES = tuple(f"{city}{county:04}" for city in CITIES for county in range(1, 9))
BENCH = SystemActor("bench")


@dataclass(frozen=True)
class Officer:
    """Somebody whose office is one city."""

    path: str
    actor_id: str = "user:0"
    actor_label: str = "测速"
    is_authenticated: bool = True

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Anything."""
        del perm, obj
        return True

    def paths_for(self, code: str) -> tuple[str, ...]:
        """The city."""
        del code
        return (self.path,)


def run() -> dict[str, object]:
    """Milliseconds [p50, p95] of the first page of each list, their growth, and the ratio to one question for all."""
    rows = max(SMALL, int(os.environ.get("JX_BENCH_ROWS", "1000000")))
    if Person.objects.exists():
        raise SystemExit("This database holds people already. Give an empty one.")
    load_tables()
    world, actor = World(PLACES), Officer(CITIES[0])
    world.grow(SMALL)
    small = _measured(actor)
    world.grow(rows - SMALL)
    large = _measured(actor)
    in_one = times([lambda: _shown(Paginator(conferrals_for(actor, ConferralFilter()), A_PAGE))] * ROUNDS)
    return {
        "people": rows,
        **{f"{name}_ms": spent for name, spent in large.items()},
        **{f"{name}_ms_at_10000": spent for name, spent in small.items()},
        **{f"{name}_growth": round(spent[0] / small[name][0], 1) for name, spent in large.items()},
        "honours_in_one_question_ms": in_one,
        "ratio_to_one_question": round(in_one[0] / large["honours"][0], 1),
    }


def _measured(actor: Actor) -> dict[str, list[float]]:
    open_rechecks(year=YEAR, by=BENCH)
    settle()
    pages: dict[str, Callable[[], object]] = {
        "people": lambda: find_people(actor, PeopleFilter()),
        "honours": lambda: _shown(KeysFirst(conferrals_for(actor, ConferralFilter()), A_PAGE)),
        "rechecks": lambda: _shown(KeysFirst(rechecks_for(actor), A_PAGE)),
        "count_rechecks": lambda: count_rechecks(actor),
    }
    return {name: times([page] * ROUNDS) for name, page in pages.items()}


def _shown(pages: Paginator[object]) -> int:
    return len(list(pages.page(1))) + pages.count
