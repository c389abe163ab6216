"""Every page of the demo world: no axe fault, no breach of the policy, no sideways scroll, in each language and mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from jiangxin.config.demo import load_demo
from jiangxin.kernel.events.append_only import unlocked
from tests.browser.accessibility import accessibility_faults, collect_policy_breaches, widths_overflowed
from tests.browser.chromium import DESK, PHONE, mode_cookies
from tests.browser.furnishing import furnish
from tests.browser.place import VISITOR, Place
from tests.browser.world import forgotten, places
from tests.cast import CITY_OFFICER, signed_in

LOOKS = {
    "phone zh light": (PHONE, "zh-hans", {"theme": "light"}),
    "desk zh dark": (DESK, "zh-hans", {"theme": "dark"}),
    "phone zh elder": (PHONE, "zh-hans", {"theme": "light", "elder": "on"}),
    "desk en light": (DESK, "en", {"theme": "light"}),
    "phone en dark": (PHONE, "en", {"theme": "dark"}),
    "phone en elder": (PHONE, "en", {"theme": "light", "elder": "on"}),
}


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo world, really committed, until the module ends; it takes the place of a database rolled back."""
    with django_db_blocker.unblock():
        load_demo(workers=60, honours=150)
        furnish()
        yield
        with unlocked():
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def server(db: None) -> Iterator[LiveServer]:
    """The demo world behind a real server."""
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def all_places(server: LiveServer) -> list[Place]:
    return places()


def enter(browser: Browser, server: LiveServer, look: str, who: str) -> BrowserContext:
    """A browser of this look, signed in as one of the cast."""
    size, language, modes = LOOKS[look]
    context = browser.new_context(viewport=size)
    context.add_cookies(mode_cookies(server.url, language=language, **modes))
    if who != VISITOR:
        key = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server.url}])
    return context


def faults_of(page: Page, server: LiveServer, place: Place) -> list[str]:
    """Open a page and say what is wrong with it."""
    answer = page.goto(server.url + place.address)
    status = answer.status if answer else 0
    faults = accessibility_faults(page)
    faults += [f"answered {status}, not {place.status}"] if status != place.status else []
    faults += ["wider than the screen"] if widths_overflowed(page) else []
    return [f"{place.who or 'visitor'} {place.address}: {fault}" for fault in faults]


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Names of all addresses below a resolver."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner)
        elif entry.name:
            yield f"{namespace}{entry.name}"


def test_no_page_is_forgotten(all_places: list[Place]) -> None:
    known = set(addresses(get_resolver()))

    left = forgotten(known, {place.name for place in all_places})

    assert left == [], left


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible(
    look: str, browser: Browser, server: LiveServer, all_places: list[Place]
) -> None:
    wrong: list[str] = []
    for who in dict.fromkeys(place.who for place in all_places):
        context = enter(browser, server, look, who)
        page = context.new_page()
        breaches = collect_policy_breaches(page)
        for place in (each for each in all_places if each.who == who):
            wrong += faults_of(page, server, place)
            wrong += [f"{place.address}: {breach}" for breach in breaches]
            breaches.clear()
        context.close()

    assert wrong == []


@pytest.fixture
def desk(browser: Browser, server: LiveServer) -> Iterator[Page]:
    """A visitor at a desk."""
    context = enter(browser, server, "desk zh dark", VISITOR)
    yield context.new_page()
    context.close()


def test_the_register_answers_in_place_and_keeps_its_address(desk: Page, server: LiveServer) -> None:
    desk.goto(f"{server.url}/register/")
    desk.evaluate("window.stillHere = true")
    desk.locator(".facet").filter(has_text="年份").locator("a").first.click()
    desk.locator('.facet a[aria-current="true"]').wait_for()
    count = desk.locator(".register-count").inner_text()
    address = desk.url
    desk.goto(address)

    assert (count, address.startswith(f"{server.url}/register/?year=")) == (
        desk.locator(".register-count").inner_text(),
        True,
    )


