"""The visible history of links and disputes, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models

from jiangxin.kernel.states import Flow
from jiangxin.kernel.states.models import Step


@dataclass(frozen=True)
class DoneStep:
    """One move: who made it, when, what it is called, and the note left with it."""

    at: datetime.datetime
    actor_label: str
    title: str
    note: str


def steps_of(thing: models.Model, flow: Flow) -> list[DoneStep]:
    """Every move of the thing, oldest first."""
    titles = {move.name: str(move.title) for move in flow.moves}
    return [
        DoneStep(step.at, step.actor_label, titles.get(step.move, step.move), step.note)
        for step in Step.objects.of(thing)
    ]
