"""API tokens: shown once, limited, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.browsers import browser
from jiangxin.accounts.tests.factories import PASSWORD, make_user
from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.kernel.http.actions import MOST_TOKENS, end_token, make_token
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.http.tokens import Caller, digest_of, read_caller

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def owner() -> User:
    return make_user("caller", display_name="调用者")


def _made(owner: User, *scopes: str) -> tuple[ApiToken, str]:
    return make_token(owner, label="对账", scopes=scopes or ["orgs:read"], by=owner)


def _call(secret: str, kind: str = "Bearer") -> Caller | None:
    return read_caller(RequestFactory().get("/api/v1/regions", HTTP_AUTHORIZATION=f"{kind} {secret}"))


def test_a_token_acts_for_its_owner_within_its_scopes(owner: User) -> None:
    token, secret = _made(owner)

    caller = _call(secret)

    assert caller is not None
    assert (caller.actor, caller.may("orgs:read"), caller.may("register:read")) == (owner, True, False)
    assert caller.token == token


def test_the_secret_is_kept_nowhere_neither_in_the_log(owner: User) -> None:
    token, secret = _made(owner)

    kept = str(ApiToken.objects.filter(pk=token.pk).values().get()) + str(list(Event.objects.values()))

    assert (secret in kept, digest_of(secret) in str(list(Event.objects.values()))) == (False, False)


def test_a_token_is_good_until_the_end_of_its_last_day(owner: User) -> None:
    today = timezone.localdate()
    token, secret = make_token(owner, label="对账", scopes=["orgs:read"], by=owner, valid_until=today)

    with time_machine.travel(token.expires_at - timedelta(seconds=1), tick=False):
        before = _call(secret) is not None
    with time_machine.travel(token.expires_at, tick=False):
        after = _call(secret) is not None

    assert (token.last_day, before, after) == (today, True, False)


def test_making_and_ending_stand_in_the_log(owner: User) -> None:
    token, _secret = _made(owner)
    end_token(token, by=owner)
    end_token(token, by=owner)

    security = Event.objects.filter(kind="security").order_by("id").values_list("name", "object_id")
    assert list(security) == [("http.token_made", token.uid), ("http.token_ended", token.uid)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scopes": ["everything"]}, "unknown_scope"),
        ({"scopes": []}, "no_scope"),
        ({"label": "  "}, "no_label"),
        ({"days": -1}, "bad_day"),
        ({"days": 367}, "bad_day"),
    ],
)
def test_a_token_that_cannot_be_is_refused(owner: User, change: dict[str, object], code: str) -> None:
    values: dict[str, object] = {"label": "对账", "scopes": ["orgs:read"], "days": 1, **change}
    last_day = timezone.localdate() + timedelta(days=values.pop("days"))  # type: ignore[arg-type]

    with pytest.raises(Refused) as refusal:
        make_token(owner, by=owner, valid_until=last_day, **values)  # type: ignore[arg-type]

    assert (refusal.value.code, ApiToken.objects.count()) == (code, 0)


def test_an_account_holds_so_many_tokens_and_no_more(owner: User) -> None:
    for _number in range(MOST_TOKENS):
        _made(owner)

    with pytest.raises(Refused) as refusal:
        _made(owner)
    assert refusal.value.code == "too_many_tokens"


def test_nobody_makes_or_ends_a_token_for_somebody_else(owner: User) -> None:
    other = make_user("other")
    token, _secret = _made(owner)

    for deed in (
        lambda: make_token(owner, label="对账", scopes=["orgs:read"], by=other),
        lambda: end_token(token, by=other),
    ):
        with pytest.raises(Refused, match="没有做这件事的权限"):
            deed()
    assert list(ApiToken.objects.values_list("pk", "ended_at")) == [(token.pk, None)]


def test_an_ended_token_opens_nothing(owner: User) -> None:
    token, secret = _made(owner)
    end_token(token, by=owner)

    assert _call(secret) is None


def test_a_token_past_its_day_opens_nothing(owner: User) -> None:
    token, secret = _made(owner)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert _call(secret) is None


def test_a_token_of_a_disabled_account_opens_nothing(owner: User) -> None:
    _token, secret = _made(owner)
    User.objects.update(is_active=False)

    assert _call(secret) is None


@pytest.mark.parametrize("header", ["Bearer", "Bearer jx_wrong", "Basic abc", "Bearer  ", "jx_abc"])
def test_a_wrong_header_opens_nothing(header: str) -> None:
    assert read_caller(RequestFactory().get("/", HTTP_AUTHORIZATION=header)) is None


def test_without_a_token_only_public_facts_are_open() -> None:
    caller = read_caller(RequestFactory().get("/"))

    assert caller is not None
    assert not caller.actor.has_perm("orgs.rename_org")
    assert caller.may("orgs:read")


def _form(**change: object) -> dict[str, object]:
    return {"label": "对账", "scopes": ["orgs:read"], "valid_until": timezone.localdate(), **change}


def test_a_token_is_made_shown_once_and_ended_on_the_pages(owner: User) -> None:
    mine = browser(owner)

    made = mine.post("/account/tokens/make/", _form())
    secret = made.context["secret"]
    listed = mine.get("/account/tokens/").content.decode()
    token = ApiToken.objects.get()
    ended = mine.post(f"/account/tokens/{token.uid}/end/")

    assert (made.status_code, made["Cache-Control"].count("no-store")) == (200, 1)
    assert (secret in made.content.decode(), secret in listed, "对账" in listed) == (True, False, True)
    assert (ended.status_code, _call(secret)) == (302, None)
    assert "已停用" in mine.get("/account/tokens/").content.decode()


def test_a_token_page_tells_what_is_wrong_and_keeps_what_was_typed(owner: User) -> None:
    answer = browser(owner).post("/account/tokens/make/", _form(valid_until="2001-01-01"))

    assert (answer.status_code, ApiToken.objects.count()) == (200, 0)
    assert answer.context["form"].errors["valid_until"] == ["到期日须在今天到一年之内。"]
    assert 'value="对账"' in answer.content.decode()


def test_a_new_token_asks_for_the_password_again() -> None:
    answer = browser(make_user(password=PASSWORD), proved=False).post("/account/tokens/make/", _form())

    assert (answer.status_code, ApiToken.objects.count()) == (302, 0)
    assert answer["Location"].startswith("/account/reauthenticate/")


def test_the_tokens_of_others_do_not_exist(owner: User) -> None:
    token, _secret = _made(owner)
    stranger = browser(make_user("stranger"))

    answers = [
        stranger.post(f"/account/tokens/{token.uid}/end/").status_code,
        Client().get("/account/tokens/").status_code,
    ]

    assert answers == [404, 302]
    assert "对账" not in stranger.get("/account/tokens/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_tokens_asks_a_fixed_number_of_questions(
    owner: User, count: int, django_assert_num_queries: object
) -> None:
    for _number in range(count):
        _made(owner)
    mine = browser(owner)
    mine.get("/account/tokens/")

    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
        mine.get("/account/tokens/")


LIST_QUERIES = 6
