"""Who may do what where: the roles a user holds now, and the answer to has_perm."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from jiangxin.accounts.models import Grant, User, UserQuerySet
from jiangxin.accounts.rules import Held
from jiangxin.kernel.access import Permission
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.modules import permission, roles
from jiangxin.orgs.models.paths import ancestor_paths

_CACHE = "_held_roles"
NATIONAL = "national"


def held_roles(user: User) -> tuple[Held, ...]:
    """Return the roles in force today; asked once per user object, so once per request.

    A grant on the national organisation has the path "" and reaches everything. Every user is a member, and a user
    tied to a worker record a worker, without a place: that opens pages, while single things are reached by owning.
    """
    cached: tuple[Held, ...] | None = user.__dict__.get(_CACHE)
    if cached is None:
        rows = Grant.objects.in_force().filter(user=user).values_list("role", "org__path", "org__kind")
        held = [Held(role, "" if kind == NATIONAL else path) for role, path, kind in rows]
        held.append(Held("member", None))
        if user.person_id is not None:
            held.append(Held("worker", None))
        cached = user.__dict__[_CACHE] = tuple(held)
    return cached


def forget_roles(user: User) -> None:
    """Ask the database again at the next question (after a grant or an end)."""
    user.__dict__.pop(_CACHE, None)


def allowed(actor: Any, code: str, thing: Any = None) -> bool:
    """Tell whether a user (or a visitor) may do `code` to `thing`; without a thing: anywhere at all.

    Allowed = (a role that holds the permission and covers the thing's opath, or own, or public) and not veto.
    Raises KeyError for a permission nobody declared.
    """
    asked = permission(code)
    if thing is not None and asked.veto is not None and asked.veto(actor, thing):
        return False
    if asked.public:
        return True
    if not isinstance(actor, User) or not actor.is_active:
        return False
    return _by_role(actor, asked, thing) or _by_owning(actor, asked, thing)


def _by_role(user: User, asked: Permission, thing: Any) -> bool:
    fitting = [each for each in held_roles(user) if each.role in asked.roles]
    if thing is None:
        return bool(fitting)
    opath = str(getattr(thing, "opath", "") or "")
    return any(each.covers(opath) for each in fitting)


def _by_owning(user: User, asked: Permission, thing: Any) -> bool:
    return thing is not None and asked.own is not None and bool(asked.own(user, thing))


def scopes(actor: Any, code: str) -> tuple[str, ...]:
    """Return the paths below which the actor may do `code`, widest only; ("",) is everything, () nothing."""
    if not isinstance(actor, User):
        return tuple(actor.paths_for(code))
    if not actor.is_active:
        return ()
    asked = permission(code)
    if asked.public:
        return ("",)
    paths = sorted({h.path for h in held_roles(actor) if h.role in asked.roles and h.path is not None})
    widest: list[str] = []
    for path in paths:
        if not any(path.startswith(upper) for upper in widest):
            widest.append(path)
    return tuple(widest)


def users_with(code: str, opath: str = "") -> UserQuerySet:
    """Return active users whose roles let them do `code` on things of the organisation at `opath`.

    Conditions on single things (own, veto) are not looked at; `""` finds those with a national grant.
    """
    places = Q(org__kind=NATIONAL) | Q(org__path__in=ancestor_paths(opath))
    grants = Grant.objects.in_force(timezone.localdate()).filter(places, role__in=permission(code).roles)
    return User.objects.active().filter(pk__in=grants.values("user"))


def staff_roles(user: User) -> tuple[str, ...]:
    """Return the ids of the roles in force that demand a second factor, sorted."""
    known = roles()
    return tuple(sorted({h.role for h in held_roles(user) if h.role not in known or known[h.role].staff}))


def role_label(role: str) -> Label:
    """Return the role's name, to be said in any language; an unknown id is shown as it is."""
    known = roles().get(role)
    return known.title if known else role


def role_title(role: str) -> str:
    """Return the role's name in the reader's language."""
    return str(role_label(role))
