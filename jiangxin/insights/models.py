"""Counts kept ready for the statistics, and when they were taken."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.insights.words import Table
from jiangxin.kernel.privacy import PrivacyClass


class Tally(models.Model):
    """One cell of a table: how many honours (of women and men: people) stand in a row, at one level of honour."""

    table = models.CharField(_("表"), max_length=10, choices=Table.choices)
    row = models.CharField(_("行"), max_length=16, blank=True)
    level = models.CharField(_("荣誉级别"), max_length=12)
    count = models.PositiveIntegerField(_("数量"))

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "table", "row", "level", "count"), PrivacyClass.INTERNAL
    )

    class Meta:
        verbose_name = _("统计数")
        verbose_name_plural = _("统计数")
        constraints = (models.UniqueConstraint(fields=("table", "row", "level"), name="insights_tally_once"),)

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.level}: {self.count}"


class TallyRun(models.Model):
    """The last counting; ``fingerprint`` tells whether anything was conferred or withdrawn since."""

    fingerprint = models.CharField(_("指纹"), max_length=200)
    counted_at = models.DateTimeField(_("统计时间"))

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "fingerprint", "counted_at"), PrivacyClass.INTERNAL
    )

    class Meta:
        verbose_name = _("统计")
        verbose_name_plural = _("统计")

    def __str__(self) -> str:
        return f"{self.counted_at:%Y-%m-%d %H:%M}"
