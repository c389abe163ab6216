"""The API against its own schema: whatever is sent, no server error and no answer the schema does not tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

from jiangxin.config.wsgi import application
from jiangxin.honours.models import Conferral
from jiangxin.kernel.http.actions import make_token
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.kernel.http.tokens import SCOPES
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person
from tests.cast import CITY_OFFICER, persona

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ADDRESS = "/api/v1/openapi.json"


schema = schemathesis.openapi.from_wsgi(ADDRESS, application)


@pytest.fixture(autouse=True)
def _a_world_to_ask_about(world: None) -> Iterator[None]:
    """The demo world; the connection stays open between requests, because the world lives in its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(_a_world_to_ask_about: None) -> str:
    """A token with every scope."""
    owner = persona(CITY_OFFICER)
    return make_token(owner, label="程序", scopes=sorted(SCOPES), by=owner)[1]


@schema.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_input_breaks_the_api_or_its_schema(case: schemathesis.Case) -> None:
    forget_limits()

    case.call_and_validate()


@schema.parametrize()
@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_input_of_a_program_with_a_token_breaks_it_either(case: schemathesis.Case, secret: str) -> None:
    forget_limits()

    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})


def _real_places() -> dict[str, str]:
    """Something that is there, for each name in a path."""
    person = Person.objects.public().canonical().first()
    org, conferral = Org.objects.active().first(), Conferral.objects.select_related("honour").first()
    assert person
    assert org
    assert conferral
    return {
        "/people/{uid}": person.uid,
        "/organisations/{uid}": org.uid,
        "/regions/{code}": "110000",
        "/honours/{code}": conferral.honour.code,
        "/honours/{code}/holders": conferral.honour.code,
    }


def _operations() -> list[tuple[str, str, dict[str, Any]]]:
    """(method, address of something real, operation) for the whole schema."""
    places = {"/api/v1" + path: value for path, value in _real_places().items()}
    return [
        (method, re.sub(r"{\w+}", places.get(path, ""), path), operation)
        for path, methods in schema.raw_schema["paths"].items()
        for method, operation in methods.items()
    ]


def _ask(client: Client, method: str, address: str, **more: Any) -> Any:
    body = {"data": '{"credential": {}}', "content_type": "application/json"} if method == "post" else {}
    return getattr(client, method)(address, **body, **more)


def test_everything_that_is_there_is_answered_as_the_schema_says(client: Client) -> None:
    for method, address, operation in _operations():
        answer = _ask(client, method, address)

        assert (address, answer.status_code) == (address, 200)
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema_rs.validator_for({**schema.raw_schema, **shape}).validate(answer.json())


