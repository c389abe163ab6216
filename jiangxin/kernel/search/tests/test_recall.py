"""Every true substring is found: against a plain scan, on small adversarial texts and on twenty thousand documents."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.search import Query, engine
from jiangxin.kernel.search.terms import fold
from jiangxin.kernel.search.tests.shelf import KIND, worker

pytestmark = pytest.mark.django_db
LETTERS = "焊工电𬭊a1， ·B"
texts = st.text(alphabet=LETTERS, max_size=14)


def holds(text: str, word: str) -> bool:
    """The definition: the word stands in the text; a word that begins with a letter or digit begins a word there."""
    if word[0] in "焊工电𬭊":
        return word in text
    return re.search("(?<![a-z0-9])" + word, text) is not None


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=8), texts)
def test_the_index_finds_exactly_what_a_scan_finds(rows: list[tuple[str, str]], asked: str) -> None:
    engine().clear()
    engine().index(worker(number, "无名", unit, body) for number, (unit, body) in enumerate(rows, 1))
    words = re.findall("[焊工电𬭊a1b]+", fold(asked))
    expected = [
        number
        for number, row in sorted(enumerate(rows, 1), reverse=True)
        if words and all(any(holds(fold(text), word) for text in row) for word in words)
    ]

    page = engine().search(Query(KIND, asked))

    if words:
        assert (page.ids, page.count) == (expected, len(expected))
    else:
        assert page.count == (0 if asked.strip() else len(rows))


@pytest.mark.slow
def test_twenty_thousand_documents_are_searched_without_a_miss() -> None:
    source = random.Random(5)  # noqa: S311 - the same corpus every time
    letters = [chr(0x4E00 + 3 * n) for n in range(150)]
    bodies = ["".join(source.choices(letters, k=30)) for _row in range(20_000)]
    engine().index_many(worker(number, "无名", body=body) for number, body in enumerate(bodies, 1))
    asked = [
        body[start : start + length]
        for length in (1, 2, 3, 4)
        for start, body in enumerate(bodies[: 4 * length])
    ]

    for word in asked:
        expected = [number for number in range(20_000, 0, -1) if word in bodies[number - 1]]
        page = engine().search(Query(KIND, word, limit=200))
        ranked = engine().search(Query(KIND, word, limit=200, order="ranked"))

        assert page.ids == expected[:200], word
        assert ranked.ids == expected[:200], word
        assert _everything(word)[: len(expected)] == expected, word
        assert page.count == len(expected), word


def _everything(word: str) -> list[int]:
    ids, after = [], ""
    while True:
        page = engine().search(Query(KIND, word, limit=200, after=after, with_count=False))
        ids += page.ids
        after = page.next_cursor
        if not after:
            return ids


def test_a_phrase_is_found_behind_thousands_that_only_hold_its_pairs() -> None:
    engine().index_many(
        worker(number, "无名", body="高级电焊工" if number % 1_000 == 7 else "电焊条，焊工")
        for number in range(1, 5_001)
    )

    first = engine().search(Query(KIND, "电焊工", limit=3))
    second = engine().search(Query(KIND, "电焊工", limit=3, after=first.next_cursor))

    assert (first.ids, second.ids, second.next_cursor) == ([4_007, 3_007, 2_007], [1_007, 7], "")
    assert engine().search(Query(KIND, "电焊工", order="ranked", limit=3)).ids == [4_007, 3_007, 2_007]
    whole = engine().search(Query(KIND, "电焊工", order="ranked", limit=10, with_count=True))
    assert (whole.ids, whole.count) == ([4_007, 3_007, 2_007, 1_007, 7], 5)


def test_counts_stop_at_the_cap_and_facets_say_that_they_are_sampled() -> None:
    engine().index_many(
        worker(number, "无名", body="焊工", facets={"half": ["new" if number > 6_000 else "old"]})
        for number in range(1, 12_002)
    )

    asked = engine().search(Query(KIND, "焊工", with_facets=True, limit=3))
    half = engine().search(Query(KIND, facets={"half": "new"}, with_facets=True, limit=1))
    everything = engine().search(Query(KIND, with_facets=True, limit=1))
    oldest = engine().search(Query(KIND, "焊工 工", facets={"half": "old"}, limit=2, order="ranked"))

    assert (asked.ids, asked.count, asked.count_is_capped) == ([12_001, 12_000, 11_999], 10_000, True)
    assert (asked.facets, asked.facets_are_sampled) == ({"half": {"new": 1_000}}, True)
    assert (half.count, half.count_is_capped, half.facets_are_sampled) == (6_001, False, True)
    assert (everything.count, everything.count_is_capped) == (12_001, False)
    assert everything.facets == {"half": {"new": 6_001, "old": 6_000}}
    assert (oldest.ids, oldest.count) == ([6_000, 5_999], 6_000)
