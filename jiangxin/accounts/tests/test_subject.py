"""A person's copy of the account, and closing it for good."""

from __future__ import annotations

import datetime
from importlib import import_module
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client
from django.utils import timezone, translation

from jiangxin.accounts.actions import close_account, invite_person, notify
from jiangxin.accounts.actions.subject import SUBJECT_PART
from jiangxin.accounts.models import Grant, Invitation, Notice, User
from jiangxin.accounts.queries.rights import role_title
from jiangxin.accounts.tests.factories import PASSWORD, make_grant, make_notice, make_officer, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.http.actions import make_token
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.jobs.keeping import end_due
from jiangxin.kernel.privacy import Erasure, Outlook
from jiangxin.kernel.privacy.purposes import fields_without_purpose, unknown_purposes
from jiangxin.kernel.privacy.retention import retentions
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.sheets.running import import_file
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


def test_what_somebody_sent_says_the_office_once_the_account_is_closed(tree: dict[str, Org]) -> None:
    officer, namesake = (make_user(name, display_name="许青禾") for name in ("xu", "other"))
    worker = make_user()
    signed = {"sender": officer.actor_id, "sender_label": "许青禾"}
    make_notice(worker, "同名", sender=namesake.actor_id, sender_label="许青禾")
    with time_machine.travel("2026-03-02 08:00+08:00") as clock:
        make_notice(worker, "还没有职务", **signed)
        for role, place in (("county_officer", "county"), ("city_officer", "city")):
            clock.shift(datetime.timedelta(days=30))
            make_grant(officer, role, tree[place])
            make_notice(worker, role, **signed)

    with translation.override("en"):
        close_account(officer, by=officer)

    told = Notice.objects.filter(user=worker).order_by("id").values_list("title", "sender_label")
    assert list(told) == [
        ("同名", "许青禾"),
        ("还没有职务", "已注销账号"),
        ("county_officer", f"{role_title('county_officer')}（{tree['county'].name}）"),
        ("city_officer", f"{role_title('city_officer')}（{tree['city'].name}）"),
    ]


def test_a_message_that_an_administrator_sends_knows_its_sender_and_loses_the_name(
    tree: dict[str, Org],
) -> None:
    admin = make_officer("system_admin", tree["city"], display_name="罗一鸣")
    (notice,) = notify([make_user()], kind="test.note", title="今晚停机", by=admin)
    assert (notice.sender, notice.sender_label) == (admin.actor_id, "罗一鸣")

    close_account(admin, by=SYSTEM)

    notice.refresh_from_db()
    assert notice.sender_label == f"{role_title('system_admin')}（{tree['city'].name}）"


def test_what_somebody_brought_in_says_the_office_too(tree: dict[str, Org], tmp_path: Path) -> None:
    officer = make_officer("city_officer", tree["city"], display_name="许青禾")
    path = tmp_path / "list.csv"
    path.write_text(f"姓名,单位,工会组织\n莫小山,山下运输队,{tree['enterprise'].name}\n")
    import_file(path, sheet="people", by=officer, opath=tree["city"].path)

    close_account(officer, by=officer)

    office = f"{role_title('city_officer')}（{tree['city'].name}）"
    assert list(ImportRun.objects.values_list("actor", "actor_label")) == [(officer.actor_id, office)]


def test_older_messages_are_traced_back_where_one_account_alone_bears_the_name(tree: dict[str, Org]) -> None:
    one = make_user("only", display_name="许青禾")
    for name in ("first", "second"):
        make_user(name, display_name="王伟")
    told = [make_notice(one, sender_label=label) for label in ("许青禾", "王伟", "系统")]

    import_module("jiangxin.accounts.migrations.0003_notices_know_their_sender").find_senders(apps, None)

    assert [Notice.objects.get(pk=each.pk).sender for each in told] == [one.actor_id, "", ""]
