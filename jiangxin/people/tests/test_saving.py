"""A record is written whole or not at all, also when somebody else was faster."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events.tests.between import in_between
from jiangxin.kernel.privacy import blind_index
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people import actions
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import PersonFactory, invented_number

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
NUMBER = invented_number(9)


def test_a_number_registered_after_the_look_is_refused_like_any_other() -> None:
    index = blind_index(NUMBER, kind="id_number")

    with (
        in_between(lambda: PersonFactory(name="丁一", id_number_index=index), after="id_number_index"),
        pytest.raises(Refused) as refusal,
    ):
        actions.add_person(name="林小满", id_number=NUMBER, by=SYSTEM)

    assert (refusal.value.code, refusal.value.field) == ("id_number_taken", "id_number")
    assert Person.objects.filter(name="林小满").count() == 0


def test_another_broken_rule_of_the_database_is_not_taken_for_a_number() -> None:
    with pytest.raises(IntegrityError, match="people_person_sex"):
        actions.add_person(name="林小满", sex="other", by=SYSTEM)

    assert Person.objects.count() == 0


def test_a_whole_form_corrects_renames_and_places_in_one_step() -> None:
    tree = make_tree()
    person = PersonFactory(name="林小满", org=tree["branch"])

    actions.revise_person(
        person, name="林小曼", org=tree["county"], changes={"political_status": "13"}, by=SYSTEM
    )

    kept = Person.objects.get()
    assert (kept.name, kept.org, kept.opath, kept.political_status) == (
        "林小曼",
        tree["county"],
        tree["county"].path,
        "13",
    )


def test_a_birth_date_is_taken_back_with_its_precision() -> None:
    person = PersonFactory(name="林小满", birth_on=datetime.date(1990, 3, 7), birth_precision="day")

    actions.correct_person(person, changes={"birth_on": None}, by=SYSTEM)

    kept = Person.objects.get()
    assert (kept.birth_on, kept.birth_precision) == (None, "")


def test_a_birth_date_after_the_first_honour_is_refused() -> None:
    person = PersonFactory(name="林小满")
    actions.add_to_passport(person, kind="honours.conferral", title="劳动模范", year=1988, by=SYSTEM)

    with pytest.raises(Refused) as refusal:
        actions.correct_person(person, changes={"birth_on": datetime.date(1990, 3, 7)}, by=SYSTEM)

    assert (refusal.value.code, refusal.value.field) == ("born_after_facts", "birth_on")
