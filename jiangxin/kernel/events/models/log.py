"""The Merkle log over the events: waiting room, numbered entries, hash tiles, head and signed checkpoints."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jiangxin.kernel.privacy import PrivacyClass


class PendingEvent(models.Model):
    """An event that is committed but has no number yet; a trigger writes it beside the event."""

    event_id = models.BigIntegerField(primary_key=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {"event_id": PrivacyClass.INTERNAL}

    def __str__(self) -> str:
        return str(self.event_id)


class LogEntry(models.Model):
    """The number an event got in the log: 0, 1, 2 … without gaps. Append-only, like the event."""

    sequence = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "sequence": PrivacyClass.INTERNAL,
        "event_id": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.sequence}: {self.event_id}"


class HashTile(models.Model):
    """Up to 256 hashes of 32 bytes, one after the other.

    Level 0 holds leaf hashes; a hash of level n is the root of one full tile of level n - 1.
    """

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField(max_length=256 * 32)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "level": PrivacyClass.INTERNAL,
        "index": PrivacyClass.INTERNAL,
        "hashes": PrivacyClass.INTERNAL,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class LogHead(models.Model):
    """The one row that says how long the log is; whoever numbers events holds its lock."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(max_length=32)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "size": PrivacyClass.INTERNAL,
        "root": PrivacyClass.INTERNAL,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="log_head_single")]

    def __str__(self) -> str:
        return str(self.size)


class Checkpoint(models.Model):
    """A signed statement of the log's size and root at a time; `note` is the signed text itself. Append-only."""

    origin = models.CharField(max_length=100)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "origin": PrivacyClass.PUBLIC,
        "size": PrivacyClass.PUBLIC,
        "root": PrivacyClass.PUBLIC,
        "note": PrivacyClass.PUBLIC,
        "at": PrivacyClass.PUBLIC,
    }

    def __str__(self) -> str:
        return f"{self.origin} {self.size}"
