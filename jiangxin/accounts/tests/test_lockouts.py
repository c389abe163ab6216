"""Lock-out after wrong passwords or codes: by account, released by an officer of the place, falling by itself."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.test import Client

from jiangxin.accounts.actions import release_lockout
from jiangxin.accounts.models import User
from jiangxin.accounts.queries import is_locked, lockouts, lockouts_count
from jiangxin.accounts.tests.factories import (
    make_officer,
)
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.accounts.tests.sign_ins import NOW, code_at, is_in, sign_in
from jiangxin.kernel.events import Event
from jiangxin.orgs.models import Org

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_sixth_wrong_code_locks_and_a_right_one_does_not_help(client: Client, officer: User) -> None:
    sign_in(client, "xu")
    wrong = [client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code for _n in range(6)]
    right = client.post("/account/2fa/authenticate/", {"code": code_at(NOW)})
    locked = is_locked(officer)

    assert (wrong, locked, right.status_code) == ([200, 200, 200, 200, 200, 429], True, 429)
    assert is_in(client) is False


def test_the_sixth_wrong_password_locks_by_name_or_mail(client: Client, officer: User) -> None:
    names = ["xu", "XU", "xu@example.cn"]
    wrong = [sign_in(client, names[n % 3], "Wrong-Password-1").status_code for n in range(6)]
    right = sign_in(Client(), "xu")

    assert wrong == [200, 200, 200, 200, 200, 429]
    assert (right.status_code, "账号已锁定" in right.content.decode()) == (429, True)


def test_an_officer_of_the_place_releases_the_lock(
    client: Client, tree: dict[str, Org], officer: User
) -> None:
    chief, stranger = (
        make_officer("province_officer", tree["province"]),
        make_officer("city_officer", tree["other_city"]),
    )
    for _n in range(6):
        sign_in(client, "xu", "Wrong-Password-1")

    assert [lock.user for lock in lockouts(chief)] == [officer]
    assert (lockouts_count(stranger), lockouts_count(officer)) == (0, 1)
    assert refusal(lambda: release_lockout(officer, by=stranger)) == "no_permission"
    assert refusal(lambda: release_lockout(officer, by=officer)) == "no_permission"
    release_lockout(officer, by=chief)
    assert refusal(lambda: release_lockout(officer, by=chief)) == "not_locked"
    assert sign_in(Client(), "xu").headers["Location"] == "/account/2fa/authenticate/"


def test_the_lock_falls_by_itself(client: Client, officer: User, clock: time_machine.Coordinates) -> None:
    for _n in range(6):
        sign_in(client, "xu", "Wrong-Password-1")
    clock.shift(datetime.timedelta(minutes=31))
    answer = sign_in(Client(), "xu")

    assert answer.headers["Location"] == "/account/2fa/authenticate/"


def test_a_lock_out_is_in_the_log(client: Client, officer: User) -> None:
    for _try in range(6):
        sign_in(client, "XU@example.cn", "Wrong-Password-1")

    assert Event.objects.get(name="accounts.locked_out").object_id == officer.uid
