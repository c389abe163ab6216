"""Conferring: what is recorded, what is refused, what the passport says."""

import datetime

import pytest
from django.db import IntegrityError

from jiangxin.honours.actions import add_collective, confer_after_check, confer_honour
from jiangxin.honours.models import Conferral
from jiangxin.honours.queries.conferrals import highest_honour, honours_of, shown_honours_of
from jiangxin.honours.queries.prerequisites import missing_prerequisites
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour, make_ladder
from jiangxin.honours.words import HonourKind, Strength
from jiangxin.kernel.access import Anonymous, Refused
from jiangxin.kernel.events import Event
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.actions import confirm_link, propose_link
from jiangxin.people.models import PassportEntry
from jiangxin.people.tests.factories import PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_a_conferral_stands_in_the_passport_in_the_same_transaction() -> None:
    person = PersonFactory(name="林小满", org=make_tree()["enterprise"])
    source = SourceFactory()

    conferral = make_conferral(person, make_honour(), 2024, decision_no="临政发〔2024〕3号", source=source)

    entry = PassportEntry.objects.get(person=person)
    assert (entry.kind, entry.title, entry.year, entry.object_id) == (
        "honours.conferral", "临江市劳动模范", 2024, conferral.uid)  # fmt: skip
    assert (entry.issuer, entry.source, entry.evidence["rank"]) == ("临江市人民政府", source, 50)
    assert (conferral.opath, conferral.unit_text) == (person.opath, "宏远重工有限公司")
    announced = Event.objects.get(name="honours.honour_conferred")
    assert announced.payload["holder"] == "林小满"


def test_a_refused_conferral_leaves_no_trace() -> None:
    person = PersonFactory(birth_on=datetime.date(1990, 1, 1))

    with pytest.raises(Refused):
        make_conferral(person, make_honour(), 1985)

    assert (Conferral.objects.count(), PassportEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"year": 1900}, "year_impossible"),
        ({"year": 2999}, "year_impossible"),
        ({"year": 2020, "conferred_on": datetime.date(2021, 5, 1)}, "year_contradicts_day"),
        ({"conferred_on": datetime.date(2999, 5, 1)}, "in_future"),
    ],
)
def test_years_that_cannot_be_are_refused(facts: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        confer_honour(PersonFactory(), honour=make_honour(), by=SYSTEM, **facts)

    assert code_of(refused) == code


def test_the_same_honour_twice_in_a_year_is_refused_but_not_in_another_year() -> None:
    person, honour = PersonFactory(), make_honour()
    make_conferral(person, honour, 2015)
    make_conferral(person, honour, 2020)

    with pytest.raises(Refused) as refused:
        make_conferral(person, honour, 2020)

    assert code_of(refused) == "already_conferred"


def test_honours_of_people_and_of_collectives_are_kept_apart() -> None:
    team = make_collective()
    pioneer = make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)
    both = make_honour("both", "临江最美职工", kind=HonourKind.BOTH)

    with pytest.raises(Refused) as for_team:
        make_conferral(team, make_honour())
    with pytest.raises(Refused) as for_person:
        make_conferral(PersonFactory(), pioneer)

    assert (code_of(for_team), code_of(for_person)) == ("persons_only", "collectives_only")
    assert make_conferral(team, both).collective == team


def test_the_database_itself_refuses_a_conferral_without_exactly_one_holder() -> None:
    with pytest.raises(IntegrityError, match="conferral_one_holder"):
        Conferral.objects.create(honour=make_honour())


def test_a_collective_of_one_name_is_registered_once() -> None:
    first = add_collective(name="宏远重工（集团）焊接一班", by=SYSTEM)
    again = add_collective(name="宏远重工(集团)焊接一班", by=SYSTEM)

    assert first == again


def test_a_visitor_may_not_confer() -> None:
    with pytest.raises(Refused) as refused:
        confer_honour(PersonFactory(), honour=make_honour(), year=2020, by=Anonymous())

    assert code_of(refused) == "no_permission"


class TestPrerequisites:
    """What must, or generally should, be held before."""

    def test_a_missing_hard_prerequisite_stops_and_a_held_one_does_not(self) -> None:
        city, province, _nation = make_ladder()
        person = PersonFactory()

        with pytest.raises(Refused) as refused:
            confer_after_check(person, honour=province, year=2024, by=SYSTEM)
        make_conferral(person, city, 2022)
        conferral = confer_after_check(person, honour=province, year=2024, by=SYSTEM)

        assert code_of(refused) == "prerequisite_missing"
        assert conferral.honour == province

    def test_a_general_one_passes_with_a_waiver_of_twenty_characters_and_its_author(self) -> None:
        _city, province, _nation = make_ladder(Strength.GENERALLY)
        person = PersonFactory()
        waiver = "该同志在抢险救灾中有特别重大贡献，经省总工会党组研究同意。"

        with pytest.raises(Refused) as refused:
            confer_after_check(person, honour=province, year=2024, by=SYSTEM, waiver="特殊情况")
        conferral = confer_after_check(person, honour=province, year=2024, by=SYSTEM, waiver=waiver)

        assert code_of(refused) == "waiver_missing"
        assert conferral.note == f"{waiver}（系统（test））"

    def test_a_higher_honour_of_the_line_counts_for_a_lower_one(self) -> None:
        _city, province, nation = make_ladder()
        person = PersonFactory()
        make_conferral(person, nation, 2020)

        assert missing_prerequisites(person, province) == []

    def test_honours_of_linked_records_count(self) -> None:
        city, province, _nation = make_ladder()
        first, second = PersonFactory(name="林小满"), PersonFactory(name="林小满")
        make_conferral(first, city, 2018)
        assert len(missing_prerequisites(second, province)) == 1

        confirm_link(propose_link(first, second=second, score=80, evidence=[], by=SYSTEM), by=SYSTEM)
        second.refresh_from_db()

        assert missing_prerequisites(second, province) == []


def test_the_highest_honour_goes_by_rank_and_a_payment_day_looks_back() -> None:
    city, province, _nation = make_ladder()
    person = PersonFactory(is_public=True)
    low = make_conferral(person, city, 2018)
    high = make_conferral(person, province, 2022)

    assert highest_honour(person) == high
    assert highest_honour(person, on=datetime.date(2020, 1, 1)) == low
    assert honours_of(person) == [high, low]
    assert shown_honours_of(person) == [high, low]
    assert highest_honour(PersonFactory()) is None


def test_honours_of_people_who_are_not_public_are_not_shown() -> None:
    hidden = PersonFactory(is_public=False)
    make_conferral(hidden, make_honour(), 2020)

    assert shown_honours_of(hidden) == []
