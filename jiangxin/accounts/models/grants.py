"""Who holds which role on which organisation, and who handed an office over."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.words import ADMIN_ROLES
from jiangxin.kernel.modules import roles
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid


def _today() -> date:
    return timezone.localdate()


class AdminHandover(models.Model):
    """The written handover that lets a former administrator take another of the three offices."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="handovers")
    gave_up_role = models.CharField(_("交出的职务"), max_length=40)
    successor = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("接手人")
    )
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(_("交接说明"), max_length=500)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("管理员交接")
        verbose_name_plural = _("管理员交接")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(gave_up_role__in=ADMIN_ROLES), name="accounts_handover_admin_role"
            ),
            models.CheckConstraint(condition=~Q(user=F("successor")), name="accounts_handover_to_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="accounts_handover_has_reason"),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "user": PrivacyClass.INTERNAL,
        "gave_up_role": PrivacyClass.INTERNAL,
        "successor": PrivacyClass.INTERNAL,
        "recorded_by": PrivacyClass.INTERNAL,
        "reason": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return f"{self.user_id}: {self.gave_up_role}"


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by date and place."""

    def in_force(self, on: date | None = None) -> GrantQuerySet:
        """Return grants that count on the day `on` (today); nobody stands in for an account that is closed."""
        day = on or _today()
        return self.filter(ended_at__isnull=True, valid_from__lte=day).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            Q(delegated_from__isnull=True) | Q(delegated_from__user__is_active=True),
        )

    def under(self, path: str) -> GrantQuerySet:
        """Return grants on the organisation of `path` or below it."""
        return self.filter(org__path__gte=path, org__path__lt=f"{path}~") if path else self


class Grant(models.Model):
    """One role of one user on one organisation, inherited by all below it."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("角色"), max_length=40)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="+", verbose_name=_("组织"))
    granted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    valid_from = models.DateField(_("起"), default=_today)
    valid_until = models.DateField(_("止"), null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="delegations", null=True
    )
    handover = models.OneToOneField(AdminHandover, on_delete=models.PROTECT, related_name="grant", null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    end_note = models.CharField(_("结束说明"), max_length=200, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("授权")
        verbose_name_plural = _("授权")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=ADMIN_ROLES, ended_at__isnull=True),
                name="accounts_grant_one_admin_office",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "org"],
                condition=Q(ended_at__isnull=True),
                name="accounts_grant_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="accounts_grant_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(delegated_from__isnull=True) | Q(valid_until__isnull=False),
                name="accounts_delegation_has_end",
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "user": PrivacyClass.INTERNAL,
        "role": PrivacyClass.INTERNAL,
        "org": PrivacyClass.INTERNAL,
        "granted_by": PrivacyClass.INTERNAL,
        "valid_from": PrivacyClass.INTERNAL,
        "valid_until": PrivacyClass.INTERNAL,
        "delegated_from": PrivacyClass.INTERNAL,
        "handover": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
        "ended_at": PrivacyClass.INTERNAL,
        "ended_by": PrivacyClass.INTERNAL,
        "end_note": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        known = roles().get(self.role)
        return str(known.title) if known else self.role

    @property
    def opath(self) -> str:
        """Return the path of the organisation the grant is on."""
        return self.org.path
