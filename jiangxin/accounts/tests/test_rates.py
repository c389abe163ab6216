"""Rate limits: of sign-ins and resets from one address, of proofs by one user; each caller is counted apart."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import PASSWORD, make_user
from jiangxin.accounts.tests.sign_ins import is_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def _from(address: str) -> Client:
    """A browser behind the proxy of this machine."""
    return Client(headers={"x-forwarded-for": address})


def _stopped(client: Client, name: str) -> bool:
    """Try a name nobody has; whether the page says that there were too many."""
    return "尝试次数太多" in sign_in(client, name, "Wrong-Password-1").content.decode()


def test_one_address_that_tries_many_names_is_stopped_and_others_are_not() -> None:
    make_user("lin", password=PASSWORD)
    one, other = _from("203.0.113.9"), _from("203.0.113.10")

    stopped = [_stopped(one, f"nobody{n}") for n in range(40)]
    sign_in(one, "lin")
    sign_in(other, "lin")

    assert (stopped, is_in(one), is_in(other)) == ([False] * 30 + [True] * 10, False, True)


def test_sign_ins_from_one_address_are_limited_even_right_ones() -> None:
    make_user("lin", password=PASSWORD)

    statuses = [sign_in(_from("203.0.113.9"), "lin").status_code for _n in range(62)]

    assert statuses == [302] * 60 + [429] * 2


def test_an_address_cannot_be_made_up_before_what_the_proxy_says() -> None:
    stopped = [_stopped(_from(f"198.51.100.{n}, 203.0.113.9"), f"nobody{n}") for n in range(40)]

    assert stopped == [False] * 30 + [True] * 10


def test_a_caller_from_afar_is_not_believed_about_the_address() -> None:
    told = [{"x-forwarded-for": f"198.51.100.{n}"} for n in range(40)]

    stopped = [
        _stopped(Client(headers=each, REMOTE_ADDR="203.0.113.77"), f"nobody{n}")
        for n, each in enumerate(told)
    ]

    assert stopped == [False] * 30 + [True] * 10


def test_letters_for_one_address_are_few() -> None:
    make_user("lin", password=PASSWORD, email="lin@example.cn")

    for n in range(9):
        _from(f"203.0.113.{n}").post("/account/password/reset/", {"email": "lin@example.cn"})

    assert len(mail.outbox) == 5


def test_the_password_cannot_be_guessed_from_an_open_session() -> None:
    """The sixth wrong one locks the account, as at the door."""
    client = browser(make_user(password=PASSWORD), proved=False)

    tried = [
        client.post("/account/reauthenticate/", {"password": f"guess{n}"}).status_code for n in range(12)
    ]
    right = client.post("/account/reauthenticate/", {"password": PASSWORD})

    assert (tried.count(429), right.status_code) == (7, 429)
