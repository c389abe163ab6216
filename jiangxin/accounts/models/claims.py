"""The two roads from a user to a worker record: an invitation, or a claim an officer confirms."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.words import ClaimState
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid


class Invitation(models.Model):
    """A letter with a secret that lets one worker open an account on the own record."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    secret_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("邮箱"), blank=True)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        "accounts.User", on_delete=models.PROTECT, related_name="invitation", null=True
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("开户邀请")
        verbose_name_plural = _("开户邀请")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="accounts_invitation_one_open",
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "person": PrivacyClass.INTERNAL,
        "secret_digest": PrivacyClass.SECRET,
        "email": PrivacyClass.SENSITIVE,
        "invited_by": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
        "expires_at": PrivacyClass.INTERNAL,
        "accepted_at": PrivacyClass.INTERNAL,
        "accepted_by": PrivacyClass.INTERNAL,
        "cancelled_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return self.uid

    @property
    def opath(self) -> str:
        """Return the path of the invited worker's organisation."""
        return self.person.opath


class RecordClaim(models.Model):
    """A user says "this record is mine"; the identity number matched, an officer decides."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="claims")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name_matches = models.BooleanField(_("姓名一致"))
    state = models.CharField(max_length=12, choices=ClaimState.choices, default=ClaimState.PROPOSED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    answer = models.CharField(_("答复"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("档案认领")
        verbose_name_plural = _("档案认领")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state=ClaimState.PROPOSED),
                name="accounts_claim_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ClaimState.values), name="accounts_claim_state"
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "user": PrivacyClass.INTERNAL,
        "person": PrivacyClass.INTERNAL,
        "name_matches": PrivacyClass.INTERNAL,
        "state": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
        "decided_at": PrivacyClass.INTERNAL,
        "decided_by": PrivacyClass.INTERNAL,
        "answer": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return str(self.get_state_display())

    @property
    def opath(self) -> str:
        """Return the path of the claimed record's organisation."""
        return self.person.opath
