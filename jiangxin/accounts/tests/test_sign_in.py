"""Sign-in end to end: second factor, single use, lock and release, reset, idle exit, sign-out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from jiangxin.accounts.actions import release_lockout, take_code
from jiangxin.accounts.models import User
from jiangxin.accounts.queries import is_locked, lockouts, lockouts_count
from jiangxin.accounts.tests.factories import (
    PASSWORD,
    SECRET,
    make_grant,
    make_officer,
    make_second_factor,
    make_user,
)
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.events import Event
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 5, 1, 9, 0, tzinfo=datetime.UTC)


def code_at(moment: datetime.datetime, secret: str = SECRET) -> str:
    """The one-time code of a moment."""
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def sign_in(client: Client, name: str, password: str = PASSWORD) -> object:
    """Post the sign-in form."""
    return client.post("/account/login/", {"login": name, "password": password})


def is_in(client: Client) -> bool:
    """Whether the browser is signed in."""
    return "_auth_user_id" in client.session


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    """Every test here happens on one morning in May."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer(tree: dict[str, Org]) -> User:
    user = make_user(
        "xu", password=PASSWORD, org=tree["city"], email="xu@example.cn", password_changed_at=NOW
    )
    make_grant(user, "city_officer", tree["city"], valid_from=datetime.date(2026, 1, 1))
    return user


@pytest.mark.parametrize("name", ["lin", "LIN", "lin@example.cn", "Lin@Example.cn"])
def test_a_worker_signs_in_by_name_or_mail(client: Client, name: str) -> None:
    make_user("lin", password=PASSWORD, email="lin@example.cn")

    answer = sign_in(client, name)

    assert (answer.status_code, answer.headers["Location"], is_in(client)) == (302, "/me/", True)


@pytest.mark.parametrize("name", ["lin", "nobody", "lin@example.cn", "nobody@example.cn"])
def test_a_wrong_sign_in_says_the_same_for_known_and_unknown(client: Client, name: str) -> None:
    make_user("lin", password=PASSWORD, email="lin@example.cn")

    page = sign_in(client, name, "wrong-Password-1").content.decode()

    assert re.findall(r"登录名、邮箱或密码不对，请核对。", page) != []
    assert is_in(client) is False


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


def test_the_sixth_wrong_code_locks_and_a_right_one_does_not_help(client: Client, officer: User) -> None:
    sign_in(client, "xu")
    wrong = [client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code for _n in range(6)]
    right = client.post("/account/2fa/authenticate/", {"code": code_at(NOW)})
    locked = is_locked(officer)

    assert (wrong, locked, right.status_code) == ([200, 200, 200, 200, 200, 429], True, 429)
    assert is_in(client) is False


def test_the_sixth_wrong_password_locks_by_name_or_mail(client: Client, officer: User) -> None:
    names = ["xu", "XU", "xu@example.cn"]
    wrong = [sign_in(client, names[n % 3], "Wrong-Password-1").status_code for n in range(6)]
    right = sign_in(Client(), "xu")

    assert wrong == [200, 200, 200, 200, 200, 429]
    assert (right.status_code, "账号已锁定" in right.content.decode()) == (429, True)


def test_an_officer_of_the_place_releases_the_lock(
    client: Client, tree: dict[str, Org], officer: User
) -> None:
    chief, stranger = (
        make_officer("province_officer", tree["province"]),
        make_officer("city_officer", tree["other_city"]),
    )
    for _n in range(6):
        sign_in(client, "xu", "Wrong-Password-1")

    assert [lock.user for lock in lockouts(chief)] == [officer]
    assert (lockouts_count(stranger), lockouts_count(officer)) == (0, 1)
    assert refusal(lambda: release_lockout(officer, by=stranger)) == "no_permission"
    assert refusal(lambda: release_lockout(officer, by=officer)) == "no_permission"
    release_lockout(officer, by=chief)
    assert refusal(lambda: release_lockout(officer, by=chief)) == "not_locked"
    assert sign_in(Client(), "xu").headers["Location"] == "/account/2fa/authenticate/"


def test_the_lock_falls_by_itself(client: Client, officer: User, clock: time_machine.Coordinates) -> None:
    for _n in range(6):
        sign_in(client, "xu", "Wrong-Password-1")
    clock.shift(datetime.timedelta(minutes=31))
    answer = sign_in(Client(), "xu")

    assert answer.headers["Location"] == "/account/2fa/authenticate/"


