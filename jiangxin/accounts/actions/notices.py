"""Telling users something: into the inbox at once, by mail for those who want it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise

from jiangxin.accounts.models import Notice, NoticePreference, User
from jiangxin.accounts.queries.inbox import wants_mail
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.sayings import say, say_again


@action("accounts.send_notice", on="about")
def notify(
    users: Iterable[User],
    *,
    kind: str,
    title: str | Promise,
    by: Actor,
    body: str | Promise = "",
    link: str = "",
    dedupe_key: str = "",
    about: object | None = None,
) -> list[Notice]:
    """Put a notice into each user's inbox; mail follows after the commit for those who want it.

    `kind` reads "app.what"; `link` is an address on this site. With a `dedupe_key` a user gets the notice once,
    however often a reaction repeats. Each reads title and body in the own language where they were said or marked lazily
    (`kernel.text.sayings`). Returns the notices that are new.
    """
    new = []
    row = {"kind": kind, "link": link, "dedupe_key": dedupe_key, **_said(title, body)}
    for user in {user.pk: user for user in users}.values():
        notice = _put(user, by, **row)
        if notice is not None:
            new.append(notice)
            announce("accounts.notice_sent", notice, notice=notice.uid)
    return new


@action("accounts.read_notice")
def read_notice(notice: Notice, *, by: Actor) -> Notice:
    """Mark one notice as read; a second time changes nothing."""
    if notice.read_at is None:
        notice.read_at = timezone.now()
        Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=notice.read_at)
    return notice


@action("accounts.edit_account")
def read_all_notices(user: User, *, by: Actor) -> int:
    """Mark all the user's notices as read; return how many were not."""
    return Notice.objects.unread().filter(user=user).update(read_at=timezone.now())


@action("accounts.edit_account")
def choose_notices(user: User, *, by_mail: Mapping[str, bool], by: Actor) -> User:
    """Set for each topic whether its notices come by mail too."""
    for topic, wanted in by_mail.items():
        NoticePreference.objects.update_or_create(user=user, kind=topic, defaults={"by_mail": wanted})
    return user


@action("accounts.send_notice")
def mail_notice(notice_uid: str, *, by: Actor) -> Notice | None:
    """Mail a notice to its user if wanted; None when it was not, or was mailed before."""
    notice = Notice.objects.select_related("user").filter(uid=notice_uid, mailed_at__isnull=True).first()
    if notice is None or not wants_mail(notice.user, notice.kind):
        return None
    Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
    with translation.override(settings.LANGUAGE_CODE):
        lines = [notice.body, f"{settings.PUBLIC_URL}{notice.link}" if notice.link else ""]
        send_mail(notice.title, "\n\n".join(filter(None, lines)), None, [notice.user.email])
    return notice


def _said(title: str | Promise, body: str | Promise) -> dict[str, Any]:
    """The texts in the language of the source, and what it takes to say them in another."""
    said = {"title": say(title).kept, "body": say(body).kept}
    with translation.override(settings.LANGUAGE_CODE):
        return {"title": say_again(said["title"])[:200], "body": say_again(said["body"]), "said": said}


def _put(user: User, by: Actor, *, dedupe_key: str, **row: Any) -> Notice | None:
    row |= {"sender": by.actor_id, "sender_label": by.actor_label[:120]}
    with transaction.atomic():
        if not dedupe_key:
            return Notice.objects.create(user=user, **row)
        notice, created = Notice.objects.get_or_create(user=user, dedupe_key=dedupe_key, defaults=row)
        return notice if created else None
