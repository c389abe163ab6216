"""The second factor: asked of staff, good once, sealed, never the last one taken away."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from jiangxin.accounts.actions import take_code
from jiangxin.accounts.actions.second_factor import SEALED_SECRETS
from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import (
    SECRET,
    make_grant,
    make_second_factor,
    make_user,
)
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.accounts.tests.sign_ins import NOW, code_at, is_in, sign_in
from jiangxin.orgs.models import Org

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_staff_sign_in_with_a_code_and_land_on_the_workbench(client: Client, officer: User) -> None:
    first = sign_in(client, "xu")
    between = is_in(client)
    second = client.post("/account/2fa/authenticate/", {"code": code_at(NOW)})

    assert (first.headers["Location"], between) == ("/account/2fa/authenticate/", False)
    assert (second.headers["Location"], is_in(client)) == ("/work/", True)


def test_the_same_code_twice_fails(client: Client, officer: User) -> None:
    sign_in(client, "xu")
    client.post("/account/2fa/authenticate/", {"code": code_at(NOW)})
    second = Client()
    sign_in(second, "xu")
    again = second.post("/account/2fa/authenticate/", {"code": code_at(NOW)})

    assert (again.status_code, is_in(second)) == (200, False)


def test_a_code_counts_once_even_without_the_cache(client: Client, officer: User) -> None:
    from django.core.cache import cache

    sign_in(client, "xu")
    client.post("/account/2fa/authenticate/", {"code": code_at(NOW)})
    cache.clear()
    second = Client()
    sign_in(second, "xu")
    again = second.post("/account/2fa/authenticate/", {"code": code_at(NOW)})

    assert "这个动态码已用过，请等下一个。" in again.content.decode()
    assert is_in(second) is False


def test_steps_only_go_forward(officer: User) -> None:
    take_code(officer, step=100, by=officer)

    assert refusal(lambda: take_code(officer, step=100, by=officer)) == "code_used"
    assert refusal(lambda: take_code(officer, step=99, by=officer)) == "code_used"
    assert take_code(officer, step=101, by=officer).last_step == 101


def test_secrets_are_sealed_in_the_database(officer: User) -> None:
    stored = Authenticator.objects.get(user=officer, type="totp").data["secret"]

    assert SECRET not in stored


def test_staff_without_a_second_factor_set_one_up_first(client: Client, tree: dict[str, Org]) -> None:
    user = make_user(org=tree["city"])
    make_grant(user, "city_officer", tree["city"], second_factor=False)
    client.force_login(user)

    before = client.get("/work/grants/")
    account = client.get("/account/").status_code
    make_second_factor(user)
    after = client.get("/work/grants/").status_code

    assert (before.headers["Location"], account, after) == ("/account/2fa/", 200, 200)


def test_recovery_codes_alone_are_no_second_factor(client: Client, tree: dict[str, Org]) -> None:
    user = make_user(org=tree["city"])
    make_grant(user, "city_officer", tree["city"])
    Authenticator.objects.filter(user=user, type="totp").delete()
    client.force_login(user)

    assert client.get("/work/grants/").headers["Location"] == "/account/2fa/"


def test_staff_cannot_take_the_last_second_factor_away(client: Client, officer: User) -> None:
    client.force_login(officer)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": NOW.timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()

    answer = client.post("/account/2fa/totp/deactivate/")

    assert "您的角色必须有第二重验证" in answer.content.decode()
    assert Authenticator.objects.filter(user=officer, type="totp").exists() is True


def test_a_secret_that_is_gone_or_was_changed_meanwhile_is_not_sealed_again(officer: User) -> None:
    held = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)
    before = dict(held.data)

    written = [SEALED_SECRETS.replace(pk, {"an older text": "new"}) for pk in (held.pk, held.pk + 1000)]

    held.refresh_from_db()
    assert (written, held.data) == ([0, 0], before)