def test_a_token_opens_exactly_what_its_scopes_say(client: Client) -> None:
    owner = persona(CITY_OFFICER)
    secrets = {scope: make_token(owner, label=scope, scopes=[scope], by=owner)[1] for scope in SCOPES}
    wrong = []
    for method, address, operation in _operations():
        (needed,) = operation["security"][1]["Bearer"]
        for scope, secret in secrets.items():
            answer = _ask(client, method, address, headers={"Authorization": f"Bearer {secret}"})
            if answer.status_code != (200 if scope == needed else 403):
                wrong.append((address, scope, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize(
    "address",
    [
        "people/%00",
        "people?q=%00",
        "people?q=%ed%a0%80",
        "people?after=%00",
        "people?limit=99999999999999999999",
        "people?after=YTE",
        "honours/%00/holders",
        "honours/none/holders?after=99999999999999999999",
        "organisations?text=%00",
        "organisations?under=%00",
        "organisations?after=" + "a" * 2000,
        "organisations/" + "9" * 500,
        "regions/110000?on=0001-01-01",
        "regions/110000?on=9999-12-31",
        "regions?parent=%00",
        "occupations?under=%F0%9D%9F%8F-00-00-00",
        "nothing%00/here",
    ],
)
def test_strange_input_is_answered_calmly(client: Client, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code in {200, 404, 422}
    assert answer["Content-Type"].startswith(
        "application/json" if answer.status_code == 200 else "application/problem+json"
    )


READ, SENT = "/api/v1/honours", "/api/v1/verify"


@pytest.mark.parametrize(
    ("method", "address", "headers", "status"),
    [
        ("GET", READ, {}, 200),
        ("HEAD", READ, {}, 200),
        ("GET", READ, {"Accept": "application/*;q=0.5"}, 200),
        ("GET", READ, {"Accept": "text/html,*/*;q=0.1"}, 200),
        ("GET", READ, {"Accept": "application/xml"}, 406),
        ("GET", READ, {"Authorization": "Bearer jx_none"}, 401),
        ("GET", READ, {"Authorization": "Basic eDp5"}, 401),
        ("PUT", READ, {}, 405),
        ("TRACE", READ, {}, 405),
        ("DELETE", SENT, {}, 405),
        ("GET", SENT, {}, 405),
        ("POST", SENT, {"Content-Type": "text/plain"}, 415),
        ("POST", SENT, {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ("POST", SENT, {"Content-Type": "application/vc+json"}, 200),
        ("POST", SENT, {"Content-Length": "9999999"}, 413),
        ("GET", "/api/v1/none", {}, 404),
        ("GET", "/api/", {}, 404),
        ("GET", "/api/v1/people?limit=0", {}, 422),
        ("GET", "/api/v1/people?limit=201", {}, 422),
    ],
)
def test_each_way_of_asking_has_its_status_and_errors_are_problems(
    client: Client, method: str, address: str, headers: dict[str, str], status: int
) -> None:
    given = {f"HTTP_{name.upper().replace('-', '_')}".replace("HTTP_CONTENT", "CONTENT"): value
             for name, value in headers.items()}  # fmt: skip
    body = b'{"credential": {}}' if method == "POST" else b""

    answer = client.generic(method, address, body, **{"content_type": "application/json", **_named(given)})

    assert answer.status_code == status
    assert answer["Access-Control-Allow-Origin"] == "*"
    if status >= 400:
        assert (answer["Content-Type"], answer.json()["status"]) == ("application/problem+json", status)


def _named(given: dict[str, str]) -> dict[str, Any]:
    """The test client takes the content type by a name of its own."""
    kind = given.pop("CONTENT_TYPE", "")
    return {**given, **({"content_type": kind} if kind else {})}


def test_a_page_of_another_site_may_ask(client: Client) -> None:
    asked = {"Origin": "https://x.example", "Access-Control-Request-Method": "POST"}

    answer = client.options(SENT, headers=asked)

    assert (answer.status_code, answer.content, answer["Allow"]) == (204, b"", "OPTIONS, POST")
    assert answer["Access-Control-Allow-Headers"] == "Authorization, Content-Type, If-None-Match"
    assert "Access-Control-Allow-Credentials" not in answer


def test_every_answer_tells_how_many_calls_are_left(client: Client) -> None:
    first, second = client.get(READ), client.get(READ)
    same = client.get(READ, headers={"If-None-Match": first["ETag"]})

    assert [int(each["RateLimit-Remaining"]) for each in (first, second, same)] == [119, 118, 117]
    assert (same.status_code, same.content, first["RateLimit-Limit"]) == (304, b"", "120")
    assert 0 <= int(first["RateLimit-Reset"]) <= 60


def test_a_fault_of_ours_is_a_problem_without_its_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiangxin.honours.api.by_level", lambda: 1 / 0)
    client.raise_request_exception = False

    answer = client.get(READ)

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in answer.content.decode()


def test_people_who_are_not_public_are_nowhere(client: Client) -> None:
    hidden = Person.objects.public().canonical().filter(conferrals__isnull=False).first()
    assert hidden
    held = Conferral.objects.filter(person=hidden).first()
    assert held
    Person.objects.filter(pk=hidden.pk).update(is_public=False)

    answers = [
        client.get(f"/api/v1/people/{hidden.uid}"),
        client.get("/api/v1/people", {"q": hidden.name, "limit": 200}),
        client.get(f"/api/v1/honours/{held.honour.code}/holders", {"year": held.year, "limit": 200}),
    ]

    assert answers[0].status_code == 404
    assert [hidden.uid in each.content.decode() for each in answers] == [False, False, False]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"\xff\xfe", 400),
        (b"{", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"credential": null}', 422),
        (b'{"credential": {"\\ud800": "\\ud800"}}', 200),
        (b'{"credential": {"a": "\\u0000", "id": "\\u0000"}}', 200),
        (b'{"credential": {"a": 1' + b"0" * 400 + b"}}", 200),
        (b'{"credential": {"a": NaN}}', 200),
        (b'{"credential": ' + b'{"a":' * 4000 + b"1" + b"}" * 4001, 400),
        (b'{"credential": {"a": "' + b"a" * (1 << 20) + b'"}}', 413),
    ],
)
def test_a_strange_credential_gets_a_verdict_or_a_problem(client: Client, body: bytes, status: int) -> None:
    answer = client.post("/api/v1/verify", body, content_type="application/json")

    assert answer.status_code == status
    if status == 400:
        assert (answer.json()["title"], answer.json()["code"]) == ("请求无法理解", "bad_request")
    assert answer.json().get("valid", answer.json().get("status")) == (False if status == 200 else status)
