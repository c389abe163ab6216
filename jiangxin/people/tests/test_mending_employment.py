"""Officers mend a working life: spells corrected and ended, two units at once."""

import datetime

import pytest
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.people import actions
from jiangxin.people.models import Employment
from jiangxin.people.queries.record import current_employments
from jiangxin.people.tests.conftest import send, signed_in
from jiangxin.people.tests.factories import (
    EmploymentFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(tree):
    return PersonFactory(name="林小满", org=tree["enterprise"], is_public=True)


def test_a_second_current_unit_asks_whether_the_first_was_left(officer, person):
    EmploymentFactory(person=person, unit_text="旧厂", from_on=datetime.date(2001, 1, 1))

    asked = send(officer, "work_employment", person.uid, unit_text="新厂")
    undated = send(officer, "work_employment", person.uid, unit_text="新厂", other="left")
    unexplained = send(officer, "work_employment", person.uid, unit_text="新厂", other="both")

    assert [each.status_code for each in (asked, undated, unexplained)] == [400] * 3
    assert "已登记的现单位是“旧厂”，请选择是否已经离开。" in asked.content.decode()
    assert "请填写离开原单位的日期。" in undated.content.decode()
    assert "请写明为什么同时在两处工作" in unexplained.content.decode()
    assert Employment.objects.count() == 1


def test_leaving_one_unit_for_another_is_one_step(officer, person):
    old = EmploymentFactory(person=person, unit_text="旧厂")

    sent = send(officer, "work_employment", person.uid, unit_text="新厂", other="left", left_on="2024-05-31")

    old.refresh_from_db()
    person.refresh_from_db()
    assert (sent.status_code, old.to_on, person.unit_text) == (302, datetime.date(2024, 5, 31), "新厂")
    assert [spell.unit_text for spell in current_employments(person)] == ["新厂"]


def test_when_the_new_spell_cannot_be_the_old_one_does_not_end(officer, person):
    old = EmploymentFactory(person=person, unit_text="旧厂", from_on=datetime.date(2010, 1, 1))

    sent = send(officer, "work_employment", person.uid, unit_text="新厂", other="left", left_on="2009-01-01")

    old.refresh_from_db()
    assert (sent.status_code, old.to_on, Employment.objects.count()) == (400, None, 1)


def test_two_units_at_once_are_kept_with_the_reason(officer, person):
    EmploymentFactory(person=person, unit_text="旧厂")

    send(officer, "work_employment", person.uid, unit_text="技师学院", other="both", note="兼职教师")

    assert [spell.unit_text for spell in current_employments(person)] == ["旧厂", "技师学院"]


def test_a_spell_is_corrected_and_its_unit_resolved_again(officer, person):
    spell = EmploymentFactory(person=person, unit_text="旧长", post="焊工")
    page = signed_in(officer).get(reverse("people:work_edit_spell", args=[person.uid, spell.pk]))

    sent = send(officer, "work_edit_spell", person.uid, spell.pk, unit_text="旧厂", post="电焊工")

    spell.refresh_from_db()
    person.refresh_from_db()
    assert page.context["form"]["unit_text"].value() == "旧长"
    assert (sent.status_code, spell.unit_text, person.post_text) == (302, "旧厂", "电焊工")


def test_what_is_wrong_in_a_spell_that_ended_is_corrected_alone(person):
    spell = EmploymentFactory(
        person=person, unit_text="旧厂", post="学徒", to_on=datetime.date(2009, 1, 1), employer=None
    )
    EmploymentFactory(person=person, unit_text="新厂")

    actions.correct_employment(spell, changes={"post": "电焊工"}, by=SystemActor("test"))

    spell.refresh_from_db()
    person.refresh_from_db()
    assert (spell.unit_text, spell.post, person.unit_text) == ("旧厂", "电焊工", "新厂")


@pytest.mark.parametrize(("day", "status"), [("2024-05-31", 302), ("2999-01-01", 400), ("1999-01-01", 400)])
def test_a_spell_ends_on_a_day_that_can_be(officer, person, day, status):
    spell = EmploymentFactory(person=person, from_on=datetime.date(2000, 1, 1))

    assert send(officer, "work_end_spell", person.uid, spell.pk, to_on=day).status_code == status

    spell.refresh_from_db()
    assert (spell.to_on is not None) is (status == 302)


def test_a_spell_of_another_worker_is_not_found_under_this_record(officer, person, tree):
    spell = EmploymentFactory(person=PersonFactory(org=tree["enterprise"]))

    assert send(officer, "work_end_spell", person.uid, spell.pk, to_on="2024-01-01").status_code == 404
