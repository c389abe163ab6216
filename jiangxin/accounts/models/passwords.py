"""Which password policy is on, former passwords, and one-time codes already used."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.words import PasswordProfile
from jiangxin.kernel.privacy import PrivacyClass


class PasswordPolicy(models.Model):
    """One choice of a password profile; the newest row is in force, older ones are history."""

    profile = models.CharField(_("密码策略"), max_length=10, choices=PasswordProfile.choices)
    chosen_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("密码策略")
        verbose_name_plural = _("密码策略")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(profile__in=PasswordProfile.values),
                name="accounts_policy_known_profile",
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "profile": PrivacyClass.INTERNAL,
        "chosen_by": PrivacyClass.INTERNAL,
        "reason": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return self.profile


class PasswordHistory(models.Model):
    """A former password, hashed, so that it is not taken again under the MLPS profile."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="password_history")
    password = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("历史密码")
        verbose_name_plural = _("历史密码")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "user": PrivacyClass.INTERNAL,
        "password": PrivacyClass.SECRET,
        "created_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"


class CodeUse(models.Model):
    """The last time step of which a user's one-time code was taken (RFC 6238 §5.2: once only)."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="code_use")
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("动态码使用")
        verbose_name_plural = _("动态码使用")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "user": PrivacyClass.INTERNAL,
        "last_step": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.user_id}: {self.last_step}"
