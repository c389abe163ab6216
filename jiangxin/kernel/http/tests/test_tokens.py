"""API tokens: shown once, limited, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.utils import timezone

from jiangxin.kernel.access import Refused
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.http.tokens import Caller, end_token, make_token, read_caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> object:
    return get_user_model().objects.create(username="caller", display_name="调用者")


def _call(secret: str, kind: str = "Bearer") -> Caller | None:
    return read_caller(RequestFactory().get("/api/v1/regions", HTTP_AUTHORIZATION=f"{kind} {secret}"))


def test_a_token_acts_for_its_owner_within_its_scopes(owner: object) -> None:
    token, secret = make_token(owner, label="对账", scopes=["orgs:read"])

    caller = _call(secret)

    assert caller is not None
    assert (caller.actor, caller.may("orgs:read"), caller.may("register:read")) == (owner, True, False)
    assert caller.token == token


def test_the_secret_is_not_kept(owner: object) -> None:
    token, secret = make_token(owner, label="对账", scopes=[])

    assert secret not in str(ApiToken.objects.filter(pk=token.pk).values().get())


def test_an_unknown_scope_is_refused(owner: object) -> None:
    with pytest.raises(Refused, match="everything"):
        make_token(owner, label="对账", scopes=["everything"])


def test_an_ended_token_opens_nothing(owner: object) -> None:
    token, secret = make_token(owner, label="对账", scopes=[])
    end_token(token)

    assert _call(secret) is None


def test_a_token_past_its_day_opens_nothing(owner: object) -> None:
    token, secret = make_token(owner, label="对账", scopes=[])
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert _call(secret) is None


def test_a_token_of_a_disabled_account_opens_nothing(owner: object) -> None:
    _, secret = make_token(owner, label="对账", scopes=[])
    get_user_model().objects.update(is_active=False)

    assert _call(secret) is None


@pytest.mark.parametrize("header", ["Bearer", "Bearer jx_wrong", "Basic abc", "Bearer  ", "jx_abc"])
def test_a_wrong_header_opens_nothing(header: str) -> None:
    assert read_caller(RequestFactory().get("/", HTTP_AUTHORIZATION=header)) is None


def test_without_a_token_only_public_facts_are_open() -> None:
    caller = read_caller(RequestFactory().get("/"))

    assert caller is not None
    assert not caller.actor.has_perm("orgs.rename_org")
    assert caller.may("orgs:read")
