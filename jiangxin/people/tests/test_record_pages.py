"""An officer opens, fills and reads one record."""

import pytest
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.people import actions
from jiangxin.people.models import Employment, PassportEntry, Person, SkillLevel
from jiangxin.people.tests.conftest import signed_in
from jiangxin.people.tests.factories import (
    PersonFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def test_an_officer_opens_a_record(officer, tree):
    response = signed_in(officer).post(
        reverse("people:work_add"),
        {"name": "张　伟", "birth": "1985年3月", "sex": "male", "org": "宏远重工工会", "id_number": ""},
    )

    person = Person.objects.get()
    assert response.headers["Location"] == reverse("people:work_person", args=[person.uid])
    assert (person.name, person.birth_month, person.birth_precision, person.org) == (
        "张伟",
        "1985-03",
        "month",
        tree["enterprise"],
    )


def test_a_refused_form_keeps_what_was_typed(officer, tree):
    response = signed_in(officer).post(
        reverse("people:work_add"),
        {"name": "张伟", "id_number": "123", "org": "宏远重工工会", "phone": "13800001234"},
    )

    page = response.content.decode()
    assert (response.status_code, "身份证号应为 18 位" in page, "13800001234" in page) == (400, True, True)
    assert Person.objects.count() == 0


def test_a_form_never_shows_protected_values_and_keeps_them(officer, tree):
    person = actions.add_person(
        name="林小满", id_number=invented_number(7), phone="13800001234", org=tree["enterprise"], by=SYSTEM
    )
    client, url = signed_in(officer), reverse("people:work_edit", args=[person.uid])

    page = client.get(url).content.decode()
    client.post(url, {"name": "林大满", "org": "宏远重工工会", "education": "60", "sex": "female"})

    person = Person.objects.get()
    assert (invented_number(7) in page, "13800001234" in page) == (False, False)
    assert (person.name, person.education, person.phone, person.id_number) == (
        "林大满",
        "60",
        "13800001234",
        invented_number(7),
    )


def test_parts_of_a_record_are_added_by_forms(officer, tree):
    person = PersonFactory(org=tree["enterprise"])
    client = signed_in(officer)

    def send(name: str, **data: str) -> int:
        return client.post(reverse(f"people:{name}", args=[person.uid]), data).status_code

    sent = [
        send("work_employment", unit_text="新厂", post="焊工", from_on="2010-03-01"),
        send("work_skill", occupation_text="焊工", level="6", how="exam"),
        send("work_entry", kind="people.milestone", title="带徒十人", happened="2019年3月"),
        send("work_standing", move="mark_retired"),
    ]

    assert sent == [302, 302, 302, 302]
    assert (Employment.objects.get().unit_text, SkillLevel.objects.get().level) == ("新厂", 6)
    assert (PassportEntry.objects.get().year, Person.objects.get().state) == (2019, "retired")


def test_a_record_shows_masked_values_only(officer, tree):
    person = actions.add_person(
        name="林小满", id_number=invented_number(7), phone="13812341234", org=tree["enterprise"], by=SYSTEM
    )

    page = signed_in(officer).get(reverse("people:work_person", args=[person.uid])).content.decode()

    assert (invented_number(7) in page, "13812341234" in page, "138****1234" in page) == (False, False, True)


def test_a_value_is_shown_once_for_a_reason(officer, tree):
    person = actions.add_person(name="林小满", phone="13812341234", org=tree["enterprise"], by=SYSTEM)
    client, url = signed_in(officer), reverse("people:work_reveal", args=[person.uid, "phone"])

    silent = client.post(url, {"reason": ""}).content.decode()
    spoken = client.post(url, {"reason": "通知领奖"})

    assert ("13812341234" in silent, "13812341234" in spoken.content.decode()) == (False, True)
    assert "no-store" in spoken.headers["Cache-Control"]
    assert client.get(reverse("people:work_reveal", args=[person.uid, "opath"])).status_code == 404


@pytest.mark.parametrize(
    "name", ["work_person", "work_edit", "work_employment", "work_skill", "work_entry", "work_standing"]
)
def test_a_record_of_another_city_does_not_exist(officer, tree, name):
    theirs = PersonFactory(org=tree["other_city"])

    assert signed_in(officer).get(reverse(f"people:{name}", args=[theirs.uid])).status_code == 404
