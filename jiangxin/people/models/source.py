"""Provenance: the document or the act a fact comes from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid
from jiangxin.people.words import OFFICIAL_SOURCES, SourceKind


class Source(models.Model):
    """A published list, a decision, a press text, a form or an import."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    kind = models.CharField(_("种类"), max_length=10, choices=SourceKind)
    title = models.CharField(_("标题"), max_length=300)
    url = models.CharField(_("网址"), max_length=1000, blank=True, default="")
    issued_on = models.DateField(_("发布日期"), null=True, blank=True)
    retrieved_on = models.DateField(_("取得日期"), null=True, blank=True)
    sha256 = models.CharField(_("文件校验值"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("出处")
        verbose_name_plural = _("出处")
        indexes = (models.Index(fields=["kind", "title"], name="people_source_title"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="people_source_kind"),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "sha256"), PrivacyClass.INTERNAL),
        **dict.fromkeys(("uid", "kind", "title", "url", "issued_on", "retrieved_on"), PrivacyClass.PUBLIC),
    }

    def __str__(self) -> str:
        return self.title

    @property
    def is_official(self) -> bool:
        """Whether the fact was published by an authority or the press, so it is public without consent."""
        return self.kind in OFFICIAL_SOURCES
