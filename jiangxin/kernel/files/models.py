"""StoredFile: what is known of one kept file; the bytes lie under JX_HOME/files."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import UID_LENGTH, new_uid

_CLASSES = [(each.value, each.label) for each in PrivacyClass]


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def of(self, owner: models.Model) -> StoredFileQuerySet:
        """The files of one thing."""
        return self.filter(owner_type=owner._meta.label_lower, owner_id=str(owner.pk))

    def due(self, moment: datetime) -> StoredFileQuerySet:
        """Files whose time is over and whose bytes are still there."""
        return self.filter(expires_at__lte=moment, removed_at=None)


class StoredFile(models.Model):
    """One kept file. When its time is over the bytes go and the row stays, with `removed_at` set."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    privacy = models.CharField(max_length=10, choices=_CLASSES, default=PrivacyClass.INTERNAL)
    permission = models.CharField(max_length=80, blank=True)
    opath = models.CharField(max_length=255, blank=True)
    owner_type = models.CharField(max_length=64, blank=True)
    owner_id = models.CharField(max_length=32, blank=True)
    created_by = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "name": PrivacyClass.INTERNAL,
        "media_type": PrivacyClass.INTERNAL,
        "size": PrivacyClass.INTERNAL,
        "sha256": PrivacyClass.INTERNAL,
        "privacy": PrivacyClass.INTERNAL,
        "permission": PrivacyClass.INTERNAL,
        "opath": PrivacyClass.INTERNAL,
        "owner_type": PrivacyClass.INTERNAL,
        "owner_id": PrivacyClass.INTERNAL,
        "created_by": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
        "expires_at": PrivacyClass.INTERNAL,
        "removed_at": PrivacyClass.INTERNAL,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gte=0), name="file_size_not_negative")]
        indexes = [
            models.Index(fields=["owner_type", "owner_id"], name="file_of_owner"),
            models.Index(fields=["expires_at"], name="file_expiry", condition=Q(removed_at=None)),
        ]

    def __str__(self) -> str:
        return self.name
