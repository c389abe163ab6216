"""A person's copy of the account, and closing it for good."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from jiangxin.accounts.actions import close_account, invite_person
from jiangxin.accounts.actions.subject import SUBJECT_PART
from jiangxin.accounts.models import Grant, Invitation, Notice, User
from jiangxin.accounts.tests.factories import PASSWORD, make_grant, make_notice, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.http.actions import make_token
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.privacy import Erasure, Outlook
from jiangxin.kernel.privacy.purposes import fields_without_purpose, unknown_purposes
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def test_the_copy_holds_the_own_account_and_nothing_of_others(tree: dict[str, Org]) -> None:
    person = PersonFactory(name="林小满")
    user = make_user("lin", person=person, email="lin@example.cn")
    make_grant(user, "team_leader", tree["branch"])
    make_notice(user, "给林小满")
    make_notice(make_user(), "给别人")

    copy = SUBJECT_PART.export(person.uid)

    assert (copy["username"], copy["email"]) == ("lin", "lin@example.cn")
    assert [notice["title"] for notice in copy["notices"]] == ["给林小满"]
    assert [grant["org"] for grant in copy["grants"]] == ["焊接分会"]
    assert SUBJECT_PART.export(PersonFactory().uid) == {}


def test_an_erased_account_leaves_only_its_number(client: Client, tree: dict[str, Org]) -> None:
    person = PersonFactory(name="林小满")
    user = make_user("lin", display_name="林小满", person=person, email="lin@example.cn")
    make_grant(user, "team_leader", tree["branch"])
    make_notice(user)
    client.force_login(user)

    done = SUBJECT_PART.erase(person.uid, SYSTEM)

    left = User.objects.get(pk=user.pk)
    assert (left.username, left.email, left.display_name) == (f"closed-{user.uid.lower()}", "", "已注销账号")
    assert (left.person, left.is_active, done.anonymised, len(done.kept)) == (None, False, 1, 1)
    assert (Notice.objects.count(), Authenticator.objects.count(), Grant.objects.in_force().count()) == (
        0,
        0,
        0,
    )
    assert client.get("/account/").status_code == 302


def test_who_was_only_invited_gets_a_copy_of_the_letters() -> None:
    person = PersonFactory(name="林小满")
    invite_person(person, email="lin@example.cn", by=SYSTEM)

    copy = SUBJECT_PART.export(person.uid)

    assert ([*copy], [each["email"] for each in copy["invitations"]]) == (["invitations"], ["lin@example.cn"])
    assert (SUBJECT_PART.outlook(person.uid), SUBJECT_PART.erase(person.uid, SYSTEM)) == (
        Outlook(),
        Erasure(deleted=1),
    )


def test_a_closed_account_says_beforehand_what_goes_and_is_out_everywhere(client: Client) -> None:
    person = PersonFactory(name="林小满")
    user = make_user("lin", password=PASSWORD, person=person)
    _token, secret = make_token(user, label="报表", scopes=["register:read"], by=user)
    client.post("/account/login/", {"login": "lin", "password": PASSWORD})
    listed = UserSession.objects.count()

    outlook = SUBJECT_PART.outlook(person.uid)
    done = SUBJECT_PART.erase(person.uid, SYSTEM)

    assert (listed, len(outlook.goes), outlook.stays) == (1, 1, done.kept)
    assert (UserSession.objects.count(), client.get("/account/").status_code) == (0, 302)
    refused = Client().get("/api/v1/regions", headers={"Authorization": f"Bearer {secret}"})
    assert (refused.status_code, ApiToken.objects.count()) == (401, 0)


def test_only_the_owner_or_the_system_administrator_closes_an_account() -> None:
    user = make_user()

    assert refusal(lambda: close_account(user, by=make_user())) == "no_permission"
    assert close_account(user, by=user).is_active is False


def test_every_personal_field_of_accounts_has_a_purpose() -> None:
    assert [name for name in fields_without_purpose() if name.startswith("accounts.")] == []
    assert [name for name in unknown_purposes() if name.startswith("accounts.")] == []


@pytest.mark.parametrize(("years", "letters", "notices"), [(0.9, 1, 1), (1.2, 0, 1), (3.1, 0, 0)])
def test_letters_and_notices_go_when_their_time_is_over(years: float, letters: int, notices: int) -> None:
    invite_person(PersonFactory(), by=SYSTEM)
    make_notice(make_user())

    with time_machine.travel(timezone.now() + datetime.timedelta(days=365 * years)):
        for code in ("accounts.letters", "accounts.notices"):
            end_due(retentions()[code])

    assert (Invitation.objects.count(), Notice.objects.count()) == (letters, notices)
