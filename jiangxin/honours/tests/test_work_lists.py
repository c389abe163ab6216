"""The officer's list of published lists is narrowed; a conferral begun on a record names its worker."""

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import make_officer
from jiangxin.honours.actions import suspend_conferral
from jiangxin.honours.models import Conferral, HonourList
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour
from jiangxin.honours.views.sections import record_honours
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


@pytest.fixture
def lists(tree: dict[str, Org]) -> list[str]:
    """Three lists of the city, two years and none; returns their titles."""
    years = {"临江市劳模名单": 2023, "临江市工匠名单": 2024, "年份不详的名单": None}
    for title, year in years.items():
        HonourList.objects.create(title=title, title_key=title, year=year, opath=tree["city"].path)
    return list(years)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["临江市工匠名单", "临江市劳模名单", "年份不详的名单"]),
        ({"q": "临江市"}, ["临江市工匠名单", "临江市劳模名单"]),
        ({"year": "2023"}, ["临江市劳模名单"]),
        ({"year": "二〇"}, ["临江市工匠名单", "临江市劳模名单", "年份不详的名单"]),
        ({"q": "没有这份"}, []),
    ],
)
def test_lists_come_latest_year_first_and_are_narrowed(
    own: Client, lists: list[str], asked: dict[str, str], titles: list[str]
) -> None:
    answer = own.get(reverse("honours:work_lists"), asked)

    assert [each.title for each in answer.context["page"]] == titles
    assert ("没有符合条件的名单" in answer.content.decode()) is (titles == [])


def test_a_conferral_begun_on_a_record_names_its_worker(own: Client, tree: dict[str, Org]) -> None:
    person, honour = PersonFactory(name="林小满", org=tree["city"], unit_text="宏远重工"), make_honour()
    url = f"{reverse('honours:work_confer')}?person={person.uid}"

    page = own.get(url).content.decode()
    own.post(url, {"honour": honour.pk, "year": 2024})

    assert ("林小满" in page, "宏远重工" in page, "职工档案编号" in page) == (True, True, False)
    assert Conferral.objects.get().person == person


def test_a_record_the_officer_does_not_look_after_is_not_named(own: Client, tree: dict[str, Org]) -> None:
    stranger = PersonFactory(name="丁一", org=tree["other_city"])

    page = own.get(f"{reverse('honours:work_confer')}?person={stranger.uid}").content.decode()

    assert ("丁一" in page, "职工档案编号" in page) == (False, True)


def test_the_record_lists_the_honours_and_leads_to_one_more(
    own: Client, officer: User, tree: dict[str, Org]
) -> None:
    person, honour = PersonFactory(name="林小满", org=tree["city"]), make_honour()
    held = make_conferral(person, honour, 2024)
    suspend_conferral(held, reason="核对事迹材料期间暂停使用。", by=SYSTEM)

    page = own.get(reverse("people:work_person", args=[person.uid])).content.decode()

    assert reverse("honours:work_conferral", args=[held.uid]) in page
    assert f"{reverse('honours:work_confer')}?person={person.uid}" in page
    assert '<span class="badge badge-amber">暂停</span>' in page


def test_who_may_not_confer_is_not_led_there(conferral: Conferral, tree: dict[str, Org]) -> None:
    leader = make_officer("team_leader", tree["enterprise"])
    assert conferral.person is not None

    assert record_honours(conferral.person, leader) == {}
