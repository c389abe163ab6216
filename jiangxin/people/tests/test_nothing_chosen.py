"""A choice that matters is never made by a form: the officer chooses, or is told to."""

import pytest

from jiangxin.people.models import Person, SkillLevel
from jiangxin.people.tests.conftest import page_of, send
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(tree):
    return PersonFactory(name="林小满", org=tree["enterprise"], ethnic="HA", political_status="")


def test_a_skill_level_is_not_taken_for_the_lowest(officer, person):
    sent = send(officer, "work_skill", person.uid, occupation_text="焊工", level="", how="exam")

    assert (sent.status_code, SkillLevel.objects.count()) == (400, 0)
    assert '<option value="" selected>请选择</option>' in page_of(officer, "work_skill", person.uid)


def test_a_standing_is_not_changed_to_the_first_one_offered(officer, person):
    sent = send(officer, "work_standing", person.uid, move="", note="")

    assert (sent.status_code, Person.objects.get().state) == (400, "active")


def test_a_value_on_record_that_is_not_shown_stays_unless_another_is_chosen(officer, person):
    page = page_of(officer, "work_edit", person.uid)

    assert page.count('<option value="" selected>不变</option>') == 1
