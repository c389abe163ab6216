"""Reactions: after the commit, in order, each effect once, failures aside and visible."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import (
    Event,
    announce,
    current_actor,
    delivery,
    on,
    record_refusal,
    record_security,
)
from jiangxin.kernel.events.delivery import bury_orphans, deliver, mend_clock, release_receipts, revive
from jiangxin.kernel.events.models import Receipt, ReceiptState
from jiangxin.kernel.events.outbox import registered_reactions
from jiangxin.kernel.events.sequencer import sequence
from jiangxin.kernel.events.tests.between import in_between

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_announcements", "_own_reactions")]


def tell(*places: str) -> None:
    for place in places:
        announce("test.thing_moved", where=place)
    sequence()


def effects() -> list[str]:
    return list(Event.objects.filter(kind="security").order_by("id").values_list("name", flat=True))


def note_place(event: Event) -> None:
    record_security(f"seen {event.payload['where']}")


def stumble_over_b(event: Event) -> None:
    record_security(f"tried {event.payload['where']}")
    if event.payload["where"] == "b":
        raise ValueError("no b here")


def test_a_reaction_sees_each_announcement_once_in_order() -> None:
    on("test.thing_moved")(note_place)
    tell("a", "b", "c")

    assert (deliver(), deliver()) == (3, 0)
    assert effects() == ["seen a", "seen b", "seen c"]
    assert set(Receipt.objects.values_list("state", flat=True)) == {ReceiptState.DONE}


def test_a_reaction_acts_as_the_system_and_not_as_whoever_was_there() -> None:
    actors: list[str] = []

    @on("test.thing_moved")
    def look_who(event: Event) -> None:
        actor = current_actor()
        actors.append(actor.actor_id if actor else "")

    tell("a")
    deliver()

    code = next(iter(registered_reactions()))
    assert actors == [f"system:{code}"]


def test_a_failing_reaction_leaves_no_trace_and_blocks_nobody() -> None:
    on("test.thing_moved")(stumble_over_b)
    tell("a", "b", "c")

    deliver()

    assert effects() == ["tried a", "tried c"]
    failed = Receipt.objects.get(state=ReceiptState.WAITING)
    assert (failed.attempts, failed.worker) == (1, "")
    assert failed.error.endswith("ValueError: no b here\n")
    assert failed.due_at > timezone.now()


def test_a_failing_reaction_is_tried_again_later_and_at_last_is_dead() -> None:
    on("test.thing_moved", retries=2)(stumble_over_b)
    tell("b")

    tries = []
    with time_machine.travel(timezone.now(), tick=True) as clock:
        for _turn in range(5):
            tries.append(deliver())
            clock.shift(dt.timedelta(hours=2))

    assert tries == [1, 1, 1, 0, 0]
    assert Receipt.objects.get().state == ReceiptState.DEAD


def test_a_dead_reaction_can_be_revived() -> None:
    on("test.thing_moved", retries=0)(stumble_over_b)
    tell("b")
    deliver()
    dead = Receipt.objects.get(state=ReceiptState.DEAD)

    assert (revive(dead), revive(dead)) == (True, False)
    assert deliver() == 1


def test_a_refusal_inside_a_reaction_is_kept_although_its_effect_is_not() -> None:
    @on("test.thing_moved")
    def be_refused(event: Event) -> None:
        record_security("half done")
        record_refusal("test.move_thing", by=SystemActor("x"), reason="no_permission")
        raise Refused("不行")

    tell("a")
    deliver()

    assert effects() == []
    assert Event.objects.filter(kind="refusal").count() == 1


def test_what_a_dead_worker_was_at_is_delivered_again() -> None:
    on("test.thing_moved")(note_place)
    tell("a")
    Receipt.objects.update(state=ReceiptState.RUNNING, worker="W1", attempts=1)

    assert (deliver(), release_receipts("W2"), release_receipts("W1")) == (0, 0, 1)
    assert str(Receipt.objects.get()).endswith("note_place 0")
    assert deliver() == 1
    assert effects() == ["seen a"]


def test_an_announcement_that_kills_every_worker_ends_dead() -> None:
    on("test.thing_moved", retries=1)(note_place)
    tell("a")

    for attempts in (1, 2):
        Receipt.objects.update(state=ReceiptState.RUNNING, worker="W1", attempts=attempts)
        release_receipts("W1")

    assert Receipt.objects.get().state == ReceiptState.DEAD


def test_only_one_worker_at_a_time_delivers_to_a_reaction() -> None:
    on("test.thing_moved")(note_place)
    tell("a", "b")
    first = Receipt.objects.order_by("sequence").first()
    Receipt.objects.filter(pk=first.pk).update(state=ReceiptState.RUNNING, worker="W1")

    assert deliver(worker="W2") == 0
    assert effects() == []


def test_a_reaction_with_a_long_queue_keeps_no_other_waiting() -> None:
    on("test.thing_moved")(note_place)
    tell(*"abcdefgh")
    seen: list[str] = []

    @on("test.thing_gone")
    def note_loss(event: Event) -> None:
        seen.append(event.name)

    announce("test.thing_gone")
    sequence()

    assert deliver(4) == 4
    assert (seen, effects()) == (["test.thing_gone"], ["seen a", "seen b", "seen c"])
    assert deliver(100) == 5


def test_a_receipt_taken_away_in_the_middle_has_no_effect_here() -> None:
    on("test.thing_moved")(note_place)
    tell("a")
    code = next(iter(registered_reactions()))
    receipt = delivery._claim(code, "W1")
    release_receipts("W1")

    delivery._take_effect(registered_reactions()[code], receipt)

    assert effects() == []


def test_what_a_dead_worker_gave_back_is_given_back_once() -> None:
    on("test.thing_moved")(note_place)
    tell("a")
    delivery._claim(next(iter(registered_reactions())), "W1")

    assert (release_receipts("W1"), release_receipts("W1"), deliver(), effects()) == (1, 0, 1, ["seen a"])


def test_a_stored_failure_names_no_number_of_a_person() -> None:
    @on("test.thing_moved")
    def stumble(event: Event) -> None:
        raise ValueError(f"110101199003078515 moved to {event.payload['where']}")

    tell("a")
    deliver()

    error = Receipt.objects.get().error
    assert ("[hidden] moved to a" in error, "110101199003078515" in error) == (True, False)


def test_a_reaction_that_is_no_longer_in_the_code_is_buried_visibly() -> None:
    on("test.thing_moved")(note_place)
    tell("a")
    from jiangxin.kernel.events import outbox

    outbox._reactions.clear()

    assert (deliver(), bury_orphans()) == (0, 1)
    assert Receipt.objects.get().error == "no such reaction any more"


def test_a_clock_set_back_does_not_hold_a_reaction_for_ever() -> None:
    on("test.thing_moved")(note_place)
    tell("a")
    Receipt.objects.update(due_at=timezone.now() + dt.timedelta(days=400))

    assert (deliver(), mend_clock(), deliver()) == (0, 1, 1)


def test_two_reactions_cannot_share_a_name() -> None:
    on("test.thing_moved")(note_place)

    def other(event: Event) -> None:
        """Another function that claims the name."""

    other.__qualname__ = "x.note_place"
    with pytest.raises(ValueError, match="two reactions"):
        on("test.thing_moved")(other)


def test_an_announcement_rolled_back_is_never_delivered() -> None:
    on("test.thing_moved")(note_place)

    def change_mind() -> None:
        with transaction.atomic():
            announce("test.thing_moved", where="a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_mind()
    assert (sequence(), deliver()) == (0, 0)


def test_what_was_done_after_the_look_is_not_given_back() -> None:
    on("test.thing_moved")(note_place)
    tell("a")
    delivery._claim(next(iter(registered_reactions())), "W1")

    with in_between(lambda: Receipt.objects.update(state=ReceiptState.DONE)):
        released = release_receipts("W1")

    assert (released, Receipt.objects.get().state) == (0, ReceiptState.DONE)
