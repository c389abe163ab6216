"""API tokens: shown once, kept as a digest, limited to scopes, ended at any time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self) -> ApiTokenQuerySet:
        """Tokens that are neither ended nor past their day."""
        now = timezone.now()
        return self.filter(ended_at__isnull=True).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))


class ApiToken(models.Model):
    """A key for programs. `owner_key` is the primary key of the account it acts for."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    owner_key = models.BigIntegerField(_("所属账号"), db_index=True)
    label = models.CharField(_("用途"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(pgettext_lazy("token", "范围"), default=list)
    created_at = models.DateTimeField(_("创建时间"), auto_now_add=True)
    expires_at = models.DateTimeField(_("到期时间"), null=True, blank=True)
    last_used_on = models.DateField(_("最近使用"), null=True, blank=True)
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            ["uid", "owner_key", "label", "scopes", "created_at", "expires_at", "last_used_on", "ended_at"],
            PrivacyClass.INTERNAL,
        ),
        "digest": PrivacyClass.SECRET,
    }

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        constraints = [models.CheckConstraint(condition=~Q(label=""), name="http_token_has_label")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_usable(self) -> bool:
        """Neither ended nor past its day."""
        return self.ended_at is None and (self.expires_at is None or self.expires_at > timezone.now())

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be used; None without an end."""
        return timezone.localdate(self.expires_at - timedelta(seconds=1)) if self.expires_at else None
