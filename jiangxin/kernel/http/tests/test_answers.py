"""Answers: health, request ids, headers, limits and problems."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory

from jiangxin.kernel.http.api import BAD_TOKENS_A_MINUTE, READS_A_MINUTE_ANONYMOUS
from jiangxin.kernel.http.limits import address_of, forget_limits, over_limit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    forget_limits()
    yield
    forget_limits()


def test_health_tells_of_database_worker_and_log(client: Client) -> None:
    answer = client.get("/healthz")

    assert set(answer.json()) == {"ok", "database", "worker", "log"}
    assert answer.json()["database"]["ok"] is True
    assert "no-store" in answer["Cache-Control"]


def test_every_answer_carries_a_request_id_and_a_strict_policy(client: Client) -> None:
    answer = client.get("/healthz")

    assert len(answer["X-Request-ID"]) == 26
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


def test_the_limit_counts_each_key_apart() -> None:
    spent = [over_limit("test", "a", per_minute=3) for _ in range(4)]

    assert spent[:3] == [0, 0, 0]
    assert 1 <= spent[3] <= 60
    assert over_limit("test", "b", per_minute=3) == 0


def test_an_unknown_token_is_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/regions", headers={"Authorization": "Bearer jx_unknown"})

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "bad_token"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/v1/openapi.json")
    second = client.get("/api/v1/openapi.json", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, second.status_code, second.content) == (200, 304, b"")
    assert first.json()["openapi"].startswith("3.1")


PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/", 404),
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/v2/regions", 404),
        ("post", "/api/v1/regions", 405),
        ("delete", "/api/v1/verify", 405),
        ("head", "/api/v1/verify", 405),
        ("get", "/api/v1/regions?parent=abc", 422),
    ],
)
def test_every_error_of_the_api_is_a_problem(client: Client, method: str, address: str, status: int) -> None:
    answer = getattr(client, method)(address)

    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    if method != "head":
        assert (answer.json()["status"], bool(answer.json()["title"])) == (status, True)


def test_a_method_that_is_not_taken_names_those_that_are(client: Client) -> None:
    assert client.post("/api/v1/regions")["Allow"] == "GET, HEAD"
    assert client.get("/api/v1/verify")["Allow"] == "POST"


def test_head_is_like_get_without_the_body(client: Client) -> None:
    got, head = client.get("/api/v1/regions"), client.head("/api/v1/regions")

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])
    assert head["Content-Length"] == str(len(got.content))


def test_a_wrong_host_is_a_problem_too() -> None:
    client = Client(raise_request_exception=False)

    answer = client.get("/api/v1/regions", headers={"Host": "evil.example"})

    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)


def test_a_body_that_is_too_large_is_not_even_read(client: Client) -> None:
    answer = client.post("/api/v1/verify", b"x" * ((1 << 20) + 1), content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_who_asks_too_often_is_told_how_long_to_wait(client: Client) -> None:
    statuses = [client.get("/api/v1/regions").status_code for _ in range(READS_A_MINUTE_ANONYMOUS)]
    refused = client.get("/api/v1/regions")

    assert set(statuses) == {200}
    assert (refused.status_code, refused["Content-Type"]) == (429, PROBLEM)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert client.get("/api/v1/regions", REMOTE_ADDR="198.51.100.7").status_code == 200


def test_tokens_cannot_be_guessed_at_leisure(client: Client) -> None:
    guess = {"Authorization": "Bearer jx_guess"}

    statuses = [
        client.get("/api/v1/regions", headers=guess).status_code for _ in range(BAD_TOKENS_A_MINUTE + 1)
    ]

    assert statuses == [401] * BAD_TOKENS_A_MINUTE + [429]


@pytest.mark.parametrize(
    ("direct", "told", "address"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "10.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "not an address", "127.0.0.1"),
        ("not an address", "198.51.100.7", "not an address"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed(direct: str, told: str, address: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=direct, headers={"X-Forwarded-For": told})

    assert address_of(request) == address


def test_the_schema_names_a_scope_and_every_error_for_each_operation(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    operations = [each for methods in document["paths"].values() for each in methods.values()]

    ids = [each["operationId"] for each in operations]
    assert len(set(ids)) == len(ids)
    assert {tuple(scheme) for each in operations for scheme in each["security"]} == {(), ("Bearer",)}
    for each in operations:
        errors = {status for status in each["responses"] if status >= "400"}
        assert {"400", "401", "403", "404", "405", "422", "429"} <= errors
        assert {tuple(each["responses"][status]["content"]) for status in errors} == {(PROBLEM,)}
