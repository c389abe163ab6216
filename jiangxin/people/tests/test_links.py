"""Deciding that two records are one worker, and taking it back without loss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.people import actions
from jiangxin.people.actions.link import _oldest_of_each
from jiangxin.people.models import LinkProposal, Person
from jiangxin.people.queries.links import count_waiting, reasons, side_by_side
from jiangxin.people.queries.passport import timeline
from jiangxin.people.tests.factories import PassportEntryFactory, PersonFactory, invented_number

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
WHY = [{"kind": "name", "weight": 30, "text": "姓名相同：隋见山。", "values": {"name": "隋见山"}}]


def _people(count: int) -> list[Person]:
    return [PersonFactory(name="隋见山") for _number in range(count)]


def _link(first: Person, second: Person) -> LinkProposal:
    proposal = actions.propose_link(first, second=second, score=70, evidence=WHY, by=SYSTEM)
    return actions.confirm_link(proposal, by=SYSTEM)


def _pointers() -> dict[int, int | None]:
    return dict(Person.objects.values_list("pk", "canonical_id"))


def test_the_older_record_stands_first_whoever_proposes():
    older, younger = _people(2)

    proposal = actions.propose_link(younger, second=older, score=70, evidence=WHY, by=SYSTEM)

    assert (proposal.first, proposal.second) == (older, younger)


def test_proposing_again_makes_no_second_proposal():
    older, younger = _people(2)
    for score in (70, 80):
        actions.propose_link(
            older, second=younger, score=score, evidence=[{**WHY[0], "weight": score}], by=SYSTEM
        )

    assert list(LinkProposal.objects.values_list("score", "state")) == [(80, "proposed")]


def test_a_refused_pair_is_not_asked_again():
    older, younger = _people(2)
    proposal = actions.propose_link(older, second=younger, score=70, evidence=WHY, by=SYSTEM)
    actions.refuse_link(proposal, note="年龄不符", by=SYSTEM)

    actions.propose_link(older, second=younger, score=90, evidence=WHY, by=SYSTEM)

    assert list(LinkProposal.objects.values_list("score", "state", "note")) == [(70, "refused", "年龄不符")]
    assert count_waiting(SYSTEM) == 0


def test_confirming_shows_both_passports_and_undoing_parts_them():
    older, younger = _people(2)
    PassportEntryFactory(person=older, title="某市劳动模范", year=2010)
    PassportEntryFactory(person=younger, title="全国劳动模范", year=2020)
    before = _pointers()

    proposal = _link(older, younger)
    together = [item.entry.title for item in timeline(older, SYSTEM)]
    seen_from_younger = [item.entry.title for item in timeline(Person.objects.get(pk=younger.pk), SYSTEM)]
    actions.undo_link(proposal, by=SYSTEM)

    assert together == seen_from_younger == ["全国劳动模范", "某市劳动模范"]
    assert [item.entry.title for item in timeline(older, SYSTEM)] == ["某市劳动模范"]
    assert _pointers() == before


def test_undoing_one_link_leaves_the_others():
    first, second, third = _people(3)
    _link(first, second)
    wrong = _link(second, third)
    assert _pointers() == {first.pk: None, second.pk: first.pk, third.pk: first.pk}

    actions.undo_link(wrong, by=SYSTEM)

    assert _pointers() == {first.pk: None, second.pk: first.pk, third.pk: None}


def test_undoing_the_link_to_the_main_record_keeps_the_rest_together():
    first, second, third = _people(3)
    wrong = _link(first, second)
    _link(second, third)

    actions.undo_link(wrong, by=SYSTEM)

    assert _pointers() == {first.pk: None, second.pk: None, third.pk: second.pk}


def test_two_identity_numbers_cannot_become_one_worker():
    older = actions.add_person(name="隋见山", id_number=invented_number(1), by=SYSTEM)
    younger = actions.add_person(name="隋见山", id_number=invented_number(2), by=SYSTEM)
    proposal = actions.propose_link(older, second=younger, score=70, evidence=WHY, by=SYSTEM)

    with pytest.raises(Refused) as refusal:
        actions.confirm_link(proposal, by=SYSTEM)

    assert refusal.value.code == "id_numbers_differ"
    assert _pointers() == {older.pk: None, younger.pk: None}


def test_two_numbers_are_seen_through_a_third_record():
    first = actions.add_person(name="隋见山", id_number=invented_number(1), by=SYSTEM)
    middle = PersonFactory(name="隋见山")
    last = actions.add_person(name="隋见山", id_number=invented_number(2), by=SYSTEM)
    _link(first, middle)

    with pytest.raises(Refused) as refusal:
        _link(middle, last)

    assert refusal.value.code == "id_numbers_differ"


def test_a_decision_is_made_once():
    proposal = _link(*_people(2))

    with pytest.raises(Refused) as refusal:
        actions.confirm_link(proposal, by=SYSTEM)

    assert refusal.value.code == "wrong_state"


def test_the_queue_shows_reasons_and_both_sides():
    older, younger = (
        PersonFactory(name="隋见山", unit_text="甲厂"),
        PersonFactory(name="隋见山", unit_text="乙矿"),
    )
    proposal = actions.propose_link(older, second=younger, score=70, evidence=WHY, by=SYSTEM)

    lines = {str(line.title): line for line in side_by_side(older, younger)}

    assert [(reason.text, reason.weight) for reason in reasons(proposal)] == [("姓名相同：隋见山。", 30)]
    assert (lines["工作单位"].first, lines["工作单位"].second, lines["工作单位"].is_comparable) == (
        "甲厂",
        "乙矿",
        False,
    )
    assert lines["姓名"].agrees


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] != pair[1]), max_size=12
    )
)
def test_each_record_points_to_the_oldest_it_is_linked_with(pairs):
    found = _oldest_of_each(list(range(1, 9)), pairs)

    reach = {key: {key} for key in range(1, 9)}
    for _round in range(8):
        for first, second in pairs:
            both = reach[first] | reach[second]
            for key in both:
                reach[key] = reach[key] | both
    assert found == {key: min(near) for key, near in reach.items()}
