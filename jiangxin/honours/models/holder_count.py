"""How many holders of an honour the public may see, kept ready."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass


class HolderCount(models.Model):
    """The shown conferrals of one honour as they were counted last.

    `by_year` is a list of [year or null, count], the latest year first; `log_mark` tells where the log stood before counting.
    """

    honour = models.OneToOneField(
        "honours.Honour", models.CASCADE, related_name="holder_count", verbose_name=_("荣誉")
    )
    shown = models.PositiveIntegerField(_("公开人次"))
    by_year = models.JSONField(_("各年人次"), default=list)
    log_mark = models.CharField(_("统计时的记录"), max_length=60)

    class Meta:
        verbose_name = _("获得人次")
        verbose_name_plural = _("获得人次")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ["id", "honour", "shown", "by_year", "log_mark"], PrivacyClass.INTERNAL
    )

    def __str__(self) -> str:
        return f"{self.honour_id}: {self.shown}"
