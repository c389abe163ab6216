"""Step: the visible history of a thing's states."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Cast

from jiangxin.kernel.privacy import PrivacyClass


class StepQuerySet(models.QuerySet["Step"]):
    def of(self, thing: models.Model) -> StepQuerySet:
        """The history of one thing, oldest first."""
        return self.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk)).order_by("id")


class Step(models.Model):
    """One move of one thing, never changed afterwards."""

    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=32)
    flow = models.CharField(max_length=64)
    move = models.CharField(max_length=32)
    source = models.CharField(max_length=32)
    target = models.CharField(max_length=32)
    actor = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=128)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = StepQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "object_type": PrivacyClass.INTERNAL,
        "object_id": PrivacyClass.INTERNAL,
        "flow": PrivacyClass.INTERNAL,
        "move": PrivacyClass.INTERNAL,
        "source": PrivacyClass.INTERNAL,
        "target": PrivacyClass.INTERNAL,
        "actor": PrivacyClass.INTERNAL,
        "actor_label": PrivacyClass.INTERNAL,
        "note": PrivacyClass.INTERNAL,
        "at": PrivacyClass.INTERNAL,
    }

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="step_of_thing")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}: {self.source} → {self.target}"


def moved_before(model: type[models.Model], *, target: str, before: datetime) -> models.QuerySet[Step, Any]:
    """Keys of the rows of one model that came to a state before a moment; for `pk__in`."""
    moves = Step.objects.filter(object_type=model._meta.label_lower, target=target, at__lt=before)
    return moves.annotate(key=Cast("object_id", models.BigIntegerField())).values("key")


def forget_steps(model: type[models.Model], keys: Iterable[int]) -> int:
    """Delete the history of rows of one model that are gone, or whose person may be told of no longer; returns how many."""
    steps = Step.objects.filter(object_type=model._meta.label_lower, object_id__in=[str(key) for key in keys])
    return steps.delete()[0]


def forget_notes(model: type[models.Model], keys: Iterable[int]) -> int:
    """Empty what was noted at the moves of rows that stay; who moved them and when stays too. Returns how many."""
    steps = Step.objects.filter(object_type=model._meta.label_lower, object_id__in=[str(key) for key in keys])
    return steps.exclude(note="").update(note="")


def forget_actor(actor_id: str) -> int:
    """Take the name of somebody who left out of every history; their id stays. Returns how many."""
    return Step.objects.filter(actor=actor_id).update(actor_label="")
