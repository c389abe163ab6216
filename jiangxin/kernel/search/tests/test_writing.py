"""Keeping the index: replacing, removing, counting, and nothing left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangxin.kernel.search import Query, engine, mark
from jiangxin.kernel.search.models import FacetCount, SearchDirty, SearchDoc, SearchKind, SearchName
from jiangxin.kernel.search.tests.shelf import CAST, KIND, worker

pytestmark = pytest.mark.django_db
MOMENT = datetime(2025, 4, 28, 9, 30, tzinfo=UTC)


def found(text: str) -> list[int]:
    return engine().search(Query(KIND, text)).ids


def test_writing_the_same_again_changes_no_row() -> None:
    docs = [replace(doc, updated_at=MOMENT) for doc in CAST]

    assert [engine().index(docs), engine().index(docs), engine().index(docs[:2])] == [5, 0, 0]
    assert SearchDoc.objects.get(object_id=1).updated_at == MOMENT


def test_a_changed_document_is_found_by_its_new_words_only_and_keeps_its_place() -> None:
    engine().index(CAST)
    engine().index([worker(1, "林大满", "青石纺织", "挡车工", facets={"year": ["2024"]})])

    assert [found("小满"), found("大满"), found("焊工"), found("宏远"), found("纺织")] == [
        [],
        [1],
        [4],
        [2],
        [1],
    ]
    assert found("工") == [5, 4, 3, 2, 1]
    assert engine().search(Query(KIND, facets={"year": "2024"})).ids == [1]
    assert engine().search(Query(KIND, scope_path="00010002")).ids == [4]


def test_hiding_a_document_takes_it_from_the_public_at_once() -> None:
    engine().index(CAST)
    engine().index([replace(CAST[0], is_public=False)])

    assert engine().search(Query(KIND, "小满", public_only=True)).ids == []
    assert engine().search(Query(KIND, "小满")).ids == [1]
    assert engine().search(Query(KIND, with_facets=True, public_only=True)).facets["year"]["2020"] == 1


def test_a_removed_document_leaves_nothing() -> None:
    engine().index(CAST)

    assert [engine().remove(KIND, [5, 4, 999]), engine().remove(KIND, [5])] == [2, 0]
    assert found("工") == [3, 2, 1]
    assert engine().suggest(KIND, "杜") == []
    assert SearchName.objects.filter(doc__object_id=5).count() == 0
    assert FacetCount.objects.get(kind__name=KIND, is_public=True, key="year", value="2022").count == 0


def test_the_last_of_two_documents_of_one_thing_counts() -> None:
    engine().index([worker(1, "甲一"), worker(1, "乙二")])

    assert [found("甲一"), found("乙二")] == [[], [1]]


def test_a_former_name_is_suggested() -> None:
    engine().index([worker(1, "林大满", names=("林大满", "单小满"))])

    prefixes = ("林", "单", "shan", "dan", "sxm", "ldm")
    assert [[hit.object_id for hit in engine().suggest(KIND, prefix)] for prefix in prefixes] == [[1]] * 6


def test_leftover_terms_of_emptied_tables_do_not_come_back() -> None:
    engine().index(CAST)
    SearchName.objects.all().delete()
    SearchDoc.objects.all().delete()
    FacetCount.objects.all().delete()
    engine().index([worker(9, "丁一", "外市")])

    page = engine().search(Query(KIND, "焊工"))
    assert (page.ids, page.count) == ([], 0)
    assert found("丁一") == [9]


def test_clearing_empties_everything() -> None:
    engine().index_many(CAST)
    engine().clear()

    assert found("") == []
    assert found("工") == []
    assert engine().size_bytes()["terms"] >= 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_doc")
        assert cursor.fetchone()[0] == 0


def test_rows_of_the_index_name_themselves() -> None:
    engine().index([worker(1, "单小满", facets={"year": ["2024"]})])
    mark(KIND, [1])

    rows = [
        model.objects.order_by("pk")[0]
        for model in (SearchKind, SearchDoc, SearchName, FacetCount, SearchDirty)
    ]
    assert [str(row) for row in rows] == [KIND, "单小满", "danxiaoman", ": 1", f"{KIND} 1"]


numbers = st.integers(1, 6)
words = st.text(alphabet="焊工电车a1 ", max_size=8)
changes = st.lists(
    st.tuples(numbers, words, words, st.booleans(), st.sampled_from(["2020", "2021"])), max_size=12
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes, st.lists(numbers, max_size=3))
def test_after_any_changes_the_index_is_as_if_built_anew(
    steps: list[tuple[int, str, str, bool, str]], gone: list[int]
) -> None:
    engine().clear()
    latest = {}
    for number, title, body, public, year in steps:
        latest[number] = worker(number, title, body=body, is_public=public, facets={"year": [year]})
        engine().index([latest[number]])
    engine().remove(KIND, gone)
    stepwise = _answers()
    engine().clear()
    engine().index(doc for number, doc in sorted(latest.items()) if number not in gone)

    assert stepwise == _answers()


def _answers() -> list[object]:
    """Hits (order apart, which tells the history) and counts of a few questions."""
    texts = ("", "焊", "工", "焊工", "工电车", "a", "a1", "1")
    pages = [
        engine().search(Query(KIND, text, public_only=public, with_facets=True))
        for text in texts
        for public in (True, False)
    ]
    return [(sorted(page.ids), page.count, page.facets) for page in pages]
