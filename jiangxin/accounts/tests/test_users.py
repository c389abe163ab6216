"""Opening and closing accounts, first administrators, sessions."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction
from django.test import Client

from jiangxin.accounts.actions import (
    add_user,
    create_admin,
    disable_user,
    enable_user,
    end_session,
    end_sessions,
)
from jiangxin.accounts.models import User
from jiangxin.accounts.queries import users_seen_by
from jiangxin.accounts.tests.factories import PASSWORD, make_officer, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.access import SystemActor
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")


def session_of(user: User) -> tuple[Client, UserSession]:
    """A signed-in browser and the row that lists it."""
    client = Client()
    client.force_login(user)
    key = client.session.session_key
    return client, UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="test")


def test_an_account_is_opened_without_a_password(tree: dict[str, Org]) -> None:
    user = add_user(
        " Lin.Xiaoman ", display_name="林小满", email="LIN@example.cn", org=tree["branch"], by=SYSTEM
    )

    assert (user.username, user.email, user.has_usable_password()) == ("lin.xiaoman", "lin@example.cn", False)


def test_a_password_set_by_somebody_else_must_be_changed() -> None:
    user = add_user("zhou", display_name="周敏", password=PASSWORD, by=SYSTEM)

    assert (user.must_change_password, user.check_password(PASSWORD)) == (True, True)


@pytest.mark.parametrize(
    ("username", "display_name", "email", "code"),
    [
        ("a", "甲", "", "bad_username"),
        ("x y", "甲", "", "bad_username"),
        ("<b>", "甲", "", "bad_username"),
        ("new", " ", "", "no_name"),
        ("TAKEN", "甲", "", "taken"),
        ("new", "甲", "Taken@Example.cn", "taken"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    username: str, display_name: str, email: str, code: str
) -> None:
    make_user("taken", email="taken@example.cn")

    assert refusal(lambda: add_user(username, display_name=display_name, email=email, by=SYSTEM)) == code
    assert User.objects.count() == 1


def test_names_and_addresses_are_unique_whatever_their_case() -> None:
    make_user("zhou", email="zhou@example.cn")

    for fields in ({"username": "ZHOU"}, {"username": "other", "email": "Zhou@Example.cn"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_user(**fields)
    assert User.objects.get_by_natural_key("ZHOU").username == "zhou"


def test_disabling_ends_every_sign_in_at_once(tree: dict[str, Org]) -> None:
    user, admin = make_user(org=tree["city"]), make_officer("system_admin", tree["national"])
    first, listed = session_of(user)
    second = Client()
    second.force_login(user)  # a sign-in that is not in the list
    before = [client.get("/account/").status_code for client in (first, second)]

    disable_user(user, reason="离职", by=admin)

    after = [client.get("/account/").status_code for client in (first, second)]
    assert (before, after) == ([200, 200], [302, 302])
    assert SessionStore().exists(listed.session_key) is False
    assert refusal(lambda: disable_user(user, reason="离职", by=admin)) == "overtaken"


def test_disabling_needs_a_reason_and_spares_oneself(tree: dict[str, Org]) -> None:
    admin = make_officer("system_admin", tree["national"])

    assert refusal(lambda: disable_user(make_user(), reason=" ", by=admin)) == "no_reason"
    assert refusal(lambda: disable_user(admin, reason="试试", by=admin)) == "no_permission"


def test_a_disabled_account_can_come_back(tree: dict[str, Org]) -> None:
    user = make_user(is_active=False, org=tree["city"])
    officer = make_officer("city_officer", tree["city"])

    code = refusal(lambda: enable_user(user, by=officer))
    enable_user(user, by=SYSTEM)

    assert (code, User.objects.get(pk=user.pk).is_active) == ("no_permission", True)
    assert refusal(lambda: enable_user(user, by=SYSTEM)) == "overtaken"


def test_a_user_ends_the_own_sign_ins_and_nobody_elses() -> None:
    user, other = make_user(), make_user()
    here, there = session_of(user)[1], session_of(user)[1]
    foreign = session_of(other)[1]

    code = refusal(lambda: end_session(user, session_id=foreign.pk, by=user))
    ended = end_sessions(user, keep=here.session_key, by=user)

    assert (code, ended) == ("overtaken", 1)
    assert set(UserSession.objects.all()) == {here, foreign}
    assert there.pk not in UserSession.objects.values_list("pk", flat=True)


def test_the_first_administrator_stands_on_the_topmost_organisation(tree: dict[str, Org]) -> None:
    user = create_admin("root1", role="security_admin", password=PASSWORD, by=SYSTEM)

    grant = user.grants.get()
    assert (grant.role, grant.org, user.must_change_password) == ("security_admin", tree["national"], False)


@pytest.mark.parametrize(
    ("role", "password", "code"),
    [("city_officer", PASSWORD, "unknown_role"), ("audit_admin", "password", "password_policy")],
)
def test_a_first_administrator_that_cannot_be_is_refused(
    tree: dict[str, Org], role: str, password: str, code: str
) -> None:
    assert refusal(lambda: create_admin("root1", role=role, password=password, by=SYSTEM)) == code
    assert User.objects.count() == 0


def test_without_any_organisation_there_is_no_administrator() -> None:
    assert (
        refusal(lambda: create_admin("root1", role="audit_admin", password=PASSWORD, by=SYSTEM)) == "no_root"
    )


def test_accounts_of_another_city_are_not_seen(tree: dict[str, Org]) -> None:
    officer = make_officer("city_officer", tree["city"], "xu")
    mine = make_user("mine", display_name="林小满", org=tree["branch"])
    make_user("theirs", org=tree["other_city"])
    make_user("nobodys")

    assert list(users_seen_by(officer)) == [mine, officer]
    assert list(users_seen_by(officer, text="小满")) == [mine]
    assert list(users_seen_by(officer, text="theirs")) == []
