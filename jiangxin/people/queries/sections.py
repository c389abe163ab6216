"""Parts that other apps put on pages of people, and what waits for a worker; read from the register of modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from jiangxin.kernel.access import Actor
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.modules import installed_modules, named
from jiangxin.people.models import Person

HEAD_BEFORE = 100


@dataclass(frozen=True)
class Section:
    """A part of a page: its template and the values it is filled with (as ``part``)."""

    template: str
    part: dict[str, Any]
    is_head: bool


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the worker."""

    title: Label
    url: str
    count: int


def sections_for(place: str, person: Person, actor: Actor) -> list[Section]:
    """The parts other apps offer for this place, in order; those ordered before 100 stand above the timeline.

    A section's ``render`` is (person, actor) -> dict; an empty dict leaves it out.
    """
    offered = [
        section for module in installed_modules() for section in module.sections if section.place == place
    ]
    found = []
    for section in sorted(offered, key=lambda each: each.order):
        part = named(section.render)(person, actor)
        if part:
            found.append(Section(section.template, part, section.order < HEAD_BEFORE))
    return found


def waiting_for_worker(actor: Actor) -> list[Waiting]:
    """What waits for the worker today, over all apps; nothing is listed that does not wait."""
    todos = [todo for module in installed_modules() for todo in module.todos if todo.area == "worker"]
    found = []
    for todo in sorted(todos, key=lambda each: each.order):
        if todo.permission and not actor.has_perm(todo.permission):
            continue
        count = int(named(todo.count)(actor))
        if count and (url := _address(todo.url_name)):
            found.append(Waiting(todo.title, url, count))
    return found


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
