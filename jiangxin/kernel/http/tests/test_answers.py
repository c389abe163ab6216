"""Answers: health, request ids, headers, limits and problems."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jiangxin.kernel.http.limits import forget_limits, over_limit

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
