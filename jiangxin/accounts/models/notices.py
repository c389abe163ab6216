"""The inbox: what a user was told, and by which road the user wants to hear it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid
from jiangxin.kernel.text.sayings import kept_of, say_again


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by reader."""

    def unread(self) -> NoticeQuerySet:
        """Return notices nobody has opened yet."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One message to one user."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    said = models.JSONField(default=dict, blank=True)
    link = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=100, blank=True)
    sender_label = models.CharField(max_length=120, blank=True)
    dedupe_key = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-id"], name="accounts_notice_newest"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True),
                name="accounts_notice_unread",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "dedupe_key"],
                condition=~models.Q(dedupe_key=""),
                name="accounts_notice_once",
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "user": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.INTERNAL,
        "title": PrivacyClass.SENSITIVE,
        "body": PrivacyClass.SENSITIVE,
        "said": PrivacyClass.SENSITIVE,
        "link": PrivacyClass.INTERNAL,
        "sender": PrivacyClass.INTERNAL,
        "sender_label": PrivacyClass.INTERNAL,
        "dedupe_key": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
        "read_at": PrivacyClass.INTERNAL,
        "mailed_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return self.title

    @property
    def heading(self) -> str:
        """The title in the language of the moment; what an older version kept only if no value stands in it."""
        return say_again(self.said.get("title") or kept_of(self.title))

    @property
    def words(self) -> str:
        """The same of the body, "" when there is none."""
        return say_again(self.said.get("body") or kept_of(self.body))

    @property
    def sent_by(self) -> str:
        """Who sent it, for the reader: which part of the house did is nobody's business."""
        return str(_("系统")) if self.sender.startswith("system:") else self.sender_label


class NoticePreference(models.Model):
    """Whether a user wants one kind of notice by mail too; in-app is always on."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=60)
    by_mail = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("消息偏好")
        verbose_name_plural = _("消息偏好")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "kind"], name="accounts_preference_per_kind"),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "user": PrivacyClass.INTERNAL,
        "kind": PrivacyClass.INTERNAL,
        "by_mail": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
