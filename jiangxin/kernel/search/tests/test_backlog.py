"""The backlog: marked with the change, worked off later, in step with what exists."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from jiangxin.kernel.search import Query, drain, engine, mark, mark_all, pending
from jiangxin.kernel.search.tests.shelf import CAST, KIND, KINDS, SHELF, worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shelf() -> Iterator[None]:
    SHELF.clear()
    SHELF.update({doc.object_id: doc for doc in CAST})
    yield
    SHELF.clear()


def found(text: str = "") -> list[int]:
    return engine().search(Query(KIND, text)).ids


def test_marked_things_wait_and_are_then_found() -> None:
    mark(KIND, [1, 2])
    waiting = pending(KIND), pending(), pending("shelf.other")
    before = found()
    done = drain(kinds=KINDS)

    assert (waiting, before, done) == ((2, 2, 0), [], 2)
    assert (found(), pending()) == ([2, 1], 0)
    assert drain(kinds=KINDS) == 0


def test_a_thing_marked_often_is_written_once_with_its_last_state() -> None:
    mark(KIND, [1])
    mark(KIND, [1, 1])
    SHELF[1] = worker(1, "林大满")

    assert (pending(KIND), drain(kinds=KINDS), found("大满"), found("小满")) == (3, 3, [1], [])


def test_a_thing_that_is_gone_leaves_the_index() -> None:
    mark(KIND, [1, 2])
    drain(kinds=KINDS)
    del SHELF[1]
    mark(KIND, [1, 99])

    assert (drain(kinds=KINDS), found()) == (2, [2])


def test_the_backlog_is_worked_off_in_portions_oldest_first() -> None:
    mark(KIND, [3, 1, 2])

    portions = []
    while done := drain(2, kinds=KINDS):
        portions.append((done, sorted(found())))

    assert portions == [(2, [1, 3]), (1, [1, 2, 3])]


def test_a_change_that_is_rolled_back_leaves_no_mark() -> None:
    with transaction.atomic():
        mark(KIND, [1])
        transaction.set_rollback(True)

    assert pending() == 0


def test_when_nothing_can_be_described_the_backlog_stays() -> None:
    mark(KIND, [1, 2])
    SHELF[1] = SHELF[2] = None  # type: ignore[assignment]

    with pytest.raises(AttributeError):
        drain(kinds=KINDS)
    assert pending() == 2


def test_one_thing_that_cannot_be_described_does_not_hold_up_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    mark(KIND, [1, 2, 3])
    SHELF[2] = None  # type: ignore[assignment]

    assert (drain(kinds=KINDS), found(), pending()) == (3, [3, 1], 0)
    assert [record.getMessage() for record in caplog.records] == [f"{KIND} 2 could not be indexed"]


def test_a_kind_nobody_declares_leaves_the_index() -> None:
    mark(KIND, [1, 2])
    drain(kinds=KINDS)
    mark(KIND, [1])

    assert (drain(kinds={}), found()) == (1, [2])


def test_a_rebuild_marks_what_exists_and_what_the_index_holds() -> None:
    engine().index([worker(77, "旧人")])

    assert mark_all(KIND, kinds=KINDS) == 6
    assert drain(kinds=KINDS) == 6
    assert found() == [5, 4, 3, 2, 1]


def test_the_number_waiting_is_counted_up_to_a_cap() -> None:
    mark(KIND, range(1, 25_001))

    assert (pending(), pending(KIND, cap=30_000)) == (10_001, 25_000)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway")
def test_a_second_worker_leaves_the_backlog_to_the_first() -> None:
    mark(KIND, [1, 2])
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        mine = drain(1, kinds=KINDS)
        theirs = other.submit(_drain_and_close).result(timeout=20)

    assert (mine, theirs, pending()) == (1, 0, 1)


def _drain_and_close() -> int:
    try:
        return drain(kinds=KINDS)
    finally:
        connection.close()
