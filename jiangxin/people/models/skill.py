"""Skill levels held by a worker, one row per certificate."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.people.words import SkillRoute, SkillStep


class SkillLevelQuerySet(models.QuerySet["SkillLevel"]):
    """Ways to narrow skill levels."""

    def valid_on(self, day: datetime.date) -> Self:
        """Levels that hold on this day."""
        return self.filter(
            Q(issued_on__isnull=True) | Q(issued_on__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )


class SkillLevel(models.Model):
    """A level (1 apprentice to 8 chief technician) in an occupation, with who confirmed it."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="skills", verbose_name=_("职工"))
    occupation = models.ForeignKey(
        "orgs.Occupation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("职业")
    )
    occupation_text = models.CharField(_("职业（原文）"), max_length=100, blank=True, default="")
    level = models.PositiveSmallIntegerField(_("等级"), choices=SkillStep)
    how = models.CharField(_("取得方式"), max_length=10, choices=SkillRoute)
    authority = models.CharField(_("评定机构"), max_length=200, blank=True, default="")
    certificate_no = models.CharField(_("证书编号"), max_length=60, blank=True, default="")
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    source = models.ForeignKey(
        "people.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("出处"),
    )

    objects = SkillLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("技能等级")
        verbose_name_plural = _("技能等级")
        constraints = (
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=8), name="people_skill_level"),
            models.CheckConstraint(condition=Q(how__in=SkillRoute.values), name="people_skill_how"),
            models.CheckConstraint(
                condition=Q(occupation__isnull=False) | ~Q(occupation_text=""), name="people_skill_occupation"
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("issued_on")),
                name="people_skill_order",
            ),
        )

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id",
                "person",
                "occupation",
                "occupation_text",
                "level",
                "how",
                "authority",
                "issued_on",
                "valid_until",
            ),
            PrivacyClass.INTERNAL,
        ),
        "certificate_no": PrivacyClass.SENSITIVE,
        "source": PrivacyClass.PUBLIC,
    }

    def __str__(self) -> str:
        return f"{self.occupation_text} {self.get_level_display()}".strip()

    @property
    def opath(self) -> str:
        """Path of the organisation that keeps the worker's record."""
        return self.person.opath
