"""What a user was told, and how the user wants to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jiangxin.accounts.models import Notice, NoticePreference, User
from jiangxin.kernel.modules import installed_modules

MAILED_BY_DEFAULT = frozenset({"accounts"})


@dataclass(frozen=True)
class Topic:
    """An app that sends notices, and whether the user wants them by mail too."""

    code: str
    title: str
    by_mail: bool


def notices_of(user: User) -> QuerySet[Notice]:
    """Return the user's notices, the newest first."""
    return Notice.objects.filter(user=user).order_by("-id")


def notice_of(user: User, uid: str) -> Notice | None:
    """Return one notice of this user, None for everybody else's."""
    return Notice.objects.filter(user=user, uid=uid).first()


def unread_count(actor: Any) -> int:
    """Return how many notices the actor has not opened; 0 for an actor without an inbox."""
    return Notice.objects.unread().filter(user=actor).count() if isinstance(actor, User) else 0


def topic_of(kind: str) -> str:
    """Return the topic (the app) of a kind of notice: "honours.conferred" → "honours"."""
    return kind.partition(".")[0]


def topics_of(user: User) -> list[Topic]:
    """Return every app that has something to tell, with the user's wish about mail."""
    wishes = dict(NoticePreference.objects.filter(user=user).values_list("kind", "by_mail"))
    return [
        Topic(module.app, str(module.title), wishes.get(module.app, module.app in MAILED_BY_DEFAULT))
        for module in installed_modules()
        if module.events
    ]


def wants_mail(user: User, kind: str) -> bool:
    """Tell whether this kind goes to the user by mail: an address, an active account and the wish."""
    if not user.email or not user.is_active:
        return False
    topic = topic_of(kind)
    wish = NoticePreference.objects.filter(user=user, kind=topic).values_list("by_mail", flat=True).first()
    return topic in MAILED_BY_DEFAULT if wish is None else wish
