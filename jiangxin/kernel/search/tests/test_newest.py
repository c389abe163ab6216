"""The newest hits and their number on PostgreSQL, whether terms are frequent, seldom, or frequent long ago."""

from __future__ import annotations

import pytest
from django.db import connection

from jiangxin.kernel.search import Query, engine, engine_postgres
from jiangxin.kernel.search.tests.shelf import KIND, worker

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite reads from its end"),
]
ALL = range(1, 121)
HOLDS = {
    "铸": lambda number: True,
    "锻": lambda number: number % 2 == 0,
    "焊": lambda number: number <= 60,  # none among the newest
    "车": lambda number: number % 7 == 0,
    "钳": lambda number: number in {1, 2, 119},
    "磨": lambda number: 40 <= number <= 50,
}
CAP, WANT = 20, 5


@pytest.fixture
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of eight documents, and counting stops at twenty."""
    monkeypatch.setattr(engine_postgres, "BLOCK_BITS", 3)
    monkeypatch.setattr(engine_postgres, "COUNT_CAP", CAP)
    engine().index(
        [worker(each, f"甲{''.join(word for word in HOLDS if HOLDS[word](each))}") for each in ALL]
    )


def _numbers(word: str) -> list[int]:
    """Which documents hold the word, the newest first, without the index."""
    return [each for each in reversed(ALL) if HOLDS[word](each)]


@pytest.mark.usefixtures("_small_blocks")
@pytest.mark.parametrize("word", HOLDS)
def test_the_newest_hits_come_in_order_with_their_number(word: str) -> None:
    first = engine().search(Query(KIND, word, limit=WANT, with_count=True))

    assert first.ids == _numbers(word)[:WANT]
    if word != "钳":
        assert first.next_cursor


@pytest.mark.usefixtures("_small_blocks")
@pytest.mark.parametrize("word", HOLDS)
def test_page_after_page_nothing_is_left_out(word: str) -> None:
    found: list[int] = []
    after = ""
    for _page in ALL:
        page = engine().search(Query(KIND, word, limit=WANT, after=after))
        found += page.ids
        after = page.next_cursor
        if not after:
            break

    assert found == _numbers(word)


@pytest.mark.usefixtures("_small_blocks")
@pytest.mark.parametrize("word", HOLDS)
@pytest.mark.parametrize("order", ["newest", "ranked"])
def test_counting_stops_at_the_cap_and_is_exact_below(word: str, order: str) -> None:
    page = engine().search(Query(KIND, word, order=order, limit=WANT, with_count=True))  # type: ignore[arg-type]

    assert min(page.count, CAP + 1) == min(len(_numbers(word)), CAP + 1)


def test_an_empty_index_has_no_newest() -> None:
    assert engine().search(Query(KIND, "铸")).ids == []
    assert connection.vendor == "postgresql"
