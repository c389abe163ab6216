"""Safety of every door: headers, forgery, secrets in the logs, connections to the outside."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from jiangxin.accounts.tests.factories import PASSWORD, make_user
from jiangxin.kernel.http.actions import make_token
from jiangxin.kernel.http.limits import forget_limits
from tests.house.doors import addresses
from tests.house.tree import ROOT

pytestmark = [pytest.mark.house, pytest.mark.django_db]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
WITHOUT_COOKIES = "api-v1:"  # the API takes no cookie, so nothing can be forged with one
ID_NUMBER = "11010519491231002X"


def _faults(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    policy = {part.strip() for part in answer.get("Content-Security-Policy", "").split(";")}
    wrong = [name for name, value in HEADERS.items() if answer.get(name) != value]
    if not policy >= POLICY or any("unsafe" in part for part in policy):
        wrong.append("Content-Security-Policy")
    if "camera" not in answer.get("Permissions-Policy", "") or len(answer.get("X-Request-ID", "")) != 26:
        wrong.append("Permissions-Policy or X-Request-ID")
    return wrong


def test_every_answer_carries_the_safety_headers(client: Client) -> None:
    wrong = {}
    for name, address in addresses():
        forget_limits()
        if faults := _faults(client, address):
            wrong[name] = faults

    assert wrong == {}


def test_an_unknown_address_carries_them_too(client: Client) -> None:
    assert [_faults(client, address) for address in ("/nowhere/", "/api/v1/nowhere", "/work/nowhere/")] == [
        []
    ] * 3


def test_every_post_needs_the_token_of_its_form() -> None:
    client, unguarded = Client(enforce_csrf_checks=True), []
    for name, address in addresses():
        if name.startswith(WITHOUT_COOKIES):
            continue
        if client.post(address).status_code not in {403, 405}:
            unguarded.append(name)

    assert unguarded == []


def test_the_api_takes_no_cookie_for_a_token() -> None:
    client = Client()
    client.force_login(make_user())

    answer = client.get("/api/v1/regions")

    assert (answer.status_code, answer.wsgi_request.caller.token) == (200, None)
    assert answer.wsgi_request.caller.actor.is_authenticated is False


def test_no_secret_reaches_the_log_of_the_process(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    user = make_user("logged", password=PASSWORD)
    _token, secret = make_token(user, label="程序", scopes=["orgs:read"], by=user)
    caplog.set_level(logging.DEBUG)
    for password in (PASSWORD, "Wrong-Lantern-7"):
        client.post("/account/login/", {"login": "logged", "password": password})
    client.post("/account/claim/", {"name": "林小满", "id_number": ID_NUMBER})
    for token in (secret, "jx_not-a-token-at-all"):
        client.get("/api/v1/organisations/none", headers={"Authorization": f"Bearer {token}"})
        client.get("/api/v1/people", headers={"Authorization": f"Bearer {token}"})
    shown = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''}"
        for record in caplog.records
        if not record.name.startswith("django.db.backends")
    )

    secrets = (
        PASSWORD,
        "Wrong-Lantern-7",
        secret,
        "jx_not-a-token-at-all",
        ID_NUMBER,
        client.session.session_key,
    )
    assert [each for each in secrets if each and each in shown] == []


WATCHED = """
import json, sys
calls = []
def watch(event, args):
    if event == "socket.connect" and not isinstance(args[1], (str, bytes)):
        calls.append(str(args[1][0]))
    elif event == "socket.getaddrinfo":
        calls.append(str(args[0]))
sys.addaudithook(watch)
from jiangxin.config.cli.django_ready import load_django
load_django()
from jiangxin.config.cli.preparing import prepare_database
from jiangxin.config.demo import load_demo
prepare_database()
load_demo(workers=20, honours=30)
from jiangxin.kernel.jobs import drain
drain()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
from django.test import Client
from jiangxin.accounts.models import User
from tests.house.doors import addresses
for user in [None, *User.objects.filter(username__in=["linxiaoman", "xuqinghe"])]:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    for _name, address in addresses():
        client.get(address)
print("CALLS " + json.dumps(sorted({c for c in calls if c not in ("127.0.0.1", "::1", "localhost")})))
"""


@pytest.mark.slow
def test_a_fresh_installation_calls_nobody(tmp_path: Path) -> None:
    env = {**os.environ, "JX_HOME": str(tmp_path), "JX_ENV": "development", "DEMO": "1", "LOG_LEVEL": "ERROR"}
    env.pop("DATABASE_URL", None)

    done = subprocess.run(
        [sys.executable, "-c", WATCHED], cwd=ROOT, env=env, check=False, capture_output=True, text=True
    )

    last = done.stdout.strip().rpartition("\n")[2]
    assert (last.partition(" ")[0], done.returncode) == ("CALLS", 0), done.stderr[-2000:]
    assert json.loads(last.partition(" ")[2]) == []
