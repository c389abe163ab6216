"""What waits for an officer, over all apps, and what the officer did last."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from jiangxin.kernel.access import Actor
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.events import Event, EventKind
from jiangxin.kernel.modules import installed_modules, named
from jiangxin.kernel.modules.register import permissions

RECENT = 10


@dataclass(frozen=True)
class Waiting:
    """Something that waits: what, how many, and where it is done."""

    title: Label
    count: int
    url: str


@dataclass(frozen=True)
class Done:
    """Something the officer did."""

    title: Label
    about: str
    at: datetime.datetime


def waiting_for(actor: Actor) -> list[Waiting]:
    """The to-dos of the workbench the actor may do and that have something waiting."""
    todos = [todo for module in installed_modules() for todo in module.todos if todo.area == "workbench"]
    found = []
    for todo in sorted(todos, key=lambda each: each.order):
        if todo.permission and not actor.has_perm(todo.permission):
            continue
        count = int(named(todo.count)(actor))
        url = _address(todo.url_name)
        if count and url:
            found.append(Waiting(todo.title, count, url))
    return found


def done_lately(actor: Actor) -> list[Done]:
    """The actor's latest deeds, from the log; the steps of one deed, one after the other, are told once."""
    known = permissions()
    deeds = Event.objects.by_actor(actor.actor_id).filter(kind=EventKind.ACTION)[: RECENT * 5]
    told = [event for event in deeds if event.name in known]
    first = [
        event
        for nth, event in enumerate(told)
        if not nth or (event.name, event.object_label) != (told[nth - 1].name, told[nth - 1].object_label)
    ]
    return [Done(known[event.name].title, event.object_label, event.at) for event in first[:RECENT]]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
