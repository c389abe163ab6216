"""Every component is accessible in every mode, fits a phone, breaks no policy and works from the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import assert_accessible, collect_policy_breaches, widths_overflowed
from tests.browser.chromium import DESK, PHONE, mode_cookies

MODES: dict[str, dict[str, str]] = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "elder": {"theme": "light", "elder": "on"},
    "contrast": {"theme": "light", "contrast": "more"},
    "dark contrast": {"theme": "dark", "contrast": "more"},
    "dark elder": {"theme": "dark", "elder": "on"},
}
SIZES = {"phone": PHONE, "desk": DESK}
PAGES = [
    "gallery/",
    *[f"gallery/{name}/" for name in ("public", "worker", "workbench", "focus", "print")],
    "modes/",
]

pytestmark = pytest.mark.django_db(transaction=True)


def _open(
    browser: Browser, address: str, size: str, language: str = "zh-hans", **modes: str
) -> tuple[Page, list[str]]:
    context = browser.new_context(viewport=SIZES[size])
    context.add_cookies(mode_cookies(address, language=language, **modes))
    page = context.new_page()
    breaches = collect_policy_breaches(page)
    page.goto(address)
    return page, breaches


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", MODES)
def test_every_component_is_accessible_in_every_mode(
    mode: str, size: str, browser: Browser, live_server: LiveServer
) -> None:
    page, breaches = _open(browser, f"{live_server.url}/gallery/", size, **MODES[mode])

    assert_accessible(page)
    assert (breaches, widths_overflowed(page)) == ([], False)
    page.context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_layout_is_accessible_in_both_languages(
    path: str, language: str, browser: Browser, live_server: LiveServer
) -> None:
    page, breaches = _open(browser, f"{live_server.url}/{path}", "phone", language)

    assert_accessible(page)
    assert (breaches, widths_overflowed(page)) == ([], False)
    page.context.close()


def test_touch_targets_are_large_enough(browser: Browser, live_server: LiveServer) -> None:
    page, _breaches = _open(browser, f"{live_server.url}/gallery/", "phone")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .button, .link, summary, input:not([type=checkbox], [type=radio], [type=hidden]), select, .facet a, .pager a, .tabs a')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
            .map(e => e.outerHTML.slice(0, 120))"""
    )

    assert small == []
    page.context.close()


def test_elder_friendly_view_is_one_click_away_and_really_larger(
    watched: Page, live_server: LiveServer
) -> None:
    watched.goto(f"{live_server.url}/gallery/public/")
    watched.get_by_role("contentinfo").get_by_role("button", name="长辈版").click()
    size = watched.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    smallest = watched.evaluate(
        """() => Math.min(...[...document.querySelectorAll('body *')]
            .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )

    assert watched.locator("html").get_attribute("data-elder") == "on"
    assert (size >= 18, smallest >= 18) == (True, True)


def test_skip_link_is_the_first_stop_and_leads_to_the_main_part(
    watched: Page, live_server: LiveServer
) -> None:
    watched.goto(f"{live_server.url}/gallery/public/")
    watched.keyboard.press("Tab")
    first = watched.evaluate("document.activeElement.className")
    watched.keyboard.press("Enter")

    assert (first, watched.evaluate("document.activeElement.id")) == ("skip-link", "main")


def test_keyboard_walks_through_a_list(watched: Page, live_server: LiveServer) -> None:
    watched.goto(f"{live_server.url}/gallery/workbench/")
    for key in ("j", "j", "k", "j"):
        watched.keyboard.press(key)

    assert watched.evaluate("document.activeElement.textContent") == "赵铁生"


def test_bulk_bar_appears_on_selection_and_counts(watched: Page, live_server: LiveServer) -> None:
    watched.goto(f"{live_server.url}/gallery/")
    bar = watched.locator("[data-bulk-bar]")
    before = bar.is_visible()
    watched.get_by_label("林小满").check()
    watched.get_by_label("赵铁生").check()

    assert (before, bar.locator("[data-bulk-words]").inner_text()) == (False, "已选 2 项")


def test_chosen_file_is_named(watched: Page, live_server: LiveServer) -> None:
    watched.goto(f"{live_server.url}/gallery/")
    watched.locator("[data-file-drop] input").set_input_files(
        {"name": "名单.csv", "mimeType": "text/csv", "buffer": b"a,b"}
    )

    assert watched.locator("[data-drop-words]").inner_text() == "已选择 名单.csv（3 B）"


def test_menu_closes_on_escape_and_gives_the_focus_back(watched: Page, live_server: LiveServer) -> None:
    watched.goto(f"{live_server.url}/gallery/")
    menu = watched.locator("main details.menu")
    menu.locator("summary").click()
    opened = menu.evaluate("e => e.open")
    watched.keyboard.press("Escape")

    assert (opened, menu.evaluate("e => e.open")) == (True, False)
    assert watched.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_everything_is_reachable_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=DESK, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/gallery/")

    assert page.locator(".facet").first.is_visible()
    assert page.locator(".bulk-bar").is_visible()
    page.locator("main details.menu summary").click()
    assert page.get_by_role("link", name="导出名单").is_visible()
    context.close()
