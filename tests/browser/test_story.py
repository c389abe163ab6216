"""The whole story in a real browser: a list goes in, a link is decided, a credential comes out, is proved, and falls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from jiangxin.config.demo import load_demo
from jiangxin.honours.models import Conferral
from jiangxin.kernel.events.append_only import unlocked
from jiangxin.kernel.events.verify import verify_log
from jiangxin.kernel.jobs import drain
from tests.cast import CITY_OFFICER, WELDER, persona
from tests.journeys.test_from_list_to_proof import write_list

NEW_HONOUR = "市级五一劳动奖章（演示）"


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo world, really committed, until the story ends."""
    with django_db_blocker.unblock():
        load_demo(workers=60, honours=150)
        yield
        with unlocked():
            call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def server(db: None) -> Iterator[LiveServer]:
    running = LiveServer("127.0.0.1")
    yield running
    running.stop()


def enter(browser: Browser, server: LiveServer, username: str) -> Page:
    """A fresh browser that went through the demo door."""
    page = browser.new_context(locale="zh-CN", accept_downloads=True).new_page()
    page.goto(f"{server.url}/demo/")
    page.locator(f"form[action$='/{username}/'] button").click()
    return page


def bring_in(officer: Page, server: LiveServer, path: Path) -> None:
    """Upload, wait for the check, confirm, wait for the worker."""
    officer.goto(f"{server.url}/work/imports/new/")
    choice = officer.locator("select[name=sheet]")
    if choice.count():
        choice.select_option("honours")
    officer.locator("input[type=file]").set_input_files(path)
    officer.locator("main form button[type=submit]").first.click()
    drain()
    officer.reload()
    expect(officer.get_by_text("检查完毕，还没有写入")).to_be_visible()
    officer.locator("form[action$='/decide/'] button").first.click()
    drain()
    officer.reload()
    expect(officer.get_by_text("已导入").first).to_be_visible()


def decide_link(officer: Page, server: LiveServer) -> None:
    """Open the question about the welder and say: one person."""
    officer.goto(f"{server.url}/work/links/")
    officer.locator("main table a", has_text="林小满").first.click()
    officer.get_by_role("button", name="认定为同一人", exact=True).click()
    expect(officer.get_by_text("已记录").first).to_be_visible()


def take_credential(worker: Page, server: LiveServer, folder: Path) -> Path:
    """The welder sees the new honour in her passport and downloads the credential of an older one."""
    worker.goto(f"{server.url}/me/")
    expect(worker.get_by_text(NEW_HONOUR).first).to_be_visible()
    worker.goto(f"{server.url}/me/credentials/")
    with worker.expect_download() as waiting:
        worker.locator("main a[href$='.json']").first.click()
    target = folder / "credential.json"
    waiting.value.save_as(target)
    return target


def verdict_on(browser: Browser, server: LiveServer, path: Path) -> str:
    """What a stranger reads after uploading the file."""
    stranger = browser.new_context(locale="zh-CN").new_page()
    stranger.goto(f"{server.url}/verify/")
    stranger.locator("input[type=file]").set_input_files(path)
    stranger.get_by_role("button", name="核验凭证").click()
    return stranger.locator("main h1").inner_text()


def test_from_a_published_list_to_a_proof_that_falls(
    browser: Browser, server: LiveServer, tmp_path: Path
) -> None:
    officer = enter(browser, server, CITY_OFFICER)
    bring_in(officer, server, write_list(tmp_path))
    decide_link(officer, server)

    worker = enter(browser, server, WELDER)
    credential = take_credential(worker, server, tmp_path)
    altered = tmp_path / "altered.json"
    altered.write_text(credential.read_text("utf-8").replace("林小满", "林小滿"), encoding="utf-8")
    before = [verdict_on(browser, server, path) for path in (credential, altered)]
    revoke_all(browser, server)
    after = verdict_on(browser, server, credential)

    assert [before[0][:4], "改动" in before[1], "撤销" in after] == ["凭证有效", True, True], (before, after)
    assert verify_log().ok


def revoke_all(browser: Browser, server: LiveServer) -> None:
    """The national officer takes back each honour of the welder that has a credential."""
    decider = enter(browser, server, "guchanghe")
    for conferral in Conferral.objects.filter(
        person=persona(WELDER).person, credentials__isnull=False
    ).distinct():
        decider.goto(f"{server.url}/work/honours/{conferral.uid}/revoke/")
        decider.locator("input[name=grounds]").first.check()
        decider.locator("textarea[name=reason]").fill("评选程序经核查不合规定。")
        decider.locator("main form button[type=submit]").first.click()
        decider.wait_for_url("**/work/honours/**")
