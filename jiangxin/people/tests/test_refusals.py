"""What a form would never send is refused by the verb itself: each refusal has its code, and nothing is written."""

import datetime
from collections.abc import Callable

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.people import actions
from jiangxin.people.models import Dispute, Employment, PassportEntry, Person, RightsRequest, SkillLevel
from jiangxin.people.tests.conftest import refused
from jiangxin.people.tests.factories import (
    EmploymentFactory,
    PassportEntryFactory,
    PersonFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
WRITTEN = (Person, Employment, PassportEntry, SkillLevel, Dispute, RightsRequest)
A_DAY_TO_COME = datetime.date(2999, 1, 1)

ABOUT_A_RECORD: dict[str, Callable[[Person], object]] = {
    "purpose_unknown": lambda person: actions.give_consent(person, purpose="advertising", by=SYSTEM),
    "kind_unknown": lambda person: actions.open_dispute(person, kind="burn", text="请烧掉它", by=SYSTEM),
    "same_record": lambda person: actions.propose_link(
        person, second=person, score=90, evidence=[], by=SYSTEM
    ),
    "skill_unknown": lambda person: actions.add_skill(
        person, level=9, how="exam", occupation_text="焊工", by=SYSTEM
    ),
    "occupation_missing": lambda person: actions.add_skill(person, level=5, how="exam", by=SYSTEM),
    "unit_missing": lambda person: actions.add_employment(person, unit_text="　", by=SYSTEM),
    "title_missing": lambda person: actions.add_to_passport(
        person, kind="people.milestone", title=" ", by=SYSTEM
    ),
    "year_impossible": lambda person: actions.add_to_passport(
        person, kind="people.milestone", title="带徒十人", year=1870, by=SYSTEM
    ),
    "birth_too_early": lambda person: actions.correct_person(
        person, changes={"birth_on": datetime.date(1859, 12, 31)}, by=SYSTEM
    ),
    "how_unknown": lambda person: actions.register_request(
        person, kind="limit", how="self", text="本人来办", by=SYSTEM
    ),
    "nothing_chosen": lambda _person: actions.export_people(people=[], reason="上报名单", by=SYSTEM),
}


@pytest.mark.parametrize("code", ABOUT_A_RECORD)
def test_what_a_record_cannot_take_is_refused(code: str):
    person = PersonFactory()
    before = [model.objects.count() for model in WRITTEN]

    assert refused(lambda: ABOUT_A_RECORD[code](person)) == code
    assert [model.objects.count() for model in WRITTEN] == before


WITHOUT_A_REASON: tuple[Callable[[PassportEntry], object], ...] = (
    lambda entry: actions.limit_person(entry.person, reason=" ", by=SYSTEM),
    lambda entry: actions.erase_person(entry.person, reason="", by=SYSTEM),
    lambda entry: actions.correct_entry(entry, title="改", reason=" ", by=SYSTEM),
    lambda entry: actions.retract_entry(entry, reason="", by=SYSTEM),
    lambda entry: actions.register_request(entry.person, kind="limit", how="letter", text="", by=SYSTEM),
    lambda entry: actions.export_people(people=[entry.person], reason="阅", by=SYSTEM),
)


@pytest.mark.parametrize("number", range(len(WITHOUT_A_REASON)))
def test_what_a_worker_will_read_needs_its_reason(number: int):
    entry = PassportEntryFactory()

    assert refused(lambda: WITHOUT_A_REASON[number](entry)) == "reason_missing"
    assert PassportEntry.objects.get().person.limited_at is None


@pytest.mark.parametrize("decide", [actions.uphold_dispute, actions.refuse_dispute])
def test_a_request_is_not_answered_without_words(decide: Callable[..., object]):
    entry = PassportEntryFactory()
    dispute = actions.open_dispute(entry.person, kind="wrong", text="年份不对", entry=entry, by=SYSTEM)

    assert refused(lambda: decide(dispute, answer="好", by=SYSTEM)) == "answer_missing"
    assert Dispute.objects.get().state == "open"


def test_a_request_about_a_record_is_not_answered_without_words():
    asked = actions.ask_right(PersonFactory(), kind="limit", by=SYSTEM)

    assert refused(lambda: actions.grant_right(asked, answer=" ", by=SYSTEM)) == "answer_missing"
    assert RightsRequest.objects.get().state == "open"


def test_a_correction_stays_with_the_worker_it_belongs_to():
    entry, other = PassportEntryFactory(), PersonFactory()

    code = refused(
        lambda: actions.add_to_passport(
            other, kind="people.milestone", title="带徒十人", corrects=entry, by=SYSTEM
        )
    )

    assert (code, PassportEntry.objects.count()) == ("not_this_person", 1)


def test_a_withdrawal_is_the_last_word_on_an_entry():
    withdrawal = actions.retract_entry(PassportEntryFactory(), reason="误记", by=SYSTEM)

    code = refused(lambda: actions.correct_entry(withdrawal, title="改", reason="更正", by=SYSTEM))

    assert (code, PassportEntry.objects.count()) == ("is_withdrawal", 2)


def test_nobody_has_left_a_unit_on_a_day_to_come():
    spell = EmploymentFactory()

    assert (
        refused(lambda: actions.end_employment(spell, to_on=A_DAY_TO_COME, by=SYSTEM)) == "leaves_in_future"
    )
    assert Employment.objects.current().get() == spell


def test_one_unit_is_current_once():
    spell = EmploymentFactory(unit_text="宏远重工")

    code = refused(lambda: actions.add_employment(spell.person, unit_text="宏远重工", by=SYSTEM))

    assert (code, Employment.objects.count()) == ("unit_already_current", 1)


@pytest.mark.parametrize(
    "correct",
    [
        lambda spell: actions.correct_employment(spell, changes={"person": 1}, by=SYSTEM),
        lambda spell: actions.correct_person(spell.person, changes={"opath": "0001"}, by=SYSTEM),
    ],
)
def test_a_field_that_is_not_open_to_correction_is_a_fault_of_the_caller(correct: Callable[..., object]):
    with pytest.raises(ValueError, match="not correctable"):
        correct(EmploymentFactory())


def test_the_number_and_what_was_typed_must_agree():
    number = invented_number(4, birth_on=datetime.date(1985, 3, 5), sex="female")

    codes = [
        refused(lambda known=known: actions.add_person(name="林小满", id_number=number, by=SYSTEM, **known))
        for known in ({"sex": "male"}, {"birth_on": datetime.date(1985, 3, 6)})
    ]

    assert (codes, Person.objects.count()) == (
        ["sex_contradicts_id_number", "birth_contradicts_id_number"],
        0,
    )
