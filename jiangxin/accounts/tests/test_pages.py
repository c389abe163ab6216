"""Workbench and account pages: who sees what, what the forms do, what asks for the password again."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from jiangxin.accounts.models import PasswordPolicy, User
from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import PASSWORD, make_grant, make_officer, make_user
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
OFFICER_PAGES = ["/work/grants/", "/work/users/", "/work/lockouts/", "/work/claims/"]
OWN_PAGES = [
    "/account/",
    "/account/claim/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/sessions/",
    "/account/email/",
    "/account/password/change/",
    "/account/logout/",
    "/inbox/",
    "/inbox/preferences/",
]


@pytest.mark.parametrize("page", OFFICER_PAGES)
def test_the_workbench_opens_for_officers_only(tree: dict[str, Org], page: str) -> None:
    officer, worker = make_officer("city_officer", tree["city"]), make_user()

    answers = [client.get(page).status_code for client in (browser(officer), browser(worker), Client())]

    assert answers == [200, 404, 302]


def test_an_officer_without_a_record_is_led_back_to_the_workbench(tree: dict[str, Org]) -> None:
    officer = make_officer("city_officer", tree["city"])
    page = browser(officer).get("/inbox/").content.decode()

    assert (page.count("worker-nav"), page.count('class="link link-back" href="/work/"')) == (0, 1)


@pytest.mark.parametrize("page", OWN_PAGES)
def test_own_pages_open_for_everybody_signed_in(page: str) -> None:
    user = make_user(password=PASSWORD)
    shown = browser(user).get(page)

    assert (shown.status_code, Client().get(page).status_code) == (200, 302)
    assert "placeholder=" not in shown.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        "/account/login/",
        "/account/signup/",
        "/account/inactive/",
        "/account/password/reset/",
        "/account/confirm-email/",
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_entrances_open_for_visitors(client: Client, page: str, language: str) -> None:
    client.cookies["django_language"] = language

    assert client.get(page).status_code == 200


def test_accounts_are_opened_closed_and_opened_again_on_the_page(tree: dict[str, Org]) -> None:
    client = browser(make_officer("system_admin", tree["national"]))
    form = {"username": "zhou", "display_name": "周敏", "email": "zhou@example.cn", "org": "宏远重工工会"}

    client.post("/work/users/add/", form)
    account = User.objects.get(username="zhou")
    page = f"/work/users/{account.uid}/"
    taken = client.post("/work/users/add/", form).content.decode()
    states = []
    for path, data in (("disable/", {"reason": "调离"}), ("enable/", {}), ("sign-out/", {})):
        client.post(page + path, data)
        states.append(User.objects.get(pk=account.pk).is_active)

    assert ("这个登录名已有人使用" in taken, account.org) == (True, tree["enterprise"])
    assert (client.get(page).status_code, states) == (200, [False, True, True])


def test_accounts_of_another_city_do_not_exist(tree: dict[str, Org]) -> None:
    client = browser(make_officer("city_officer", tree["other_city"]))
    account = make_user(org=tree["city"])

    shown = client.get(f"/work/users/{account.uid}/").status_code
    posted = [
        client.post(f"/work/{path}").status_code
        for path in (
            f"users/{account.uid}/disable/",
            f"users/{account.uid}/sign-out/",
            f"lockouts/{account.uid}/release/",
        )
    ]

    assert (shown, posted) == (404, [404, 404, 404])


def test_a_locked_account_is_listed_and_released_on_the_page(tree: dict[str, Org]) -> None:
    client = browser(make_officer("city_officer", tree["city"]))
    account = make_user("lin", display_name="林小满", password=PASSWORD, org=tree["branch"])
    for _try in range(6):
        Client().post("/account/login/", {"login": "lin", "password": "wrong"})

    before = client.get("/work/lockouts/").content.decode()
    client.post(f"/work/lockouts/{account.uid}/release/")
    after = client.get("/work/lockouts/").content.decode()

    assert ("林小满" in before, "林小满" in after) == (True, False)


def test_switching_the_policy_shows_what_it_gives_up_and_asks_for_the_password(tree: dict[str, Org]) -> None:
    admin = make_officer("security_admin", tree["national"])
    admin.set_password(PASSWORD)
    admin.save()
    client, form = browser(admin, proved=False), {"profile": "asvs5", "reason": "测评已结束"}

    shown = client.get("/work/password-policy/").content.decode()
    asked = client.post("/work/password-policy/", form)
    kept = PasswordPolicy.objects.count()
    again = client.post(asked.headers["Location"], {"password": PASSWORD})

    assert ("不满足 ASVS 5.0 V6.2.5" in shown, "不满足 GB/T 22239-2019" in shown) == (True, True)
    assert (asked.headers["Location"].partition("?")[0], kept) == ("/account/reauthenticate/", 0)
    assert (again.status_code, PasswordPolicy.objects.get().profile) == (302, "asvs5")


def test_officers_do_not_see_the_policy_page(tree: dict[str, Org]) -> None:
    officer = make_officer("national_officer", tree["national"])

    assert browser(officer).get("/work/password-policy/").status_code == 404


def test_a_user_ends_one_sign_in_elsewhere(tree: dict[str, Org]) -> None:
    user, other = make_user(), make_user()
    client, elsewhere = browser(user), browser(user)
    key = elsewhere.session.session_key
    row = UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="phone")

    listed = client.get("/account/sessions/").content.decode()
    foreign = browser(other).post(f"/account/sessions/{row.pk}/end/")
    client.post(f"/account/sessions/{row.pk}/end/")

    assert ("phone" in listed, foreign.status_code) == (True, 409)
    assert (elsewhere.get("/account/").status_code, UserSession.objects.count()) == (302, 0)


@pytest.mark.parametrize(("keys", "left"), [(1, 1), (2, 1)])
def test_staff_keep_their_last_passkey(tree: dict[str, Org], keys: int, left: int) -> None:
    officer = make_officer("city_officer", tree["city"])
    Authenticator.objects.filter(user=officer).delete()
    rows = [
        Authenticator.objects.create(
            user=officer, type="webauthn", data={"name": f"钥匙{n}", "credential": {}}
        )
        for n in range(keys)
    ]

    browser(officer).post(f"/account/2fa/webauthn/keys/{rows[0].pk}/remove/")

    assert Authenticator.objects.filter(user=officer, type="webauthn").count() == left


def test_setting_up_codes_shows_recovery_codes(tree: dict[str, Org]) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    user = make_user()
    client = browser(user)
    client.get("/account/2fa/totp/activate/")
    code = format_hotp_value(hotp_value(client.session["mfa.totp.secret"], int(time.time()) // 30))

    done = client.post("/account/2fa/totp/activate/", {"code": code})
    codes = client.get(done.headers["Location"])
    download = client.get("/account/2fa/recovery-codes/download/")

    assert (done.headers["Location"], codes.status_code) == ("/account/2fa/recovery-codes/", 200)
    assert len(download.content.split()) == 10
    assert user.code_use.last_step == int(time.time()) // 30


@pytest.mark.parametrize(
    "page",
    [
        "2fa/totp/activate/",
        "2fa/webauthn/add/",
        "2fa/recovery-codes/generate/",
        "reauthenticate/",
        "password/set/",
    ],
)
def test_safety_pages_render(tree: dict[str, Org], page: str) -> None:
    user = make_user(password="" if "set" in page else PASSWORD)
    if "recovery" in page:
        make_grant(user, "city_officer", tree["city"])
        Authenticator.objects.filter(user=user, type="recovery_codes").delete()

    assert browser(user).get(f"/account/{page}").status_code == 200
