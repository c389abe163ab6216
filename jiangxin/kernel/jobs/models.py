"""The nouns of background work: workers, the schedule's clock and the progress of long work."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import UID_LENGTH, new_uid


class Worker(models.Model):
    """A process (or thread) that runs jobs; `beat` grows while it lives, so that no clock is needed to see it die."""

    uid = models.CharField(max_length=UID_LENGTH, primary_key=True, default=new_uid)
    host = models.CharField(max_length=200, blank=True)
    pid = models.PositiveIntegerField()
    process_start = models.CharField(max_length=40, blank=True)
    beat = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "uid": PrivacyClass.INTERNAL,
        "host": PrivacyClass.INTERNAL,
        "pid": PrivacyClass.INTERNAL,
        "process_start": PrivacyClass.INTERNAL,
        "beat": PrivacyClass.INTERNAL,
        "started_at": PrivacyClass.INTERNAL,
        "seen_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return self.uid


class ScheduleClock(models.Model):
    """When a scheduled job is due next; whoever moves `next_at` on enqueues it."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "name": PrivacyClass.INTERNAL,
        "next_at": PrivacyClass.INTERNAL,
        "last_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return self.name


class ProgressState(models.TextChoices):
    WAITING = "waiting", _("等待开始")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


OPEN = (ProgressState.WAITING, ProgressState.RUNNING)


class ProgressQuerySet(models.QuerySet["Progress"]):
    def begun_by(self, actor_id: str) -> ProgressQuerySet:
        """One actor's long work, the latest first."""
        return self.filter(actor=actor_id).order_by("-id")

    def still_open(self) -> ProgressQuerySet:
        return self.filter(state__in=OPEN)


class Progress(models.Model):
    """How far a long piece of work is, for the person who waits for it."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid)
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    actor = models.CharField(max_length=100)
    opath = models.CharField(max_length=255, blank=True)
    job_id = models.CharField(max_length=36, blank=True)
    total = models.BigIntegerField(null=True, blank=True)
    done = models.BigIntegerField(default=0)
    rate = models.FloatField(default=0.0)
    state = models.CharField(max_length=10, choices=ProgressState, default=ProgressState.WAITING)
    message = models.TextField(blank=True)
    result = models.TextField(blank=True)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ProgressQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.INTERNAL,
        "label": PrivacyClass.INTERNAL,
        "actor": PrivacyClass.INTERNAL,
        "opath": PrivacyClass.INTERNAL,
        "job_id": PrivacyClass.INTERNAL,
        "total": PrivacyClass.INTERNAL,
        "done": PrivacyClass.INTERNAL,
        "rate": PrivacyClass.INTERNAL,
        "state": PrivacyClass.INTERNAL,
        "message": PrivacyClass.INTERNAL,
        "result": PrivacyClass.INTERNAL,
        "cancel_requested": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
        "started_at": PrivacyClass.INTERNAL,
        "ended_at": PrivacyClass.INTERNAL,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProgressState.values), name="progress_state_known"),
            models.CheckConstraint(condition=Q(done__gte=0), name="progress_done_not_negative"),
        ]
        indexes = [
            models.Index(fields=["actor", "id"], name="progress_of_actor"),
            models.Index(
                fields=["job_id"], condition=Q(state__in=("waiting", "running")), name="progress_open_of_job"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def percent(self) -> int | None:
        """0 … 100, or None while the total is unknown."""
        if self.total is None:
            return None
        return 100 if self.total <= 0 else min(100, self.done * 100 // self.total)

    @property
    def seconds_left(self) -> int | None:
        """A guess from the rate so far, or None."""
        if self.total is None or self.rate <= 0 or self.state != ProgressState.RUNNING:
            return None
        return max(0, round((self.total - self.done) / self.rate))