def test_a_reset_by_mail_still_asks_for_the_second_factor(client: Client, officer: User) -> None:
    client.post("/account/password/reset/", {"email": "xu@example.cn"})
    link = re.search(r"http://localhost:\d+(/\S+)", mail.outbox[0].body)
    form = client.get(link.group(1)).headers["Location"] if link else ""
    done = client.post(form, {"password1": "Quiet-Harbour-77", "password2": "Quiet-Harbour-77"})
    after_reset = is_in(client)
    next_step = sign_in(client, "xu", "Quiet-Harbour-77").headers["Location"]

    assert (done.headers["Location"], after_reset) == ("/account/password/reset/key/done/", False)
    assert (next_step, is_in(client)) == ("/account/2fa/authenticate/", False)
    assert Event.objects.filter(name="accounts.password_changed").count() == 1


def test_a_reset_for_an_unknown_address_looks_the_same(client: Client, officer: User) -> None:
    known = client.post("/account/password/reset/", {"email": "xu@example.cn"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.cn"})

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [sent.to for sent in mail.outbox] == [["xu@example.cn"]]


def test_nobody_signs_up_alone(client: Client) -> None:
    page = client.post(
        "/account/signup/",
        {"username": "new", "password1": PASSWORD, "password2": PASSWORD, "email": "new@example.cn"},
    )

    assert "账号由所属工会邀请开通" in page.content.decode()
    assert User.objects.count() == 0


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


@pytest.mark.parametrize("fields", [{"must_change_password": True}, {"password_changed_at": NOW}])
def test_an_old_or_foreign_password_is_changed_first(client: Client, fields: dict[str, object]) -> None:
    user = make_user(password=PASSWORD, **fields)
    client.force_login(user)

    with time_machine.travel(NOW + datetime.timedelta(days=91), tick=False):
        client.force_login(user)
        before = client.get("/inbox/")
        change = {"oldpassword": PASSWORD, "password1": "Quiet-Harbour-77", "password2": "Quiet-Harbour-77"}
        client.post("/account/password/change/", change)
        after = client.get("/inbox/").status_code

    assert (before.headers["Location"], after) == ("/account/password/change/", 200)


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


def test_an_idle_session_ends(client: Client, clock: time_machine.Coordinates) -> None:
    client.force_login(make_user())

    first = client.get("/inbox/").status_code
    clock.shift(datetime.timedelta(minutes=29))
    second = client.get("/inbox/").status_code
    clock.shift(datetime.timedelta(minutes=31))
    third = client.get("/inbox/")

    assert (first, second, third.headers["Location"]) == (200, 200, "/account/login/?next=/inbox/")
    assert third.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_pages_of_a_user_are_not_stored_and_sign_out_clears(client: Client) -> None:
    anonymous = client.get("/account/login/")
    client.force_login(make_user())

    page, out = client.get("/account/"), client.post("/account/logout/")

    assert page.headers["Cache-Control"] == "no-store, private"
    assert (out.headers["Clear-Site-Data"], is_in(client)) == ('"cache", "storage"', False)
    assert "Clear-Site-Data" not in anonymous.headers


def test_signing_in_failing_and_leaving_are_in_the_log(client: Client, officer: User) -> None:
    sign_in(client, "nobody-has-this", "Wrong-Password-1")
    sign_in(client, "xu", "Wrong-Password-1")
    sign_in(client, "xu")
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": code_at(NOW)})
    client.post("/account/logout/")

    told = Event.objects.filter(kind="security").order_by("id").values_list("name", "object_id", "outcome")

    assert list(told) == [
        ("accounts.sign_in_failed", "", "failed"),
        ("accounts.sign_in_failed", officer.uid, "failed"),
        ("accounts.code_failed", officer.uid, "failed"),
        ("accounts.signed_in", officer.uid, "done"),
        ("accounts.signed_out", officer.uid, "done"),
    ]


def test_a_lock_out_is_in_the_log(client: Client, officer: User) -> None:
    for _try in range(6):
        sign_in(client, "XU@example.cn", "Wrong-Password-1")

    assert Event.objects.get(name="accounts.locked_out").object_id == officer.uid