def test_narrowing_does_not_load_the_page_anew(desk: Page, server: LiveServer) -> None:
    desk.goto(f"{server.url}/register/")
    desk.evaluate("window.stillHere = true")
    desk.locator(".facet a").first.click()
    desk.locator('.facet a[aria-current="true"]').wait_for()

    assert desk.evaluate("window.stillHere") is True
    assert desk.locator("#register-words").inner_text() == desk.locator(".register-count").inner_text()


def test_back_returns_to_the_list_before(desk: Page, server: LiveServer) -> None:
    desk.goto(f"{server.url}/register/")
    before = desk.locator(".register-count").inner_text()
    desk.locator(".facet a").first.click()
    desk.locator('.facet a[aria-current="true"]').wait_for()
    desk.go_back()
    desk.locator('.facet a[aria-current="true"]').wait_for(state="detached")

    assert desk.locator(".register-count").inner_text() == before


def test_the_register_works_from_the_keyboard(desk: Page, server: LiveServer) -> None:
    desk.goto(f"{server.url}/register/")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    second = desk.evaluate("document.activeElement.textContent")
    names = desk.locator(".worker-name a").all_inner_texts()
    desk.keyboard.press("/")
    desk.keyboard.type("lxm")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/register/?q=lxm**")
    desk.locator(".worker-name a").filter(has_text="林小满").first.wait_for()

    assert second == names[1]


def test_the_front_door_searches(desk: Page, server: LiveServer) -> None:
    desk.goto(f"{server.url}/")
    desk.keyboard.press("Tab")
    first = desk.evaluate("document.activeElement.className")
    desk.get_by_label("姓名、拼音、单位或荣誉").fill("林小满")
    desk.keyboard.press("Enter")
    desk.locator(".worker-name a").first.click()

    assert first == "skip-link"
    assert desk.get_by_role("heading", level=1).inner_text() == "林小满"


def test_the_workbench_tells_its_keys(browser: Browser, server: LiveServer) -> None:
    context = enter(browser, server, "desk zh dark", CITY_OFFICER)
    page = context.new_page()
    page.goto(f"{server.url}/work/people/")
    page.keyboard.press("?")
    shown = page.get_by_text("到搜索框").is_visible()
    page.keyboard.press("?")

    assert (shown, page.get_by_text("到搜索框").is_visible()) == (True, False)
    context.close()


def test_a_row_opens_beside_the_list_on_a_wide_screen(browser: Browser, server: LiveServer) -> None:
    context = enter(browser, server, "desk zh dark", CITY_OFFICER)
    page = context.new_page()
    page.goto(f"{server.url}/work/people/")
    names = page.locator("tbody th a").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator(".aside-beside h2", has_text=names[1]).first.wait_for()
    faults, address = accessibility_faults(page), page.url
    page.keyboard.press("Escape")

    assert (faults, address, page.locator(".aside-beside").count()) == ([], f"{server.url}/work/people/", 0)
    assert page.evaluate("document.activeElement.textContent") == names[1]
    context.close()


def test_on_a_phone_a_row_opens_its_page(browser: Browser, server: LiveServer) -> None:
    context = enter(browser, server, "phone zh light", CITY_OFFICER)
    page = context.new_page()
    page.goto(f"{server.url}/work/people/")
    link = page.locator("tbody th a").first
    name = link.inner_text()
    link.click()

    assert page.get_by_role("heading", level=1).inner_text() == name
    context.close()


def test_the_register_works_without_javascript(browser: Browser, server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{server.url}/register/")
    page.get_by_role("searchbox").fill("林小满")
    page.get_by_role("button", name="查找").click()
    names = page.locator(".worker-name a").all_inner_texts()

    assert names[0] == "林小满"
    context.close()


@pytest.mark.parametrize("with_scripts", [True, False])
def test_the_picture_of_honours_leads_to_a_level_that_is_open(
    browser: Browser, server: LiveServer, with_scripts: bool
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=with_scripts)
    page = context.new_page()
    page.goto(f"{server.url}/honours/")
    folded = page.locator("#level-province .table").is_visible()
    page.locator('.honour-graph a[href="#level-province"]').first.focus()
    page.keyboard.press("Enter")
    page.locator("#level-province .table").wait_for()
    page.goto(f"{server.url}/honours/?again=1#level-province")

    assert (folded, page.locator("#level-province .table").is_visible()) == (False, True)
    context.close()
