"""Beside a worker's record: whether there is an account, and the way to the invitation and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jiangxin.accounts.actions import invite_person
from jiangxin.accounts.models import Invitation, User
from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.accounts.views.sections import record_account
from jiangxin.kernel.access import SystemActor
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


@pytest.fixture
def person(tree: dict[str, Org]) -> Person:
    return PersonFactory(name="林小满", org=tree["enterprise"])


@pytest.fixture
def officer(tree: dict[str, Org], client: Client) -> User:
    user = make_officer("city_officer", tree["city"], "xuqinghe")
    client.force_login(user)
    return user


def record(client: Client, person: Person) -> str:
    return client.get(reverse("people:work_person", args=[person.uid])).content.decode()


def test_who_has_no_account_can_be_invited_from_the_record(
    client: Client, officer: User, person: Person
) -> None:
    page = record(client, person)

    assert f'href="{reverse("accounts:invite_person", args=[person.uid])}"' in page
    assert "还没有账号。" in page


def test_an_invitation_that_waits_is_told_with_its_term(
    client: Client, officer: User, person: Person
) -> None:
    invite_person(person, by=SYSTEM)
    waiting = record(client, person)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert ("已邀请，" in waiting, "重新邀请" in waiting) == (True, True)
    assert "还没有账号。" in record(client, person)


def test_an_account_is_told_and_nobody_is_invited_twice(
    client: Client, officer: User, person: Person
) -> None:
    account = make_user("lin", org=person.org, person=person)
    page = record(client, person)

    assert reverse("accounts:invite_person", args=[person.uid]) not in page
    assert f'href="{reverse("accounts:user", args=[account.uid])}"' in page


def test_the_account_of_one_record_is_that_of_the_other_of_the_same_worker(
    officer: User, person: Person
) -> None:
    second = PersonFactory(name="林小满", org=person.org, canonical=person)
    before = record_account(second, officer)
    account = make_user("lin", org=person.org, person=person)

    assert before == {}
    assert record_account(second, officer) == {"account": account, "may_open": True}


def test_the_dead_are_not_invited(officer: User, person: Person) -> None:
    person.state = "deceased"

    assert record_account(person, officer) == {}


def test_who_may_not_invite_there_is_told_nothing(tree: dict[str, Org], person: Person) -> None:
    reviewer = make_officer("city_reviewer", tree["city"], "heyanqiu")
    elsewhere = make_officer("city_officer", tree["other_city"], "dingyi")

    assert [record_account(person, each) for each in (reviewer, elsewhere)] == [{}, {}]


def test_the_invitation_leads_back_to_the_record(client: Client, officer: User, person: Person) -> None:
    back = f'href="{reverse("people:work_person", args=[person.uid])}"'
    address = reverse("accounts:invite_person", args=[person.uid])

    assert back in client.get(address).content.decode()
    assert back in client.post(address, {"email": ""}).content.decode()


def test_a_team_leader_is_led_back_to_the_day(client: Client, tree: dict[str, Org], person: Person) -> None:
    client.force_login(make_officer("team_leader", tree["enterprise"], "zhaotiesheng"))

    page = client.get(reverse("accounts:invite_person", args=[person.uid])).content.decode()

    record_url = reverse("people:work_person", args=[person.uid])
    assert (f'href="{reverse("insights:work")}"' in page, record_url in page) == (True, False)
