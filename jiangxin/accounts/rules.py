"""May this actor? Predicates over an actor and a thing; no writes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jiangxin.accounts.words import ADMIN_ROLES, APPOINTS, IMPLICIT_ROLES


@dataclass(frozen=True)
class Held:
    """A role somebody holds now. `path` is the organisation's path; "" is the whole country, None no place at all."""

    role: str
    path: str | None

    def covers(self, opath: str) -> bool:
        """Tell whether the role reaches the organisation at `opath` ("" = national or none)."""
        return self.path is not None and opath.startswith(self.path)


def is_own_account(actor: Any, thing: Any) -> bool:
    """The thing is the actor's own account."""
    return _user_key(actor) is not None and getattr(thing, "pk", None) == _user_key(actor) and _is_user(thing)


def belongs_to_actor(actor: Any, thing: Any) -> bool:
    """The thing (grant, notice, claim) names the actor as its user."""
    return _user_key(actor) is not None and getattr(thing, "user_id", None) == _user_key(actor)


def may_appoint(held: Iterable[Held], role: str, path: str) -> bool:
    """Tell whether one of the held roles may give `role` on the organisation at `path`."""
    return any(role in APPOINTS.get(each.role, ()) and each.covers(path) for each in held)


def clashing_roles(role: str, others: Iterable[str]) -> list[str]:
    """Return those of `others` that may not stand beside `role` on one account.

    The three administrator offices exclude each other (GB/T 22239-2019 §8.1.5); the audit administrator reads logs
    and nothing else, so that office excludes every staff role.
    """
    return sorted(each for each in set(others) - {role} if _clash(role, each) or _clash(each, role))


def digest_of(secret: str) -> str:
    """Return what is stored of an invitation's secret: its SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _clash(role: str, other: str) -> bool:
    if role in ADMIN_ROLES and other in ADMIN_ROLES:
        return True
    return role == "audit_admin" and other not in IMPLICIT_ROLES


def _user_key(actor: Any) -> int | None:
    return getattr(actor, "pk", None) if _is_user(actor) else None


def _is_user(thing: Any) -> bool:
    meta = getattr(thing, "_meta", None)
    return meta is not None and meta.label == "accounts.User"
