"""The numbered log: nothing skipped, nothing doubled, every entry proved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from jiangxin.kernel.events import Event, log_health, record_security
from jiangxin.kernel.events.entries import entry_bytes, event_rows
from jiangxin.kernel.events.merkle import check_consistency, check_inclusion, leaf_hash
from jiangxin.kernel.events.models import LogEntry, LogHead, PendingEvent
from jiangxin.kernel.events.sequencer import log_tree, sequence
from jiangxin.kernel.events.tests.logs import write
from jiangxin.kernel.events.verify import verify_log


@pytest.mark.django_db
def test_events_get_numbers_without_gaps_in_batches(home: Path) -> None:
    write(25)

    numbered = [sequence(limit=10) for _turn in range(4)]

    assert numbered == [10, 10, 5, 0]
    assert list(LogEntry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(25))
    assert PendingEvent.objects.count() == 0


@pytest.mark.django_db
def test_every_entry_is_proved_and_every_length_continues_the_one_before(home: Path) -> None:
    write(300)
    sequence()
    first_root = log_tree().root()
    write(7)
    sequence()
    tree = log_tree()

    entry = LogEntry.objects.get(sequence=258)
    leaf = leaf_hash(entry_bytes(258, event_rows([entry.event_id])[entry.event_id]))

    check_inclusion(leaf, 258, 307, tree.inclusion(258), tree.root())
    check_consistency(300, 307, tree.consistency(300), first_root, tree.root())
    assert str(entry) == f"258: {entry.event_id}"
    assert bytes(LogHead.objects.get().root) == tree.root()
    assert tree.leaf(258) == leaf


@pytest.mark.django_db
@pytest.mark.parametrize("value", [2**60, "\ud83d", {"\ud83d": 1.5}])
def test_a_value_no_canonical_form_holds_does_not_stop_the_log(home: Path, value: object) -> None:
    if connection.vendor == "postgresql" and value != 2**60:
        pytest.skip("PostgreSQL refuses half a surrogate pair itself")
    Event.objects.create(kind="security", name="test.odd", actor="system:test", payload={"value": value})

    assert sequence() == 1
    assert verify_log().ok


@pytest.mark.usefixtures("log")
def test_health_counts_entries_and_names_the_last_checkpoint() -> None:
    record_security("test.late")

    assert log_health() == {
        "ok": True,
        "entries": 6,
        "pending": 1,
        "reactions_waiting": 0,
        "reactions_dead": 0,
        "last_checkpoint": 6,
    }


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_transactions_that_commit_out_of_order_are_neither_skipped_nor_doubled(home: Path) -> None:
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record_security("test.slow")
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    record_security("test.fast")
    first = sequence()
    may_commit.set()
    thread.join()
    second = sequence()

    names = [
        Event.objects.get(pk=pk).name
        for pk in LogEntry.objects.order_by("sequence").values_list("event_id", flat=True)
    ]
    assert (first, second, names) == (1, 1, ["test.fast", "test.slow"])
    assert Event.objects.get(name="test.slow").pk < Event.objects.get(name="test.fast").pk


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_head_finds_the_room_empty(home: Path) -> None:
    write(3)
    asked, counts = threading.Event(), []

    def asking(execute: Callable[..., Any], *statement: Any) -> Any:
        answer = execute(*statement)
        asked.set()
        return answer

    def other() -> None:
        with connection.execute_wrapper(asking):
            counts.append(sequence())
        connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        counts.append(sequence())
        thread.start()
        assert asked.wait(10)  # it saw the room full, and the lock is still held
    thread.join()

    assert (counts, LogEntry.objects.count(), verify_log().ok) == ([3, 0], 3, True)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_writers_and_many_sequencers_leave_one_log_without_gaps(home: Path) -> None:
    stop = threading.Event()

    def writing() -> None:
        for number in range(40):
            with transaction.atomic():
                write(1 + number % 3)
        connection.close()

    def numbering() -> None:
        while not stop.is_set():
            sequence(limit=7)
        connection.close()

    writers = [threading.Thread(target=writing) for _each in range(3)]
    sequencers = [threading.Thread(target=numbering) for _each in range(2)]
    for thread in [*writers, *sequencers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sequencers:
        thread.join()
    while sequence():
        pass

    numbers = list(LogEntry.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(3 * 79))
    assert verify_log().ok
