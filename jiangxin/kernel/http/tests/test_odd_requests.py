"""Too much, or what no database takes, is answered in words and harms nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.handlers.exception import response_for_exception
from django.db import DataError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from jiangxin.kernel.http.middleware import RefusalMiddleware

pytestmark = pytest.mark.django_db


@pytest.fixture
def _little(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100


@pytest.mark.usefixtures("_little")
def test_a_form_that_is_too_large_gets_a_page_that_says_so(client: Client) -> None:
    answer = client.post(
        "/i18n/setlang/", {"language": "e" * 200}, content_type="application/x-www-form-urlencoded"
    )

    assert (answer.status_code, answer.templates[0].name) == (413, "413.html")


@pytest.mark.usefixtures("_little")
def test_a_body_that_is_too_large_for_the_api_is_a_problem(client: Client) -> None:
    answer = client.post("/api/v1/verify", {"text": "e" * 200}, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("fault", "status"),
    [("PostgreSQL text fields cannot contain NUL (0x00) bytes", 400), ("value out of range", None)],
)
def test_a_character_that_postgresql_does_not_take_is_a_bad_request(fault: str, status: int | None) -> None:
    middleware = RefusalMiddleware(lambda _request: HttpResponse())

    answer = middleware.process_exception(RequestFactory().get("/register/?q=%00"), DataError(fault))

    assert (answer.status_code if answer else None) == status


def test_what_the_framework_forbids_is_said_on_a_page_of_the_house() -> None:
    answer = response_for_exception(RequestFactory().get("/"), PermissionDenied())

    assert (answer.status_code, "这一页不对您开放" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("zh-hans", "这一步不能直接打开"), ("en", "This step cannot be opened directly")],
)
@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_an_address_of_a_button_opened_by_itself_is_a_page_of_the_house(
    client: Client, headers: dict[str, str], language: str, heading: str
) -> None:
    client.cookies["django_language"] = language

    answer = client.get("/work/imports/x/decide/", headers=headers)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert (answer.templates[0].name, f"<h1>{heading}</h1>" in answer.content.decode()) == ("405.html", True)


def test_a_page_that_is_only_read_takes_nothing_sent_to_it(client: Client) -> None:
    answer = client.post("/register/")

    assert (answer.status_code, answer["Allow"], answer.templates[0].name) == (405, "GET, HEAD", "405.html")


def test_a_program_that_uses_the_wrong_method_gets_a_problem(client: Client) -> None:
    answer = client.post("/api/v1/regions", {}, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in answer["Allow"]
