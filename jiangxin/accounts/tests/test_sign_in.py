"""Sign-in end to end: by name or mail, reset, first duties, what the log tells."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import (
    PASSWORD,
    make_user,
)
from jiangxin.accounts.tests.sign_ins import NOW, code_at, is_in, sign_in
from jiangxin.kernel.events import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize("name", ["lin", "LIN", "lin@example.cn", "Lin@Example.cn"])
def test_a_worker_signs_in_by_name_or_mail(client: Client, name: str) -> None:
    make_user("lin", password=PASSWORD, email="lin@example.cn")

    answer = sign_in(client, name)

    assert (answer.status_code, answer.headers["Location"], is_in(client)) == (302, "/me/", True)


@pytest.mark.parametrize("name", ["lin", "nobody", "lin@example.cn", "nobody@example.cn"])
def test_a_wrong_sign_in_says_the_same_for_known_and_unknown(client: Client, name: str) -> None:
    make_user("lin", password=PASSWORD, email="lin@example.cn")

    page = sign_in(client, name, "wrong-Password-1").content.decode()

    assert re.findall(r"登录名、邮箱或密码不对，请核对。", page) != []
    assert is_in(client) is False


def test_a_reset_by_mail_still_asks_for_the_second_factor(client: Client, officer: User) -> None:
    client.post("/account/password/reset/", {"email": "xu@example.cn"})
    link = re.search(r"http://localhost:\d+(/\S+)", mail.outbox[0].body)
    form = client.get(link.group(1)).headers["Location"] if link else ""
    done = client.post(form, {"password1": "Quiet-Harbour-77", "password2": "Quiet-Harbour-77"})
    after_reset = is_in(client)
    next_step = sign_in(client, "xu", "Quiet-Harbour-77").headers["Location"]

    assert (done.headers["Location"], after_reset) == ("/account/password/reset/key/done/", False)
    assert (next_step, is_in(client)) == ("/account/2fa/authenticate/", False)
    assert Event.objects.filter(name="accounts.password_changed").count() == 1


def test_a_reset_for_an_unknown_address_looks_the_same(client: Client, officer: User) -> None:
    known = client.post("/account/password/reset/", {"email": "xu@example.cn"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.cn"})

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [sent.to for sent in mail.outbox] == [["xu@example.cn"]]


def test_nobody_signs_up_alone(client: Client) -> None:
    page = client.post(
        "/account/signup/",
        {"username": "new", "password1": PASSWORD, "password2": PASSWORD, "email": "new@example.cn"},
    )

    assert "账号由所属工会邀请开通" in page.content.decode()
    assert User.objects.count() == 0


@pytest.mark.parametrize("fields", [{"must_change_password": True}, {"password_changed_at": NOW}])
def test_an_old_or_foreign_password_is_changed_first(client: Client, fields: dict[str, object]) -> None:
    user = make_user(password=PASSWORD, **fields)
    client.force_login(user)

    with time_machine.travel(NOW + datetime.timedelta(days=91), tick=False):
        client.force_login(user)
        before = client.get("/inbox/")
        change = {"oldpassword": PASSWORD, "password1": "Quiet-Harbour-77", "password2": "Quiet-Harbour-77"}
        client.post("/account/password/change/", change)
        after = client.get("/inbox/").status_code

    assert (before.headers["Location"], after) == ("/account/password/change/", 200)


def test_signing_in_failing_and_leaving_are_in_the_log(client: Client, officer: User) -> None:
    sign_in(client, "nobody-has-this", "Wrong-Password-1")
    sign_in(client, "xu", "Wrong-Password-1")
    sign_in(client, "xu")
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": code_at(NOW)})
    client.post("/account/logout/")

    told = Event.objects.filter(kind="security").order_by("id").values_list("name", "object_id", "outcome")

    assert list(told) == [
        ("accounts.sign_in_failed", "", "failed"),
        ("accounts.sign_in_failed", officer.uid, "failed"),
        ("accounts.code_failed", officer.uid, "failed"),
        ("accounts.signed_in", officer.uid, "done"),
        ("accounts.signed_out", officer.uid, "done"),
    ]
