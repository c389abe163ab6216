"""Receipt: one reaction's copy of one announcement, and whether its effect is done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass


class ReceiptState(models.TextChoices):
    WAITING = "waiting", _("等待处理")
    RUNNING = "running", _("处理中")
    DONE = "done", _("已处理")
    DEAD = "dead", _("多次失败，已停止")


class Receipt(models.Model):
    """The effect of a reaction and `state = done` are one transaction, so a repeat finds nothing left to do."""

    event_id = models.BigIntegerField()
    sequence = models.BigIntegerField()
    reaction = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=ReceiptState, default=ReceiptState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    worker = models.CharField(max_length=26, blank=True)
    error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "event_id": PrivacyClass.INTERNAL,
        "sequence": PrivacyClass.INTERNAL,
        "reaction": PrivacyClass.INTERNAL,
        "state": PrivacyClass.INTERNAL,
        "attempts": PrivacyClass.INTERNAL,
        "due_at": PrivacyClass.INTERNAL,
        "worker": PrivacyClass.INTERNAL,
        "error": PrivacyClass.INTERNAL,
        "done_at": PrivacyClass.INTERNAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_id", "reaction"], name="receipt_once"),
            models.UniqueConstraint(
                fields=["reaction"], condition=Q(state="running"), name="receipt_one_running_per_reaction"
            ),
            models.CheckConstraint(condition=Q(state__in=ReceiptState.values), name="receipt_state_known"),
        ]
        indexes = [
            models.Index(
                fields=["reaction", "sequence"], condition=Q(state="waiting"), name="receipt_waiting"
            ),
            models.Index(
                fields=["state", "id"], condition=Q(state__in=("running", "dead")), name="receipt_watch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} {self.sequence}"
