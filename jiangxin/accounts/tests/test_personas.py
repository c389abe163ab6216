"""The demo door: one button per persona, and no door at all outside demo mode."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from jiangxin.accounts.tests.factories import make_grant, make_user
from jiangxin.orgs.models import Org

ADDRESSES = """
import django; django.setup()
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
for path in ("/demo/", "/demo/xu/"):
    try: print(resolve(path).view_name)
    except Resolver404: print("none")
try: print(reverse("accounts:demo"))
except NoReverseMatch: print("none")
"""


def addresses(home: Path, **environment: str) -> list[str]:
    """What /demo/ leads to in a process with this environment."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "jiangxin.config.settings",
        "JX_HOME": str(home),
        "SECRET_KEY": "0123456789abcdef" * 3,
        "PUBLIC_URL": "https://honours.example",
        "ALLOWED_HOSTS": "honours.example",
        **environment,
    }
    told = subprocess.run(
        [sys.executable, "-c", ADDRESSES],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split()


@pytest.mark.django_db
def test_a_visitor_goes_on_as_a_persona(client: Client, tree: dict[str, Org]) -> None:
    persona = make_user("xu", display_name="许青禾", org=tree["city"], is_persona=True)
    make_grant(persona, "city_officer", tree["city"], second_factor=False)

    page = client.get("/demo/").content.decode()
    entered = client.post("/demo/xu/")

    assert ("以许青禾的身份试用" in page, "市级工会干部" in page) == (True, True)
    assert (entered.headers["Location"], client.get("/work/grants/").status_code) == ("/work/", 200)


@pytest.mark.django_db
def test_a_persona_is_told_that_devices_are_not_listed(client: Client, tree: dict[str, Org]) -> None:
    make_user("xu", org=tree["city"], is_persona=True)
    client.post("/demo/xu/")

    assert client.get("/account/").content.decode().count("试用身份，不登记设备") == 1
    assert client.get("/account/sessions/").content.decode().count("没有登记的设备") == 1


@pytest.mark.django_db
def test_only_personas_are_offered(client: Client) -> None:
    make_user("real", display_name="真用户")

    assert "真用户" not in client.get("/demo/").content.decode()
    assert client.post("/demo/real/").status_code == 404
    assert client.get("/demo/real/").status_code == 405


@pytest.mark.django_db
def test_a_persona_left_behind_cannot_sign_in_without_demo_mode(
    client: Client, tree: dict[str, Org], settings: object
) -> None:
    persona = make_user("xu", org=tree["city"], is_persona=True)
    client.force_login(persona)
    before = client.get("/account/").status_code
    settings.DEMO_MODE = False  # type: ignore[attr-defined]

    assert (before, client.get("/account/").status_code) == (200, 302)
    assert client.post("/demo/xu/").status_code == 404
    assert client.get("/demo/").status_code == 404


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DEMO": "1", "JX_ENV": "development"}, ["accounts:demo", "accounts:try_persona", "/demo/"]),
        ({"DEMO": "0", "JX_ENV": "development"}, ["none", "none", "none"]),
        (
            {"DEMO": "1", "JX_ENV": "production", "SECURE_COOKIES": "1", "DEBUG": "0"},
            ["none", "none", "none"],
        ),
    ],
)
def test_the_door_does_not_exist_outside_demo_mode(
    tmp_path: Path, environment: dict[str, str], expected: list[str]
) -> None:
    assert addresses(tmp_path, **environment) == expected


def test_the_demo_world_is_not_loaded_in_production(tmp_path: Path) -> None:
    production = {
        "JX_ENV": "production",
        "SECURE_COOKIES": "1",
        "DEBUG": "0",
        "DEMO": "1",
        "SECRET_KEY": "0123456789abcdef" * 3,
        "PUBLIC_URL": "https://honours.example",
        "ALLOWED_HOSTS": "honours.example",
    }

    done = subprocess.run(
        [sys.executable, "-m", "jiangxin.config.cli", "demo"],
        env={**os.environ, **production, "JX_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (1, "The demo world and its personas are not for production.\n")
    assert list(tmp_path.glob("*.sqlite3")) == []
