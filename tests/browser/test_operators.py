"""Tokens, operations and the log: accessible in both languages and every mode, and never wider than the screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import make_officer
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import make_checkpoint, record_security
from jiangxin.kernel.http.actions import end_token, make_token
from jiangxin.kernel.jobs.running import run_next
from jiangxin.kernel.jobs.tests import sample_jobs
from jiangxin.kernel.jobs.tests.dead_work import dead_receipt
from jiangxin.orgs.tests.factories import make_tree
from tests.browser.test_accounts import LOOKS, check_all, open_context

pytestmark = pytest.mark.django_db(transaction=True)


def _keep(browser: Browser, server: LiveServer, look: tuple, user: User, paths: list[str]) -> None:
    """Pictures for a person to look at, when JX_LOOK names a folder."""
    if folder := os.environ.get("JX_LOOK", ""):
        context = open_context(browser, server, look, user)
        page = context.new_page()
        for path in paths:
            page.goto(f"{server.url}/{path}")
            name = f"{path[:22].strip('/').replace('/', '-')}-{look[0]}-{look[1]}.png"
            page.screenshot(path=str(Path(folder) / name), full_page=True)
        context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_tokens_are_accessible(browser: Browser, live_server: LiveServer, look: tuple) -> None:
    user = make_officer("team_leader", make_tree()["branch"], "lin", display_name="林小满")
    for label in ("对账程序", "旧的程序"):
        token, _secret = make_token(user, label=label, scopes=["orgs:read", "honours:read"], by=user)
    end_token(token, by=user)
    paths = ["account/tokens/", "account/tokens/make/"]

    check_all(open_context(browser, live_server, look, user), live_server, paths)
    _keep(browser, live_server, look, user, paths)


@pytest.mark.parametrize("look", LOOKS)
def test_operations_are_accessible(browser: Browser, live_server: LiveServer, look: tuple) -> None:
    user = make_officer("system_admin", make_tree()["national"], "xu", display_name="许青禾")
    sample_jobs.leave.enqueue()
    run_next("W1")
    dead_receipt()

    check_all(open_context(browser, live_server, look, user), live_server, ["work/operations/"])
    _keep(browser, live_server, look, user, ["work/operations/"])


@pytest.mark.parametrize("look", LOOKS)
def test_the_log_is_accessible(browser: Browser, live_server: LiveServer, look: tuple) -> None:
    user = make_officer("audit_admin", make_tree()["national"], "he", display_name="何砚秋")
    event = record_security("test.event", user, by=SystemActor("test"), payload={"what": "a" * 200})
    make_checkpoint()
    paths = ["work/audit/", "work/audit/?q=test.&kind=security", f"work/audit/{event.uid}/"]

    check_all(open_context(browser, live_server, look, user), live_server, paths)
    _keep(browser, live_server, look, user, [paths[0], paths[2]])


def test_a_token_is_made_in_the_browser(browser: Browser, live_server: LiveServer) -> None:
    user = make_officer("team_leader", make_tree()["branch"], "lin", display_name="林小满")
    context = open_context(browser, live_server, LOOKS[0], user)
    page = context.new_page()

    page.goto(f"{live_server.url}/account/tokens/make/")
    page.get_by_label("用途").fill("对账程序")
    page.get_by_label("职工名册").check()
    page.get_by_role("button", name="新建令牌").click()

    expect(page.get_by_label("令牌", exact=True)).to_have_value(page.locator("#copy-value").input_value())
    assert page.locator("#copy-value").input_value()[:3] == "jx_"
    context.close()
