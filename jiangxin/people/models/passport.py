"""The passport: an append-only timeline of what a worker has done and received."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid


class PassportEntryQuerySet(models.QuerySet["PassportEntry"]):
    """Ways to narrow passport entries."""

    def of_object(self, object_type: str, object_id: str) -> Self:
        """Entries written for one object of another app."""
        return self.filter(object_type=object_type, object_id=object_id)


class PassportEntry(models.Model):
    """One fact with evidence and issuer; never changed, corrected by a later entry."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="entries", verbose_name=_("职工")
    )
    kind = models.CharField(_("种类"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    detail = models.TextField(_("说明"), blank=True, default="")
    happened_on = models.DateField(_("日期"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    issuer = models.CharField(_("授予或出具单位"), max_length=200, blank=True, default="")
    object_type = models.CharField(_("对象种类"), max_length=60, blank=True, default="")
    object_id = models.CharField(_("对象编号"), max_length=40, blank=True, default="")
    evidence = models.JSONField(_("证据"), default=dict, blank=True)
    source = models.ForeignKey(
        "people.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("出处"),
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("更正哪一条"),
    )
    retracted = models.BooleanField(_("撤销所更正的一条"), default=False)
    is_public = models.BooleanField(_("公开"), default=True)
    created_at = models.DateTimeField(_("记入时间"), auto_now_add=True)
    created_by = models.CharField(_("记入人"), max_length=60)

    objects = PassportEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("护照条目")
        verbose_name_plural = _("护照条目")
        indexes = (
            models.Index(
                fields=["object_type", "object_id"], name="people_entry_object", condition=~Q(object_id="")
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="people_entry_title"),
            models.CheckConstraint(
                condition=Q(retracted=False) | Q(corrects__isnull=False),
                name="people_entry_retracts_something",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__gte=1900, year__lte=2200), name="people_entry_year"
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="people_entry_corrected_once"
            ),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id",
                "person",
                "detail",
                "object_type",
                "object_id",
                "evidence",
                "corrects",
                "retracted",
                "is_public",
                "created_at",
                "created_by",
            ),
            PrivacyClass.INTERNAL,
        ),
        **dict.fromkeys(
            ("uid", "kind", "title", "happened_on", "year", "issuer", "source"), PrivacyClass.PUBLIC
        ),
    }

    def __str__(self) -> str:
        return self.title

    @property
    def opath(self) -> str:
        """Path of the organisation that keeps the worker's record."""
        return self.person.opath

    @property
    def sort_year(self) -> int:
        """Year the entry belongs to on the timeline; 0 when unknown."""
        return self.year or (self.happened_on.year if self.happened_on else 0)


class EntryVisibility(models.Model):
    """What was decided about showing one entry to the public; the entry itself never changes."""

    entry = models.OneToOneField(
        "people.PassportEntry", models.PROTECT, related_name="visibility", verbose_name=_("护照条目")
    )
    is_public = models.BooleanField(_("公开"))
    decided_by = models.CharField(_("决定人"), max_length=60)
    decided_at = models.DateTimeField(_("决定时间"), auto_now=True)

    class Meta:
        verbose_name = _("条目公开选择")
        verbose_name_plural = _("条目公开选择")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "entry": PrivacyClass.INTERNAL,
        "is_public": PrivacyClass.INTERNAL,
        "decided_by": PrivacyClass.INTERNAL,
        "decided_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return str(_("公开") if self.is_public else _("不公开"))
