"""The officer's list of workers: narrowed, searched, paged, exported."""

import pytest
from django.urls import reverse

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.search import drain
from jiangxin.people import actions
from jiangxin.people.queries.readings import who_looked
from jiangxin.people.tests.conftest import signed_in
from jiangxin.people.tests.factories import (
    PersonFactory,
    invented_number,
)

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def test_the_list_shows_people_of_the_own_city(officer, tree):
    PersonFactory(name="赵铁生", org=tree["enterprise"])
    PersonFactory(name="丁一", org=tree["other_city"])

    page = signed_in(officer).get(reverse("people:work_people")).content.decode()

    assert ("赵铁生" in page, "丁一" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(officer, tree, count, django_assert_max_num_queries):
    for _number in range(count):
        PersonFactory(org=tree["enterprise"])
    client = signed_in(officer)
    client.get(reverse("people:work_people"))

    with django_assert_max_num_queries(11):
        client.get(reverse("people:work_people"))


def test_the_list_is_searched_and_narrowed(officer, tree):
    found = actions.add_person(name="赵铁生", unit_text="宏远重工有限公司", org=tree["enterprise"], by=SYSTEM)
    other = actions.add_person(name="周敏", org=tree["county"], by=SYSTEM)
    actions.change_standing(other, move="mark_retired", by=SYSTEM)
    drain()
    client, url = signed_in(officer), reverse("people:work_people")

    def shown(**query: str) -> list[str]:
        return [person.name for person in client.get(url, query).context["page"].people]

    assert (
        shown(q="宏远")
        == shown(q="zhaotiesheng")
        == shown(state="active")
        == shown(org="宏远重工工会")
        == [found.name]
    )
    assert shown(state="retired") == ["周敏"]
    assert shown(q="没有这个人") == []


def test_pages_of_the_list_follow_each_other(officer, tree):
    for _number in range(23):
        PersonFactory(org=tree["enterprise"])
    client, url = signed_in(officer), reverse("people:work_people")

    first = client.get(url).context
    second = client.get(url + first["older_url"]).context

    assert [len(each["page"].people) for each in (first, second)] == [20, 3]
    assert not {p.pk for p in first["page"].people} & {p.pk for p in second["page"].people}


def test_a_former_name_finds_the_record(officer, tree):
    person = PersonFactory(name="林小满", org=tree["enterprise"])
    actions.rename_person(person, name="林大满", by=SYSTEM)

    page = signed_in(officer).get(reverse("people:work_people"), {"q": "林小满"}).context["page"]

    assert page.people == [person]


def test_an_identity_number_finds_the_record(officer, tree):
    person = actions.add_person(
        name="林小满", id_number=invented_number(7), org=tree["enterprise"], by=SYSTEM
    )

    page = signed_in(officer).get(reverse("people:work_people"), {"q": invented_number(7)}).context["page"]

    assert page.people == [person]


def test_a_selection_is_exported_with_a_reason(officer, tree):
    person = PersonFactory(name="赵铁生", unit_text="=1+1", org=tree["enterprise"])
    client, url = signed_in(officer), reverse("people:work_export")

    refused = client.post(url, {"uid": [person.uid], "reason": ""})
    exported = b"".join(client.post(url, {"uid": [person.uid], "reason": "上报推荐名单"})).decode("utf-8-sig")

    assert refused.status_code == 302
    assert ("赵铁生" in exported, "'=1+1" in exported) == (True, True)
    assert [reading.reason for reading in who_looked(person)] == ["上报推荐名单"]
