"""The kept filters of the list that is shown, for the filter bar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from jiangxin.kernel.access import Actor
from jiangxin.kernel.ui.conditions import conditions
from jiangxin.kernel.ui.models import SavedFilter


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A kept filter as a link."""

    uid: str
    name: str
    url: str
    current: bool


class Filters:
    """The kept filters of one request; looked up when a filter bar asks."""

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.path = request.path
        self.query = conditions(request.META.get("QUERY_STRING", ""))
        self.actor = actor

    @cached_property
    def saved(self) -> list[FilterLink]:
        """Those of this list and this actor, the oldest first. One query; none for a visitor."""
        if not self.actor.is_authenticated:
            return []
        kept = SavedFilter.objects.of(self.actor).filter(path=self.path).order_by("pk")
        return [
            FilterLink(each.uid, each.name, f"{each.path}?{each.query}", each.query == self.query)
            for each in kept
        ]

    @property
    def is_new(self) -> bool:
        """Whether there are conditions worth keeping that are not kept yet."""
        known = any(each.current for each in self.saved)
        return self.actor.is_authenticated and bool(self.query) and not known
