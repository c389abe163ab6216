"""Verbs of API tokens and of the log: make, end, export."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import record_security
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.http.tokens import PREFIX, SCOPES, digest_of

LONGEST = timedelta(days=366)
MOST_TOKENS = 20


@action("http.make_token")
def make_token(
    owner: Any, *, label: str, scopes: Iterable[str], by: Actor, valid_until: date | None = None
) -> tuple[ApiToken, str]:
    """A new token of an account and its secret, which is never shown again; valid to the end of the day, a year at most.

    Raises Refused for an unknown scope, none at all, a day that is past or too far, an empty label, or too many tokens.
    """
    wanted = sorted(set(scopes))
    last_day = valid_until or timezone.localdate() + timedelta(days=365)
    _check(owner, label=label, scopes=wanted, last_day=last_day)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        owner_key=owner.pk,
        label=label.strip(),
        digest=digest_of(secret),
        scopes=wanted,
        expires_at=timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min)),
    )
    record_security(
        "http.token_made", token, by=by, payload={"scopes": wanted, "until": last_day.isoformat()}
    )
    return token, secret


def _check(owner: Any, *, label: str, scopes: list[str], last_day: date) -> None:
    unknown = [scope for scope in scopes if scope not in SCOPES]
    today = timezone.localdate()
    if unknown:
        sentence = _("没有这样的范围：%(scopes)s") % {"scopes": "、".join(unknown)}
        raise Refused(sentence, code="unknown_scope", field="scopes")
    if not scopes:
        raise Refused(_("请至少选择一个范围。"), code="no_scope", field="scopes")
    if not label.strip():
        raise Refused(_("请写明令牌的用途。"), code="no_label", field="label")
    if not today <= last_day <= today + LONGEST:
        raise Refused(_("到期日须在今天到一年之内。"), code="bad_day", field="valid_until")
    if ApiToken.objects.usable().filter(owner_key=owner.pk).count() >= MOST_TOKENS:
        sentence = _("一个账号最多有 %(most)d 个有效令牌，请先停用不用的。") % {"most": MOST_TOKENS}
        raise Refused(sentence, code="too_many_tokens")


@action("http.end_token")
def end_token(token: ApiToken, *, by: Actor) -> ApiToken:
    """Stop a token at once; ending it again changes nothing."""
    ended = ApiToken.objects.filter(pk=token.pk, ended_at__isnull=True).update(ended_at=timezone.now())
    if ended:
        record_security("http.token_ended", token, by=by)
    token.refresh_from_db(fields=["ended_at"])
    return token


@action("http.end_token")
def forget_tokens(owner: Any, *, by: Actor) -> int:
    """Remove every token of an account that is closed for good, with what they were called; returns how many."""
    count, _kinds = ApiToken.objects.filter(owner_key=owner.pk).delete()
    if count:
        record_security("http.token_ended", by=by, payload={"count": count})
    return count


@action("events.export_log")
def note_log_export(filters: dict[str, str], *, by: Actor) -> None:
    """Write that the log was exported, and which part of it."""
    record_security("events.log_exported", by=by, payload={"filters": filters})
