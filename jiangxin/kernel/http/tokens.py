"""Reading API tokens: `jx_` and 43 characters, of which only the SHA-256 digest is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor, Anonymous
from jiangxin.kernel.http.models import ApiToken

PREFIX = "jx_"
SCOPES = {
    "register:read": _("职工名册"),
    "honours:read": _("荣誉与验证"),
    "orgs:read": _("组织名录"),
    "regions:read": _("地区、行业与职业代码"),
}


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


def read_caller(request: HttpRequest) -> Caller | None:
    """The caller of a request; None when a token is given that is not valid."""
    header = request.headers.get("Authorization", "")
    if not header:
        return Caller(Anonymous(), frozenset())
    kind, _space, secret = header.partition(" ")
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


def tokens_of(owner: Any) -> list[ApiToken]:
    """The tokens of an account, those in use first, then the latest."""
    return sorted(
        ApiToken.objects.filter(owner_key=owner.pk).order_by("-id")[:100],
        key=lambda token: not token.is_usable,
    )


def token_of(owner: Any, uid: str) -> ApiToken | None:
    """One token of an account; None when it has none of this address."""
    return ApiToken.objects.filter(owner_key=owner.pk, uid=uid).first()
