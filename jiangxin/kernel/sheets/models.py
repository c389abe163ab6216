"""ImportRun: one file on its way in, with its checkpoint; ImportLine: what was found or done, row by row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from jiangxin.kernel.access import Actor
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.sheets.findings import Severity
from jiangxin.kernel.sheets.flow import FLOW
from jiangxin.kernel.text.ids import UID_LENGTH, new_uid
from jiangxin.kernel.text.sayings import Said, kept_of, say_again

GOING_ON = ("applying", "failed")
CLOSED = ("refused", "discarded", "done", "undone")
PHASES = [("read", "read"), ("check", "check"), ("apply", "apply")]
_SEVERITIES = [(each.value, each.label) for each in Severity]


def as_kept(sentence: str) -> dict[str, Any]:
    """The two columns of a sentence: in the language of the source, and how it was put together if it was."""
    return {"message": sentence, "said": sentence.kept if isinstance(sentence, Said) else {}}


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def begun_by(self, actor: Actor) -> ImportRunQuerySet:
        """One actor's imports, the latest first."""
        return self.filter(actor=actor.actor_id).order_by("-id")

    def of_same_file(self, run: ImportRun) -> ImportRunQuerySet:
        """Finished imports of the very same bytes into the same sheet."""
        return self.filter(sheet=run.sheet, sha256=run.sha256, state="done").exclude(pk=run.pk)

    def untouched_since(self, before: datetime) -> ImportRunQuerySet:
        """Imports that still hold their lines though nothing moved in them since; never one that may yet go on."""
        moments = ("created_at", "checked_at", "started_at", "ended_at", "progress__created_at")
        idle = self.filter(emptied_at=None).exclude(state__in=GOING_ON)
        for moment in moments:
            idle = idle.exclude(**{f"{moment}__gte": before})
        return idle

    def closed_with_file(self) -> ImportRunQuerySet:
        """Imports whose kept file nothing needs any more."""
        closed = self.filter(state__in=CLOSED, file__removed_at=None)
        return closed.select_related("file").order_by("id")


class ImportRun(models.Model):
    """One import. `last_row` and `batches_done` are the checkpoint, moved in the transaction of each batch.

    `message` is in the language of the source, `said` what is needed to say it in another; so with its lines.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    sheet = models.CharField(max_length=80)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    opath = models.CharField(max_length=255, blank=True)
    actor = models.CharField(max_length=100)
    actor_label = models.CharField(max_length=128)
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=FLOW.choices(), default="uploaded")
    unknown_columns = models.JSONField(default=list, blank=True)
    checked = models.JSONField(default=dict, blank=True)
    applied = models.JSONField(default=dict, blank=True)
    last_row = models.PositiveIntegerField(default=0)
    batches_done = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    said = models.JSONField(default=dict, blank=True)
    progress = models.ForeignKey(
        "jobs.Progress", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        [
            "id",
            "uid",
            "sheet",
            "file",
            "file_name",
            "sha256",
            "opath",
            "actor",
            "actor_label",
            "options",
            "state",
            "unknown_columns",
            "checked",
            "applied",
            "last_row",
            "batches_done",
            "message",
            "said",
            "progress",
            "created_at",
            "checked_at",
            "started_at",
            "ended_at",
            "emptied_at",
        ],
        PrivacyClass.INTERNAL,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _ in FLOW.choices()]), name="import_state_known"
            )
        ]
        indexes = [
            models.Index(fields=["actor", "id"], name="import_of_actor"),
            models.Index(fields=["sheet", "sha256"], name="import_of_file"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def count(self, name: str) -> int:
        """A total of the apply phase, of the check as long as nothing was applied."""
        totals: dict[str, Any] = self.applied or self.checked
        return int(totals.get(name, 0))

    @property
    def sentence(self) -> str:
        """Why it was refused or stopped, in the language of the moment."""
        return say_again(self.said or kept_of(self.message))

    @property
    def rows_read(self) -> int:
        """Rows of the file below its header, also those that cannot be read."""
        return int(self.checked.get("rows", 0)) + int(self.checked.get("left_out", 0))

    @property
    def rows_refused(self) -> int:
        """Rows that stay out: unreadable ones, and those refused when they were (or would be) applied."""
        return int(self.checked.get("left_out", 0)) + self.count("refused")

    @property
    def rows_usable(self) -> int:
        """Rows that the check found fit to go in, also those that are there already."""
        return sum(int(self.checked.get(each, 0)) for each in ("new", "changed", "same"))


class ImportLineQuerySet(models.QuerySet["ImportLine"]):
    def shown(self, run: ImportRun, *, phases: Collection[str], severity: str = "") -> ImportLineQuerySet:
        """The lines of some phases in the order of the file, all or of one severity."""
        lines = self.filter(run=run, phase__in=phases).order_by("row", "id")
        return lines.filter(severity=severity) if severity else lines


class ImportLine(models.Model):
    """One finding, or what became of one row; kept for the first rows of each kind, counted for all.

    Phases: what reading the file found, what trying the rows gave (check), what applying them gave.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    phase = models.CharField(max_length=6, choices=PHASES)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=8, choices=_SEVERITIES)
    label = models.CharField(max_length=200, blank=True)
    message = models.TextField(blank=True)
    said = models.JSONField(default=dict, blank=True)

    objects = ImportLineQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "run": PrivacyClass.INTERNAL,
        "phase": PrivacyClass.INTERNAL,
        "row": PrivacyClass.INTERNAL,
        "column": PrivacyClass.INTERNAL,
        "code": PrivacyClass.INTERNAL,
        "severity": PrivacyClass.INTERNAL,
        "label": PrivacyClass.INTERNAL,
        "message": PrivacyClass.INTERNAL,
        "said": PrivacyClass.INTERNAL,
    }

    class Meta:
        indexes = [models.Index(fields=["run", "phase", "severity", "row"], name="import_lines")]

    def __str__(self) -> str:
        return f"{self.row}: {self.message}"

    @property
    def sentence(self) -> str:
        """What is to be said of the row, in the language of the moment; what an older version kept only if no value stands in it."""
        return say_again(self.said or kept_of(self.message))
