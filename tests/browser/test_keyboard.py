"""The workbench without a mouse: to the search, along the rows, into what stands beside the list, and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from jiangxin.accounts.models import User
from jiangxin.orgs.actions import begin_export
from tests.browser.test_pages import db, enter, server
from tests.cast import CITY_OFFICER

__all__ = ["db", "server"]
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture
def officer(browser: Browser, server: LiveServer) -> Iterator[Page]:
    """The city's officer at a wide desk, before the list of people."""
    context = enter(browser, server, "desk zh dark", CITY_OFFICER)
    page = context.new_page()
    page.goto(f"{server.url}/work/people/")
    yield page
    context.close()


def test_the_stroke_leads_to_the_search_of_the_list(officer: Page) -> None:
    officer.keyboard.press("/")
    officer.keyboard.type("lxm")
    officer.keyboard.press("Enter")
    officer.wait_for_url("**/work/people/?q=lxm**")

    assert set(officer.locator("tbody th a").all_inner_texts()) == {"林小满"}


def test_enter_twice_goes_into_what_stands_beside_and_escape_leads_back(officer: Page) -> None:
    names = officer.locator("tbody th a").all_inner_texts()
    officer.keyboard.press("j")
    officer.keyboard.press("Enter")
    officer.locator(".aside-beside h2", has_text=names[0]).first.wait_for()
    on_the_row = officer.evaluate(FOCUSED)
    officer.keyboard.press("Enter")
    inside = officer.evaluate("document.activeElement.classList.contains('aside-beside')")
    officer.keyboard.press("Tab")
    first = officer.evaluate(FOCUSED)
    officer.keyboard.press("Escape")

    assert (on_the_row, inside, first) == (names[0], True, "打开整页")
    assert (officer.evaluate(FOCUSED), officer.locator(".aside-beside").count()) == (names[0], 0)


def test_the_way_back_leads_to_the_list_as_it_was_left(browser: Browser, server: LiveServer) -> None:
    context = enter(browser, server, "phone zh light", CITY_OFFICER)
    page = context.new_page()
    page.goto(f"{server.url}/work/people/?q=lxm")
    page.locator("tbody th a").first.click()
    page.locator("h1", has_text="林小满").wait_for()
    page.locator("a.link-back").first.click()
    page.wait_for_url("**/work/people/**")

    assert page.url == f"{server.url}/work/people/?q=lxm"
    context.close()


def test_choosing_a_condition_by_keys_waits_for_the_button(officer: Page, server: LiveServer) -> None:
    officer.goto(f"{server.url}/work/orgs/")
    choice = officer.locator("select[name=kind]")
    choice.focus()
    officer.keyboard.press("ArrowDown")
    officer.keyboard.press("ArrowDown")
    officer.wait_for_timeout(500)
    here, chosen = officer.url, choice.input_value()
    officer.get_by_role("button", name="查找").press("Enter")
    officer.wait_for_url(f"**kind={chosen}**")

    assert (here, bool(chosen)) == (f"{server.url}/work/orgs/", True)


def test_choosing_a_condition_with_the_mouse_applies_it_at_once(officer: Page, server: LiveServer) -> None:
    officer.goto(f"{server.url}/work/orgs/")
    officer.locator("h1").click()
    officer.locator("select[name=kind]").select_option("county")
    officer.wait_for_url("**kind=county**")

    assert officer.locator("select[name=kind]").input_value() == "county"


def test_the_button_that_stops_long_work_keeps_the_focus_while_the_figures_move(
    officer: Page, server: LiveServer
) -> None:
    user = User.objects.get(username=CITY_OFFICER)
    task = begin_export(what="orgs", wanted={}, count=9_000, by=user)
    officer.goto(f"{server.url}/work/orgs/exports/{task.uid}/")
    officer.locator("#progress").evaluate("part => part.dataset.old = 1")
    with officer.expect_response("**/part/"):
        officer.get_by_role("button", name="取消任务").focus()
    officer.locator("#progress:not([data-old])").wait_for()

    assert officer.evaluate(FOCUSED) == "取消任务"
