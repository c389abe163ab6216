"""Maintenance: a file in the home directory closes every page but the health check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _closed(settings: Any, tmp_path: Path) -> None:
    settings.JX_HOME = tmp_path
    (tmp_path / "maintenance").touch()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "系统正在维护"), ("en", "Down for maintenance")])
def test_a_page_says_so_in_both_languages(client: Client, language: str, words: str) -> None:
    answer = client.get("/verify/", headers={"accept-language": language})

    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    assert f"<h1>{words}</h1>" in answer.content.decode()


def test_programs_get_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/regions")

    assert (answer.status_code, answer.json()["code"]) == (503, "maintenance")


def test_the_health_check_answers_as_ever(client: Client) -> None:
    assert client.get("/healthz").json()["database"]["ok"] is True


def test_without_the_file_the_house_is_open(client: Client, settings: Any) -> None:
    (settings.JX_HOME / "maintenance").unlink()

    assert client.get("/verify/").status_code == 200
