"""What was taken out of the index is physically gone after the night's work; what is in it is found as before."""

from __future__ import annotations

import pytest
from django.db import connection

from jiangxin.kernel.search import Query, engine
from jiangxin.kernel.search.tests.blocks import terms_in_blocks
from jiangxin.kernel.search.tests.shelf import CAST, KIND, RARE, worker

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the blocks of SQLite's index")


def _with(pair: str) -> int:
    return len([term for term in terms_in_blocks() if pair in term])


@on_sqlite
def test_terms_of_a_removed_document_leave_the_blocks() -> None:
    engine().index(CAST)
    engine().index([RARE])
    engine().remove(KIND, [77])
    before = [_with("覃龘") > 0, _with("qinda") > 0]

    engine().let_go()

    assert (before, _with("覃龘"), _with("龘华"), _with("qinda"), _with("采石")) == ([True, True], 0, 0, 0, 0)
    assert _with("焊工") > 0


@on_sqlite
def test_terms_a_document_no_longer_has_leave_the_blocks() -> None:
    engine().index([*CAST, RARE])
    engine().index([worker(77, "林大满")])

    engine().let_go()

    assert (_with("覃龘"), _with("大满") > 0) == (0, True)


@on_sqlite
def test_an_index_of_many_slices_is_merged_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiangxin.kernel.search.engine_sqlite.SLICE", 1)
    for start in range(0, 3000, 300):
        engine().index(
            [worker(each, f"王{chr(0x4E00 + each)}", f"第{each}厂") for each in range(start, start + 300)]
        )
    engine().remove(KIND, [5, 1500, 2999])

    engine().let_go()

    gone = [f"王{chr(0x4E00 + each)}" for each in (5, 1500, 2999)]
    assert [_with(name) for name in gone] == [0, 0, 0]
    with connection.cursor() as cursor:
        segments = cursor.execute("SELECT count(DISTINCT id >> 37) FROM search_terms_data WHERE id > 100")
        assert segments.fetchone() == (1,)


def test_everything_else_is_found_as_before_and_a_second_time_changes_nothing() -> None:
    engine().index([*CAST, RARE])
    engine().remove(KIND, [77])
    before = [engine().search(Query(KIND, word)).ids for word in ("焊工", "宏远", "小满", "覃龘")]

    engine().let_go()
    engine().let_go()

    assert [engine().search(Query(KIND, word)).ids for word in ("焊工", "宏远", "小满", "覃龘")] == before


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_log_of_old_pages_is_emptied_or_dead_rows_vacuumed() -> None:
    engine().index([*CAST, RARE])
    engine().remove(KIND, [77])

    engine().let_go()

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pgstattuple")
            cursor.execute("SELECT dead_tuple_count FROM pgstattuple('search_terms')")
            assert cursor.fetchone() == (0,)
    else:
        assert _with("覃龘") == 0
    assert engine().search(Query(KIND, "焊工")).ids == [4, 1]
