"""Sign-in, the own account, the inbox and the account workbench: accessible in both languages and every mode."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page
from pytest_django.live_server_helper import LiveServer

from jiangxin.accounts.actions import claim_record
from jiangxin.accounts.models import User
from jiangxin.accounts.tests.browsers import browser as signed_in
from jiangxin.accounts.tests.factories import PASSWORD, make_grant, make_notice, make_officer, make_user
from jiangxin.kernel.privacy import blind_index
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.tests.factories import PersonFactory, invented_number
from tests.browser.accessibility import assert_accessible, collect_policy_breaches, widths_overflowed
from tests.browser.chromium import DESK, PHONE, mode_cookies

pytestmark = pytest.mark.django_db(transaction=True)
ENTRANCES = ["account/login/", "account/signup/", "account/password/reset/", "account/invitation/", "demo/"]
OWN = [
    "account/",
    "account/claim/",
    "account/2fa/",
    "account/2fa/totp/activate/",
    "account/2fa/webauthn/",
    "account/2fa/webauthn/add/",
    "account/2fa/recovery-codes/",
    "account/sessions/",
    "account/email/",
    "account/password/change/",
    "account/reauthenticate/",
    "account/logout/",
    "inbox/",
    "inbox/preferences/",
]
WORK = [
    "work/grants/",
    "work/grants/?stale=1",
    "work/grants/give/",
    "work/users/",
    "work/users/add/",
    "work/lockouts/",
    "work/claims/",
    "work/password-policy/",
]
LOOKS = [
    ("phone", "zh-hans", {"theme": "light"}),
    ("desk", "en", {"theme": "dark"}),
    ("phone", "en", {"theme": "light", "elder": "on"}),
]
SIZES = {"phone": PHONE, "desk": DESK}


def open_context(
    browser: Browser, server: LiveServer, look: tuple[str, str, dict[str, str]], user: User | None = None
) -> BrowserContext:
    """A browser of this size, language and mode, signed in when a user is given."""
    size, language, modes = look
    context = browser.new_context(viewport=SIZES[size])
    context.add_cookies(mode_cookies(server.url, language=language, **modes))
    if user is not None:
        client: Client = signed_in(user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server.url}])
    return context


def check_all(context: BrowserContext, server: LiveServer, paths: list[str]) -> None:
    """Open each page and judge it."""
    page = context.new_page()
    breaches = collect_policy_breaches(page)
    for path in paths:
        answer = page.goto(f"{server.url}/{path}")
        assert_accessible(page)
        assert (path, (answer and answer.ok) or path == "account/invitation/") == (path, True)
        assert (path, breaches, widths_overflowed(page)) == (path, [], False)
    context.close()


def furnish(tree: dict[str, Org], user: User) -> None:
    """Something in every list."""
    number = invented_number(7)
    person = PersonFactory(org=tree["branch"], id_number_index=blind_index(number, kind="id_number"))
    claimant = make_user("claimant", display_name="林小满", org=tree["branch"])
    claim_record(claimant, name=person.name, id_number=number, by=claimant)
    make_notice(user, "有职工认领档案，请核对", body="请核对是否本人。", link="/inbox/")
    locked = make_user("locked", display_name="赵铁生", password=PASSWORD, org=tree["branch"])
    for _try in range(6):
        Client().post("/account/login/", {"login": locked.username, "password": "wrong"})
    make_grant(locked, "team_leader", tree["branch"])


@pytest.mark.parametrize("look", LOOKS)
def test_entrances_are_accessible(browser: Browser, live_server: LiveServer, look: tuple) -> None:
    make_user("xu", display_name="许青禾", is_persona=True)

    check_all(open_context(browser, live_server, look), live_server, ENTRANCES)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_head_of_a_page_with_one_task_is_one_row_in_large_type(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    user = make_user("lin", display_name="林小满", password=PASSWORD)
    make_notice(user, "您获得了角色“班组长”")
    context = open_context(browser, live_server, ("phone", language, {"elder": "on"}), user)
    page = context.new_page()
    page.goto(f"{live_server.url}/account/email/")
    middles = page.locator(".focus-header .header-row > *").evaluate_all(
        "parts => parts.map(part => part.offsetTop + part.offsetHeight / 2)"
    )
    context.close()

    assert (len(middles), max(middles) - min(middles) < 8) == (2, True)


@pytest.mark.parametrize("look", LOOKS)
def test_own_pages_are_accessible(browser: Browser, live_server: LiveServer, look: tuple) -> None:
    tree = make_tree()
    user = make_officer("team_leader", tree["branch"], "lin", display_name="林小满", password=PASSWORD)
    make_notice(user, "您获得了角色“班组长”")

    check_all(
        open_context(browser, live_server, look, user), live_server, [p for p in OWN if "activate" not in p]
    )
    fresh = make_user("fresh", password=PASSWORD)
    check_all(open_context(browser, live_server, look, fresh), live_server, ["account/2fa/totp/activate/"])


@pytest.mark.parametrize("look", LOOKS)
def test_the_workbench_is_accessible(browser: Browser, live_server: LiveServer, look: tuple) -> None:
    tree = make_tree()
    user = make_officer("security_admin", tree["national"], "he", display_name="何砚秋")
    make_grant(user, "national_officer", tree["national"])
    furnish(tree, user)
    pages = [path for path in WORK if path != "work/users/add/"]
    uid = User.objects.get(username="locked").uid

    check_all(open_context(browser, live_server, look, user), live_server, [*pages, f"work/users/{uid}/"])


def virtual_key(page: Page) -> CDPSession:
    """A key inside the browser that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_a_passkey_is_added_and_signs_in_alone(browser: Browser, live_server: LiveServer) -> None:
    user = make_user("lin", display_name="林小满", password=PASSWORD)
    context = open_context(browser, live_server, LOOKS[0], user)
    page = context.new_page()
    virtual_key(page)
    site = live_server.url.replace("127.0.0.1", "localhost")
    key = next(c["value"] for c in context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])

    page.goto(f"{site}/account/2fa/webauthn/add/")
    page.get_by_label("作为通行密钥").check()
    page.get_by_role("button", name="添加密钥").click()
    page.wait_for_url("**/recovery-codes/**")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(f"{site}/account/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/me/**")
    page.goto(f"{site}/account/")

    assert page.locator("main").get_by_text("林小满").first.is_visible()
    context.close()
