"""The register page among JX_BENCH_ROWS workers (default 1,000,000) and among 10,000: time in the server, pages a second.

Each worker has a unit, a post, a region and one honour. Baselines in the same run: the same page among 10,000, the search behind
the page without the page, and LIKE on the units. `page_ms` is with nothing kept from an earlier visitor, `kept_page_ms` with the
parts that are kept for a minute. Needs an empty database.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from urllib.parse import quote

from django.core.cache import cache
from django.db import connection
from django.test import Client

from benchmarks._frame import pages_per_second, server, times
from benchmarks._world import World
from jiangxin.config.tables import load_tables
from jiangxin.people.models import Person
from jiangxin.people.queries.register import RegisterQuery, find_public

SMALL, ROUNDS = 10_000, 12
WORDS = [
    "焊工",
    "江城",
    "造船",
    "护士",
    "海宁重工",
    "王伟",
    "zhang",
    "lxm",
    "劳动模范",
    "北原",
    "钢铁",
    "云岭电子",
    "厨师",
    "青石",
]


def run() -> dict[str, object]:
    """Milliseconds in the server as [p50, p95], their growth, pages a second on the embedded server, and the baselines."""
    rows = max(SMALL, int(os.environ.get("JX_BENCH_ROWS", "1000000")))
    if Person.objects.exists():
        raise SystemExit("This database holds people already. Give an empty one.")
    load_tables()
    world = World()
    world.grow(SMALL)
    small = _measured()
    indexed = world.grow(rows - SMALL)
    large = _measured()
    asked = _addresses()
    with server() as port:
        pages_per_second(port, asked, seconds=2)
        rate = pages_per_second(port, asked, seconds=float(os.environ.get("JX_BENCH_SECONDS", "8")))
    like = times([lambda word=word: _like(word) for word in WORDS[:5]])
    return {
        "people": rows,
        "page_ms": large["fresh"],
        "page_ms_at_10000": small["fresh"],
        "growth_p95": round(large["fresh"][1] / small["fresh"][1], 2),
        "kept_page_ms": large["page"],
        "search_alone_ms": large["search"],
        "page_to_search": round(large["fresh"][0] / large["search"][0], 1),
        "like_ms": like,
        "ratio_to_like": round(like[0] / large["fresh"][0], 1),
        "pages_per_second": round(rate),
        "indexed_per_second": indexed,
    }


def _queries() -> list[dict[str, str]]:
    """What visitors ask: nothing, words, and words or nothing narrowed."""
    narrowed = [{"year": "2015"}, {"region": "11"}, {"honour": "national-model-worker"}]
    both = [{"q": word, **extra} for word in WORDS[:4] for extra in narrowed]
    return [{}, *({"q": word} for word in WORDS), *narrowed, *both]


def _addresses() -> list[str]:
    return [
        "/register/" + "?" * bool(query) + "&".join(f"{name}={quote(value)}" for name, value in query.items())
        for query in _queries()
    ]


def _measured() -> dict[str, list[float]]:
    client = Client()
    asked = _addresses()
    for address in asked:
        _page(client, address)
    wanted = [
        RegisterQuery(text=query.get("q", ""), **{k: v for k, v in query.items() if k != "q"})
        for query in _queries()
    ]
    return {
        "page": times([lambda address=address: _page(client, address) for address in asked] * ROUNDS),
        "fresh": times(_fresh(client, asked * 3)),
        "search": times([lambda each=each: find_public(each, with_facets=True) for each in wanted] * ROUNDS),
    }


def _fresh(client: Client, asked: list[str]) -> Iterator[Callable[[], None]]:
    """The same pages with nothing kept from an earlier visitor."""
    for address in asked:
        cache.clear()
        yield lambda address=address: _page(client, address)


def _page(client: Client, address: str) -> None:
    if client.get(address).status_code != 200:
        raise SystemExit(f"{address} does not answer")


def _like(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE unit_text LIKE %s", [f"%{word}%"])
        cursor.fetchone()
        cursor.execute(
            "SELECT id FROM people_person WHERE unit_text LIKE %s ORDER BY id DESC LIMIT 20", [f"%{word}%"]
        )
        cursor.fetchall()
