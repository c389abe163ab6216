"""Narrowing lists to what an actor's grants cover, by range over organisation paths."""

from __future__ import annotations

from django.db.models import Q

from jiangxin.kernel.access.actors import Actor

AFTER = "~"


def within(paths: tuple[str, ...], *, field: str = "opath") -> Q:
    """The condition "at or below one of the paths"; "" means everywhere, no path matches nothing."""
    if "" in paths:
        return ~Q(pk__in=[])  # not an empty Q(), which would vanish beside another condition
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__gte": path, f"{field}__lt": path + AFTER})
    return condition


def covered_by(actor: Actor, code: str, *, field: str = "opath") -> Q:
    """The condition "this actor's roles give the permission there"."""
    return within(actor.paths_for(code), field=field)
