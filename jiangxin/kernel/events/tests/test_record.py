"""What is written into the log, by whom it says, and what it refuses."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
import rfc8785
from django.db import transaction
from django.utils.functional import lazystr
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import (
    Event,
    acting,
    announce,
    announce_many,
    current_action,
    current_actor,
    in_request,
    record_action,
    record_reading,
    record_readings,
    record_refusal,
    record_security,
    refusals_kept,
)
from jiangxin.kernel.events.context import MOST_VERBS, called_verbs
from jiangxin.kernel.events.models import HashTile
from jiangxin.kernel.events.plain import LARGEST_INTEGER, canonical, clean, plain

BY = SystemActor("test")


@pytest.mark.django_db
@pytest.mark.usefixtures("_announcements")
def test_an_announcement_names_actor_verbs_request_and_thing() -> None:
    thing = HashTile.objects.create(level=0, index=7, hashes=b"")

    with in_request("REQ1"), acting(BY, action="test.move_thing"), acting(BY, action="test.lift_thing"):
        event = announce("test.thing_moved", thing, where=dt.date(2025, 5, 1))
    event.refresh_from_db()

    assert (event.actor, event.actor_label, event.action) == (
        "system:test",
        "系统（test）",
        "test.move_thing",
    )
    assert (event.chain, event.request_id) == ("test.move_thing > test.lift_thing", "REQ1")
    assert (event.object_type, event.object_id, event.object_label) == (
        "events.hashtile",
        str(thing.pk),
        "0/7",
    )
    assert event.payload == {"where": "2025-05-01"}


@pytest.mark.django_db
@pytest.mark.usefixtures("_announcements")
def test_an_undeclared_announcement_is_refused() -> None:
    with pytest.raises(LookupError, match="no module declares"):
        announce("test.thing_sang", None)


@pytest.mark.django_db
@pytest.mark.usefixtures("_announcements")
@pytest.mark.parametrize("fields", [{}, {"where": "x", "when": "y"}, {"when": "y"}])
def test_an_announcement_with_other_fields_than_declared_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="declared with"):
        announce("test.thing_moved", None, **fields)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_announcements")
def test_an_announcement_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        announce("test.thing_gone")


@pytest.mark.django_db
@pytest.mark.usefixtures("_announcements")
def test_an_announcement_never_carries_a_model() -> None:
    with pytest.raises(TypeError, match="plain values only, not HashTile"):
        announce("test.thing_moved", where=HashTile(level=0, index=1))


@pytest.mark.django_db
@pytest.mark.usefixtures("_announcements")
def test_many_announcements_are_written_in_batches() -> None:
    told = announce_many("test.thing_moved", ((None, {"where": number}) for number in range(2001)))

    assert told == 2001
    assert Event.objects.filter(name="test.thing_moved").count() == 2001


@pytest.mark.django_db
def test_the_outermost_verb_names_every_verb_it_called() -> None:
    with acting(BY, action="test.move_thing"):
        with acting(BY, action="test.lift_thing"):
            pass
        with acting(BY, action="test.drop_thing"):
            pass
        event = record_action("test.move_thing")

    assert event.chain == "test.move_thing > test.lift_thing > test.drop_thing"


@pytest.mark.django_db
def test_a_reading_tells_who_looked_at_what_and_why_but_not_the_value() -> None:
    thing = HashTile.objects.create(level=0, index=7, hashes=b"")

    record_reading(thing, field="id_number", reason="核对身份", by=BY)
    record_readings([thing, thing], field="phone", reason="联系", by=BY)

    seen = Event.objects.readings_of("events.hashtile", str(thing.pk))
    assert [(event.payload, event.reason, event.actor) for event in seen] == [
        ({"field": "phone"}, "联系", "system:test"),
        ({"field": "phone"}, "联系", "system:test"),
        ({"field": "id_number"}, "核对身份", "system:test"),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_refusal_survives_the_rollback_of_what_surrounds_it() -> None:
    def be_refused() -> None:
        with refusals_kept(), transaction.atomic():
            record_refusal("test.move_thing", by=BY, reason="no_permission")
            record_action("test.other_thing", by=BY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        be_refused()

    assert list(Event.objects.values_list("name", "outcome")) == [("test.move_thing", "refused")]


@pytest.mark.django_db
def test_overlong_and_unstorable_text_is_cut_and_cleaned_not_lost() -> None:
    event = record_security("test.sign_in", by=SystemActor("x" * 300), reason="\x00" + "长" * 900)
    event.refresh_from_db()

    assert len(event.actor) == 100
    assert event.reason == "\ufffd" + "长" * 499


@pytest.mark.django_db
def test_a_refusal_outside_any_keeping_is_written_at_once() -> None:
    record_refusal("test.move_thing", by=BY, reason="no_permission")

    assert Event.objects.get().outcome == "refused"


@pytest.mark.django_db
def test_one_who_reads_for_somebody_else_may_say_where_it_belongs() -> None:
    event = record_reading(None, field="phone", reason="核对", by=BY, opath="0001")

    assert (event.opath, event.object_type) == ("0001", "")


@pytest.mark.django_db
def test_what_one_actor_did_is_listed_the_latest_first() -> None:
    first, second = record_security("test.a", by=BY), record_security("test.b", by=BY)
    record_security("test.c", by=SystemActor("other"))

    assert list(Event.objects.by_actor("system:test")) == [second, first]


def test_only_so_many_verbs_of_one_deed_are_named() -> None:
    with acting(BY, action="test.move_thing"):
        for _turn in range(80):
            with acting(BY, action="test.lift_thing"):
                pass
        named = called_verbs()

    assert (len(named), current_action(), current_actor(), called_verbs()) == (50, None, None, ())


@pytest.mark.django_db
def test_without_anybody_named_the_log_says_so() -> None:
    assert record_security("test.sign_in").actor == "system:unattributed"


JSON_KEYS = st.text(max_size=8)
JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.floats(-1e14, 1e14)
    | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(JSON_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(JSON_KEYS, JSON_VALUES, max_size=5))
def test_the_canonical_form_is_that_of_rfc_8785(entry: dict[str, object]) -> None:
    tidy = plain(entry)

    assert canonical(tidy) == rfc8785.dumps(tidy)


@pytest.mark.django_db
@given(st.dictionaries(JSON_KEYS, JSON_VALUES, max_size=5))
def test_the_database_hands_back_what_was_hashed(entry: dict[str, object]) -> None:
    tidy = plain(entry)

    stored = Event.objects.create(kind="security", name="test.x", actor="system:test", payload=tidy)
    found = Event.objects.values_list("payload", flat=True).get(pk=stored.pk)

    assert canonical(found) == canonical(tidy)


@pytest.mark.parametrize("value", [2**53, float("nan"), float("inf"), 1e15])
def test_numbers_that_not_every_database_keeps_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"\d|nan|inf"):
        plain(value)


def test_plain_values_are_spelled_one_way() -> None:
    moment = dt.datetime(2025, 5, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    value = {"a": moment, "b": {2, 1}, "c": (Decimal("1.50"), lazystr("x")), 4: dt.date(2025, 5, 1)}

    assert json.dumps(plain(value)) == (
        '{"a": "2025-05-01T00:00:00.000000Z", "b": [1, 2], "c": ["1.50", "x"], "4": "2025-05-01"}'
    )


def test_half_a_surrogate_pair_is_replaced_and_a_whole_character_kept() -> None:
    assert clean("\ud83d") == "\ufffd"
    assert clean("𬭊\ud83d") == "𬭊\ufffd"


def test_of_a_deed_of_very_many_verbs_the_first_are_named() -> None:
    with acting(BY, action="test.all"):
        for number in range(60):
            with acting(BY, action=f"test.one_{number}"):
                pass
        called = called_verbs()

    assert called == ("test.all", *(f"test.one_{number}" for number in range(MOST_VERBS - 1)))


def test_whoever_acts_without_a_verb_is_named_without_one() -> None:
    with acting(BY):
        told = (current_actor(), current_action(), called_verbs())

    assert told == (BY, None, ())
