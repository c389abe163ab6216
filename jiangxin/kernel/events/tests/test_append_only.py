"""The database itself refuses to change or remove what the log says."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from jiangxin.kernel.events import Event, record_security
from jiangxin.kernel.events.append_only import AppendOnly, unlocked
from jiangxin.kernel.events.models import PendingEvent
from jiangxin.kernel.text.ids import new_uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return record_security("test.thing_happened")


def test_an_event_cannot_be_changed(event: Event) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(actor="user:2")


def test_an_event_cannot_be_removed(event: Event) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_the_log_cannot_be_emptied(event: Event) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE events_event")


def test_an_unlocked_table_is_locked_again_afterwards(event: Event) -> None:
    with unlocked():
        Event.objects.filter(pk=event.pk).update(actor="user:2")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(actor="user:3")


def test_every_new_event_waits_for_its_number_however_it_is_written() -> None:
    events = [
        record_security("test.one"),
        *Event.objects.bulk_create([_event("test.two"), _event("test.three")]),
    ]

    assert set(PendingEvent.objects.values_list("event_id", flat=True)) == {event.pk for event in events}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_triggers_go_and_come_with_their_migration() -> None:
    event = record_security("test.thing_happened")
    try:
        call_command("migrate", "events", "0001", verbosity=0)
        changed = Event.objects.filter(pk=event.pk).update(actor="user:2")
        _copy_unnoticed(event)
    finally:
        call_command("migrate", "events", verbosity=0)
    record_security("test.noticed")

    assert (changed, PendingEvent.objects.count()) == (1, 2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(actor="user:3")


def test_the_operation_names_itself() -> None:
    operation = AppendOnly("Event")

    assert (operation.describe(), operation.migration_name_fragment) == (
        "Make Event append-only",
        "event_append_only",
    )


def _copy_unnoticed(event: Event) -> None:
    """Another event like this one, written while the table has fewer columns than the model."""
    with connection.cursor() as cursor:
        before = {
            column.name for column in connection.introspection.get_table_description(cursor, "events_event")
        }
        columns = ", ".join(sorted(before - {"id", "uid"}))
        cursor.execute(
            f"INSERT INTO events_event (uid, {columns}) SELECT %s, {columns} FROM events_event WHERE id = %s",  # noqa: S608 - names of columns
            [new_uid(), event.pk],
        )


def _event(name: str) -> Event:
    return Event(kind="security", name=name, actor="system:test")
