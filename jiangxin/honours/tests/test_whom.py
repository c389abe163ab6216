"""Whom an officer confers on: found by name on the page itself; and titles nobody knows wait among the day's work."""

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.honours.models import UnknownTitle
from jiangxin.honours.queries.catalogue import count_unknown_titles
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.kernel.search import drain, mark
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
CONFER = "honours:work_confer"


@pytest.fixture
def here(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


@pytest.fixture
def people(tree: dict[str, Org]) -> list[Person]:
    found = [
        PersonFactory(name="林小满", unit_text="宏远重工", org=tree["branch"]),
        PersonFactory(name="林小满", unit_text="北辰纺织", org=tree["city"]),
        PersonFactory(name="林小满", unit_text="望海船厂", org=tree["other_city"]),
    ]
    mark("person", [each.pk for each in found])
    drain()
    return found


def page(client: Client, **asked: str) -> str:
    return client.get(reverse(CONFER), asked).content.decode()


def test_namesakes_are_told_apart_by_their_units_and_those_of_others_stay_unseen(
    here: Client, people: list[Person]
) -> None:
    text = page(here, q="林小满")

    assert [f"?person={each.uid}" in text for each in people] == [True, True, False]
    assert ["宏远重工" in text, "北辰纺织" in text, "望海船厂" in text] == [True, True, False]


def test_a_worker_found_is_named_on_the_next_page(here: Client, people: list[Person]) -> None:
    text = page(here, person=people[0].uid)

    assert ("宏远重工" in text, "先找到本人" in text) == (True, False)


def test_nobody_found_is_said_and_nothing_is_listed_unasked(here: Client, people: list[Person]) -> None:
    assert "在您管理的范围内没有找到。" in page(here, q="无此人")
    assert ("没有找到" in page(here), "?person=" in page(here)) == (False, False)


def test_titles_nobody_knows_wait_among_the_days_work(
    here: Client, officer: User, tree: dict[str, Org]
) -> None:
    before = here.get(reverse("insights:work")).content.decode()
    UnknownTitle.objects.create(title="行业之星", title_key="行业之星", opath=tree["city"].path)
    UnknownTitle.objects.create(title="海上之星", title_key="海上之星", opath=tree["other_city"].path)
    after = here.get(reverse("insights:work")).content.decode()

    assert count_unknown_titles(officer) == 1
    assert ["不认识的荣誉名称待识别" in text for text in (before, after)] == [False, True]
    assert f'href="{reverse("honours:work_titles")}"' in after
