"""Employment spells: the unit as printed and, when resolved, the employer behind it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.people.models.checks import one_of
from jiangxin.people.words import WorkerKind


class EmploymentQuerySet(models.QuerySet["Employment"]):
    """Ways to narrow employment spells."""

    def current(self) -> Self:
        """Spells that have not ended."""
        return self.filter(to_on__isnull=True)


class Employment(models.Model):
    """A worker at a unit in a post for a time; both ends may be unknown."""

    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="employments", verbose_name=_("职工")
    )
    unit_text = models.CharField(_("单位（原文）"), max_length=300)
    employer = models.ForeignKey(
        "orgs.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("用人单位"),
    )
    post = models.CharField(_("岗位"), max_length=200, blank=True, default="")
    worker_kind = models.CharField(_("人员类别"), max_length=12, choices=WorkerKind, blank=True, default="")
    is_new_form = models.BooleanField(_("新就业形态"), default=False)
    is_cross_province = models.BooleanField(_("跨省务工"), default=False)
    from_on = models.DateField(_("开始日期"), null=True, blank=True)
    to_on = models.DateField(_("结束日期"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    source = models.ForeignKey(
        "people.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("出处"),
    )

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("工作经历")
        verbose_name_plural = _("工作经历")
        indexes = (
            models.Index(
                fields=["employer"], name="people_employment_employer", condition=Q(employer__isnull=False)
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=one_of("worker_kind", ["", *WorkerKind.values]), name="people_employment_kind"
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="people_employment_order",
            ),
            models.CheckConstraint(condition=~Q(unit_text=""), name="people_employment_unit"),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            ("id", "person", "worker_kind", "is_new_form", "is_cross_province", "from_on", "to_on", "note"),
            PrivacyClass.INTERNAL,
        ),
        **dict.fromkeys(("unit_text", "employer", "post", "source"), PrivacyClass.PUBLIC),
    }

    def __str__(self) -> str:
        return f"{self.unit_text} {self.post}".strip()

    @property
    def is_current(self) -> bool:
        """Whether no end is recorded."""
        return self.to_on is None

    @property
    def opath(self) -> str:
        """Path of the organisation that keeps the worker's record."""
        return self.person.opath
