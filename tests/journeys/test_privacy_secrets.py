"""What goes wrong is told without secrets: not on the page, not in the log, not in a letter to the administrators."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from logging.config import DictConfigurator
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.log import AdminEmailHandler
from django.views.debug import get_exception_reporter_class, get_exception_reporter_filter

from jiangxin.config.urls import handler400, handler403, handler404, handler500
from jiangxin.config.urls import urlpatterns as house
from jiangxin.honours.tests.factories import make_honour
from jiangxin.insights.tests.scene import index, make_worker
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.kernel.privacy.discretion import HIDDEN, discreet
from jiangxin.kernel.privacy.keys import new_ring
from jiangxin.people.tests.factories import invented_number

__all__ = ["handler400", "handler403", "handler404", "handler500"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db]
NUMBER, MOBILE, PASSWORD = invented_number(31), "13904523391", "geheim-7-Passwort"
DATABASE = f"postgres://jiangxin:{PASSWORD}@db.example.org/jiangxin"


class BrokenError(RuntimeError):
    """Something went wrong, and whoever raised it said too much."""


def fail(request: HttpRequest) -> HttpResponse:
    """A view that holds everything secret in its hands when it fails."""
    number, key, address = (
        request.POST["id_number"],
        house_settings.SECRET_KEY,
        house_settings.ENV.database_url,
    )
    raise BrokenError(f"{number} {MOBILE} {key} {address} {house_settings.PRIVACY_KEYS}")


urlpatterns = [path("fail/", fail), *house]


@pytest.fixture
def secrets(settings: Any) -> list[str]:
    """An installation with a password and keys in its settings, and an address that fails."""
    ring = new_ring()
    settings.ROOT_URLCONF, settings.DEBUG, settings.ADMINS = __name__, False, [("it", "it@union.example")]
    settings.ENV = house_settings.ENV.model_copy(update={"database_url": DATABASE})
    settings.PRIVACY_KEYS = ring.as_json()
    held = json.loads(settings.PRIVACY_KEYS)
    return [NUMBER, MOBILE, PASSWORD, settings.SECRET_KEY, held["index_key"], *held["keys"].values()]


@pytest.fixture
def lines(secrets: list[str]) -> Iterator[dict[str, io.StringIO]]:
    """What the log says, as the installation is told to write it and as Python would by itself; letters go out."""
    written = {"house": io.StringIO(), "python": io.StringIO()}
    line = DictConfigurator(house_settings.LOGGING).configure_formatter(
        house_settings.LOGGING["formatters"]["line"]
    )
    handlers: list[logging.Handler] = [AdminEmailHandler(include_html=True)]
    for name, formatter in (("house", line), ("python", logging.Formatter())):
        handlers.append(logging.StreamHandler(written[name]))
        handlers[-1].setFormatter(formatter)
    for handler in handlers:
        logging.getLogger("django.request").addHandler(handler)
    yield written
    for handler in handlers:
        logging.getLogger("django.request").removeHandler(handler)


def _told(text: str, secrets: list[str]) -> list[str]:
    return [secret for secret in secrets if secret in text]


def _fail(asked: str = "") -> HttpResponse:
    client = Client(raise_request_exception=False)
    return client.post(f"/fail/{asked}", {"id_number": NUMBER, "note": "13904523391"})


def test_neither_log_nor_letter_names_a_secret(secrets: list[str], lines: dict[str, io.StringIO]) -> None:
    answer = _fail(f"?q={NUMBER}")

    letter = mail.outbox[0]
    html = str(letter.alternatives[0][0])
    log = lines["house"].getvalue()
    assert (answer.status_code, "Broken" in log, "Broken" in letter.body, "Broken" in html) == (
        500,
        *(True,) * 3,
    )
    assert (_told(log, secrets), HIDDEN in log) == ([], True)
    assert (_told(letter.subject + letter.body, secrets), _told(html, secrets)) == ([], [])
    assert len(_told(lines["python"].getvalue(), secrets)) == len(secrets)


def test_the_page_of_a_failure_names_neither_secrets_nor_code(secrets: list[str]) -> None:
    text = _fail().content.decode()

    assert _told(text, [*secrets, "Broken", "Traceback", "test_privacy_secrets"]) == []


def test_a_report_shows_no_value_of_a_form_a_variable_or_a_secret_setting(secrets: list[str]) -> None:
    request = RequestFactory().post("/fail/", {"id_number": NUMBER})
    sieve = get_exception_reporter_filter(request)

    shown = sieve.get_safe_settings()

    assert dict(sieve.get_post_parameters(request)) == {"id_number": sieve.cleansed_substitute}
    assert {
        name: shown[name] for name in ("ENV", "SECRET_KEY", "PRIVACY_KEYS", "DATABASES", "CACHES")
    } == dict.fromkeys(
        ("ENV", "SECRET_KEY", "PRIVACY_KEYS", "DATABASES", "CACHES"), sieve.cleansed_substitute
    )


def test_on_a_developers_machine_reports_say_more_but_no_key(secrets: list[str], settings: Any) -> None:
    settings.DEBUG = True
    request = RequestFactory().post("/fail/", {"colour": "blue"})
    sieve = get_exception_reporter_filter(request)
    with pytest.raises(BrokenError) as failure:
        fail(RequestFactory().post("/fail/", {"id_number": NUMBER}))
    reporter = get_exception_reporter_class(request)(request, failure.type, failure.value, failure.tb)

    assert sieve.get_post_parameters(request)["colour"] == "blue"
    assert "blue" in reporter.get_traceback_html()
    assert _told(reporter.get_traceback_html() + reporter.get_traceback_text(), secrets) == []


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("redis://:pass-word@cache:6379/0", "redis://:[hidden]@cache:6379/0"),
        ("smtp://union:pw@mail.example.org", "smtp://union:[hidden]@mail.example.org"),
        ("https://union.example.org/a:b@c", "https://union.example.org/a:b@c"),
        ("2026112300001234567", "2026112300001234567"),
        ("x13904523391", "x13904523391"),
        (f"【{NUMBER}】", "【[hidden]】"),
        (NUMBER.lower(), "[hidden]"),
        ("13904523391,", "[hidden],"),
    ],
)
def test_passwords_and_numbers_of_people_are_blotted_out_and_nothing_else(said: str, written: str) -> None:
    assert discreet(said) == written


def test_a_broken_key_ring_is_blotted_out_whole(settings: Any) -> None:
    settings.PRIVACY_KEYS = '{"broken": "ring"'

    assert discreet(f"cannot read {settings.PRIVACY_KEYS}") == "cannot read [hidden]"


def test_files_name_the_address_of_the_house_and_never_the_host_of_a_request(settings: Any) -> None:
    forget_limits()
    make_worker("林小满", make_honour())
    index()
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL = ["*"], "https://honours.example.org"

    answers = [
        Client().get(address, headers={"host": "evil.example"})
        for address in ("/register/export.csv", "/statistics/year.svg")
    ]

    told = [answer.getvalue().decode() for answer in answers]
    assert ["https://honours.example.org/" in text for text in told] == [True, True]
    assert ["evil.example" in text for text in told] == [False, False]
