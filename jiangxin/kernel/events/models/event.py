"""Event: one thing that happened, written once and never changed; audit trail and outbox in one table."""

from __future__ import annotations

from typing import ClassVar

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import UID_LENGTH, new_uid


class EventKind(models.TextChoices):
    ACTION = "action", _("办理")
    ANNOUNCEMENT = "announcement", _("通知")
    READING = "reading", _("查看")
    REFUSAL = "refusal", _("拒绝")
    SECURITY = "security", _("安全")


class Outcome(models.TextChoices):
    DONE = "done", _("成功")
    REFUSED = "refused", _("被拒绝")
    FAILED = "failed", _("失败")


NAMES = """
WITH RECURSIVE leap(name) AS (
    SELECT MIN(name) FROM events_event
    UNION ALL
    SELECT (SELECT MIN(name) FROM events_event WHERE name > leap.name) FROM leap WHERE leap.name IS NOT NULL
)
SELECT name FROM leap WHERE name IS NOT NULL
"""


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, object_type: str, object_id: str) -> EventQuerySet:
        """What happened to one thing, the latest first."""
        return self.filter(object_type=object_type, object_id=object_id).order_by("-id")

    def readings_of(self, object_type: str, object_id: str) -> EventQuerySet:
        """Who looked at one thing, the latest first."""
        return self.about(object_type, object_id).filter(kind=EventKind.READING)

    def names(self) -> list[str]:
        """Every name that stands in the log, in one query that leaps from name to name in the index."""
        with connection.cursor() as cursor:
            cursor.execute(NAMES)
            return [name for (name,) in cursor.fetchall()]

    def by_actor(self, actor_id: str) -> EventQuerySet:
        """What one actor did, the latest first."""
        return self.filter(actor=actor_id).order_by("-id")


class Event(models.Model):
    """Holds no foreign keys, so that nothing ever has to change it; triggers refuse UPDATE, DELETE and TRUNCATE.

    One change is let through: words about an erased person go (`forgetting.py`); `salts` keeps the leaf's digests.
    """

    uid = models.CharField(max_length=UID_LENGTH, default=new_uid, unique=True)
    kind = models.CharField(max_length=12, choices=EventKind)
    name = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    actor_label = models.CharField(max_length=128, blank=True)
    action = models.CharField(max_length=100, blank=True)
    chain = models.TextField(blank=True)
    object_type = models.CharField(max_length=64, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField(max_length=200, blank=True)
    opath = models.CharField(max_length=255, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    salts = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.DONE)
    at = models.DateTimeField(default=timezone.now)

    objects = EventQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.INTERNAL,
        "name": PrivacyClass.INTERNAL,
        "actor": PrivacyClass.INTERNAL,
        "actor_label": PrivacyClass.INTERNAL,
        "action": PrivacyClass.INTERNAL,
        "chain": PrivacyClass.INTERNAL,
        "object_type": PrivacyClass.INTERNAL,
        "object_id": PrivacyClass.INTERNAL,
        "object_label": PrivacyClass.INTERNAL,
        "opath": PrivacyClass.INTERNAL,
        "payload": PrivacyClass.INTERNAL,
        "salts": PrivacyClass.INTERNAL,
        "reason": PrivacyClass.INTERNAL,
        "request_id": PrivacyClass.INTERNAL,
        "outcome": PrivacyClass.INTERNAL,
        "at": PrivacyClass.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="event_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="event_of_object"),
            models.Index(
                fields=["object_type", "object_id", "id"],
                condition=Q(kind="reading"),
                name="event_reading_of_object",
            ),
            models.Index(fields=["actor", "id"], name="event_of_actor"),
            models.Index(fields=["kind", "id"], name="event_of_kind"),
            models.Index(fields=["name", "at"], name="event_of_name"),
            models.Index(fields=["at"], name="event_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.object_type} {self.object_id}".strip()
