"""Words a stranger sends lead nowhere, name no host, forge no line of a log and tell nobody's account."""

from __future__ import annotations

import logging
from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from pytest_django.fixtures import Settings

from jiangxin.accounts.actions import notify
from jiangxin.accounts.tests.factories import PASSWORD, make_user
from jiangxin.kernel.access import SystemActor

pytestmark = [pytest.mark.house, pytest.mark.django_db]
ABROAD = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example/",
)


@pytest.mark.parametrize("address", ABROAD)
def test_no_address_to_go_on_to_leads_away(client: Client, address: str) -> None:
    make_user("walker", password=PASSWORD)
    ways = (
        client.post("/i18n/setlang/", {"language": "en", "next": address}),
        client.post("/modes/", {"theme": "dark", "next": address}),
        client.post("/account/login/", {"login": "walker", "password": PASSWORD, "next": address}),
        client.get("/account/login/", {"next": address}),  # signed in by now: sent on at once
        client.post("/account/logout/", {"next": address}),
    )

    assert [(each.status_code, "evil" in each["Location"], "java" in each["Location"]) for each in ways] == [
        (302, False, False)
    ] * len(ways)


def test_a_notice_leads_nowhere_outside(client: Client) -> None:
    user = make_user("reader")
    notice = notify(
        [user], kind="test.note", title="信", link="https://evil.example/", by=SystemActor("test")
    )[0]
    client.force_login(user)

    answer = client.post(f"/inbox/{notice.uid}/")

    assert (answer.status_code, "evil" in answer.get("Location", "")) == (302, False)


@pytest.mark.parametrize("host", ["evil.example", "testserver:80@evil.example", "testserver\u0000", ""])
def test_a_host_that_is_not_ours_is_refused(client: Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(client: Client) -> None:
    for address in ("/", "/account/login/", "/account/password/reset/", "/register/"):
        page = client.get(address, headers={"x-forwarded-host": "evil.example"})

        assert "evil.example" not in page.content.decode()


def test_a_mail_names_the_house_and_not_the_host_of_the_request(
    client: Client, mailoutbox: list, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    make_user("forgetful", password=PASSWORD, email="forgetful@mail.example")

    client.post(
        "/account/password/reset/", {"email": "forgetful@mail.example"}, headers={"host": "evil.example"}
    )

    assert len(mailoutbox) == 1
    assert "evil.example" not in mailoutbox[0].body


def test_no_line_of_the_log_is_forged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    forged = "\r\nERROR a line of my own"
    client.get("/nowhere/%0d%0aERROR%20a%20line%20of%20my%20own")
    client.post("/account/login/", {"login": f"somebody{forged}", "password": "x"})
    client.get("/register/", {"q": forged})
    client.get("/", headers={"user-agent": forged, "x-request-id": forged})

    lines = [
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db.backends")
    ]
    assert [line for line in lines if "\nERROR a line" in line] == []


def test_no_header_of_an_answer_is_forged(client: Client) -> None:
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/\r\nSet-Cookie: mine=1"})

    assert "mine" not in answer.cookies


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed, which is what takes time."""

    algorithm = "md5"
    times: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.times += 1
        return super().encode(password, salt)


def _work(client: Client, login: str) -> int:
    before = CountingHasher.times
    client.post("/account/login/", {"login": login, "password": "Wrong-Lantern-7"})
    return CountingHasher.times - before


def test_a_name_nobody_has_takes_as_long_as_one_that_is_known(client: Client, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make_user("known", password=PASSWORD, email="known@mail.example")

    work = [_work(client, each) for each in ("known", "nobody", "known@mail.example", "nobody@mail.example")]

    assert work[0] == work[1] > 0
    assert work[2] == work[3] > 0
