"""Sessions: they end when idle, leave nothing behind, are listed and taken back."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client

from jiangxin.accounts.tests.factories import (
    PASSWORD,
    make_user,
)
from jiangxin.accounts.tests.sign_ins import is_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


def _signed_in_from(address: str, agent: str) -> Client:
    client = Client(headers={"x-forwarded-for": address, "user-agent": agent})
    sign_in(client, "lin")
    return client


def test_every_sign_in_is_listed_with_where_it_came_from() -> None:
    make_user("lin", password=PASSWORD)
    make_user("other", password=PASSWORD)
    here, there = _signed_in_from("203.0.113.9", "desk"), _signed_in_from("198.51.100.7", "phone")
    sign_in(Client(headers={"user-agent": "strange"}), "other")

    page = here.get("/account/sessions/").content.decode()

    assert [word in page for word in ("203.0.113.9", "198.51.100.7", "desk", "phone", "strange")] == [
        True
    ] * 4 + [False]
    assert is_in(there) is True


def test_a_user_takes_back_all_other_sign_ins_at_once() -> None:
    make_user("lin", password=PASSWORD)
    here, there, elsewhere = (_signed_in_from(f"203.0.113.{n}", "browser") for n in range(3))

    here.post("/account/sessions/")

    assert [client.get("/account/").status_code for client in (here, there, elsewhere)] == [200, 302, 302]


def test_a_changed_password_ends_every_other_sign_in() -> None:
    make_user("lin", password=PASSWORD)
    here, there = _signed_in_from("203.0.113.9", "desk"), _signed_in_from("198.51.100.7", "phone")

    fresh = "Quiet-Harbour-77"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})

    assert [client.get("/account/").status_code for client in (here, there)] == [200, 302]
