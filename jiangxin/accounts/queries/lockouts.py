"""Accounts that are locked after too many wrong passwords or codes (the counts are kept by django-axes)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from jiangxin.accounts.models import User
from jiangxin.kernel.access import Actor, covered_by


@dataclass(frozen=True)
class Lockout:
    """One locked account: how often it failed, since when, and when the lock falls by itself."""

    user: User
    failures: int
    last_at: datetime
    until: datetime


def account_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the user name that a sign-in is counted under; a mail address counts for its account.

    Called by django-axes. An unknown name is returned as typed, in lower case, so it is counted all the same.
    """
    given = credentials or {}
    typed = given.get("username") or given.get("email")
    if not typed and request is not None:
        typed = request.POST.get("login", "")
    name = str(typed or "").strip().lower()[:254]
    if "@" in name:
        found = User.objects.filter(email__iexact=name).values_list("username", flat=True).first()
        return found or name
    return name


def user_named(username: str) -> User | None:
    """Return the account of this user name, None when nobody has it."""
    return User.objects.filter(username=username).first()


def _locked_names() -> dict[str, tuple[int, datetime]]:
    since = timezone.now() - _cool_off()
    rows = (
        AccessAttempt.objects.filter(attempt_time__gte=since)
        .values("username")
        .annotate(failures=Sum("failures_since_start"), last_at=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    return {row["username"]: (row["failures"], row["last_at"]) for row in rows if row["username"]}


def _cool_off() -> timedelta:
    pause: timedelta = settings.AXES_COOLOFF_TIME
    return pause


def lockouts(actor: Actor) -> list[Lockout]:
    """Return the locked accounts the actor may release, the latest first."""
    locked = _locked_names()
    visible = covered_by(actor, "accounts.release_lockout", field="org__path")
    users = User.objects.filter(visible, username__in=locked).select_related("org")
    found = [Lockout(user, *locked[user.username], locked[user.username][1] + _cool_off()) for user in users]
    return sorted(found, key=lambda each: each.last_at, reverse=True)


def lockouts_count(actor: Actor) -> int:
    """Return how many locked accounts wait for the actor."""
    return len(lockouts(actor))


def is_locked(user: User) -> bool:
    """Tell whether this account is locked now."""
    return user.username in _locked_names()
