"""Verbs of saved filters: keep one under a name, forget it."""

from __future__ import annotations

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.ui.conditions import conditions
from jiangxin.kernel.ui.models import SavedFilter

MOST_FILTERS = 12
LONGEST_NAME, LONGEST_QUERY = 30, 500


@action("ui.keep_filter")
def keep_filter(*, path: str, name: str, query: str, by: Actor) -> SavedFilter:
    """Keep the conditions of a list; the same name again takes the new ones.

    Raises Refused without a name or conditions, for what is too long, an address that is no list, or too many filters.
    """
    name, query = name.strip(), conditions(query)
    _check(path=path, name=name, query=query)
    own = SavedFilter.objects.of(by).filter(path=path)
    if own.exclude(name=name).count() >= MOST_FILTERS:
        raise Refused(_("一个列表最多保存 12 组条件，请先删去一组。"), code="too_many", field="name")
    kept, _made = SavedFilter.objects.update_or_create(
        actor=by.actor_id, path=path, name=name, defaults={"query": query}
    )
    return kept


@action("ui.forget_filter")
def forget_filter(saved: SavedFilter, *, by: Actor) -> None:
    """Forget a kept filter."""
    del by
    saved.delete()


def _check(*, path: str, name: str, query: str) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise Refused(_("请给这组条件起一个 30 字以内的名称。"), code="no_name", field="name")
    if not query:
        raise Refused(_("还没有筛选条件，不需要保存。"), code="no_conditions")
    if len(query) > LONGEST_QUERY or len(path) > 120:
        raise Refused(_("筛选条件太长，不能保存。"), code="too_long")
    try:
        resolve(path)
    except Resolver404:
        raise Refused(_("没有这个列表。"), code="no_list") from None
