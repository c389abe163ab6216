"""Making and reading API tokens: `jx_` and 43 characters, of which only the SHA-256 digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import timezone

from jiangxin.kernel.access import Actor, Anonymous, Refused
from jiangxin.kernel.http.models import ApiToken

PREFIX = "jx_"
SCOPES = ("register:read", "honours:read", "orgs:read", "regions:read")


@dataclass(frozen=True)
class Caller:
    """Who calls the API: an anonymous visitor may read what is public, a token adds its owner's rights."""

    actor: Actor
    scopes: frozenset[str]
    token: ApiToken | None = None

    def may(self, scope: str) -> bool:
        return self.token is None or scope in self.scopes


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make_token(owner: Any, *, label: str, scopes: list[str], days: int | None = 365) -> tuple[ApiToken, str]:
    """A new token and its secret, which is never shown again. Raises Refused for an unknown scope."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown:
        raise Refused(f"没有这样的范围：{'、'.join(unknown)}", code="unknown_scope", field="scopes")
    secret = PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(days=days) if days else None
    token = ApiToken.objects.create(
        owner_key=owner.pk,
        label=label,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        expires_at=expires,
    )
    return token, secret


def end_token(token: ApiToken) -> None:
    """Stop a token at once."""
    ApiToken.objects.filter(pk=token.pk, ended_at__isnull=True).update(ended_at=timezone.now())


def read_caller(request: HttpRequest) -> Caller | None:
    """The caller of a request; None when a token is given that is not valid."""
    header = request.headers.get("Authorization", "")
    if not header:
        return Caller(Anonymous(), frozenset())
    kind, _, secret = header.partition(" ")
    if kind.lower() != "bearer" or not secret.startswith(PREFIX):
        return None
    token = ApiToken.objects.usable().filter(digest=digest_of(secret.strip())).first()
    owner = get_user_model().objects.filter(pk=token.owner_key, is_active=True).first() if token else None
    if token is None or owner is None:
        return None
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return Caller(owner, frozenset(token.scopes), token)
