"""Verbs: one permission check at the outermost verb, one transaction, one event."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from jiangxin.kernel.access import Actor, Refused, SystemActor
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import Event
from jiangxin.kernel.http.models import ApiToken

pytestmark = pytest.mark.django_db


@dataclass
class Officer:
    """An actor that holds exactly the named permissions, and remembers what it was asked."""

    holds: frozenset[str] = frozenset()
    asked: list[tuple[str, object]] = field(default_factory=list)
    actor_id: str = "user:1"
    actor_label: str = "许青禾"

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        self.asked.append((perm, obj))
        return perm in self.holds

    def paths_for(self, code: str) -> tuple[str, ...]:
        return ("",) if code in self.holds else ()


@action("http.rename_token")
def rename_token(token: ApiToken, *, label: str, by: Actor) -> ApiToken:
    token.label = label
    token.save(update_fields=["label"])
    return token


@action("http.rename_twice")
def rename_twice(token: ApiToken, *, by: Actor) -> ApiToken:
    rename_token(token, label="一", by=by)
    return rename_token(token, label="二", by=by)


@action("http.rename_badly")
def rename_badly(token: ApiToken, *, by: Actor) -> None:
    rename_token(token, label="三", by=by)
    raise Refused("不行")


@pytest.fixture
def token() -> ApiToken:
    return ApiToken.objects.create(owner_key=1, label="起初", digest="1" * 64)


def test_a_verb_without_permission_is_refused_and_logged(token: ApiToken) -> None:
    with pytest.raises(Refused) as refusal:
        rename_token(token, label="新", by=Officer())

    token.refresh_from_db()
    assert (refusal.value.code, token.label) == ("no_permission", "起初")
    assert Event.objects.get().kind == "refusal"


def test_a_verb_asks_for_permission_on_the_thing(token: ApiToken) -> None:
    officer = Officer(frozenset({"http.rename_token"}))

    rename_token(token, label="新", by=officer)

    assert officer.asked == [("http.rename_token", token)]


def test_inner_verbs_inherit_the_authority_and_leave_one_event(token: ApiToken) -> None:
    officer = Officer(frozenset({"http.rename_twice"}))

    rename_twice(token, by=officer)

    event = Event.objects.get()
    assert [code for code, _ in officer.asked] == ["http.rename_twice"]
    assert (event.name, event.actor, token.label) == ("http.rename_twice", "user:1", "二")


def test_a_refusal_inside_takes_everything_back(token: ApiToken) -> None:
    with pytest.raises(Refused):
        rename_badly(token, by=SystemActor("test"))

    token.refresh_from_db()
    assert token.label == "起初"
    assert Event.objects.filter(kind="action").count() == 0


def test_a_verb_must_name_its_actor() -> None:
    with pytest.raises(TypeError, match="by="):

        @action("http.drop_token")
        def drop_token(token: ApiToken) -> None:
            """A verb that forgot its actor."""
