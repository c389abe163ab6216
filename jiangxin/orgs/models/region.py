"""Administrative regions of GB/T 2260 with the span of time each code was in force."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.orgs.words.choices import RegionLevel, SuccessionKind


class RegionQuerySet(models.QuerySet["Region"]):
    """Questions about dated regions."""

    def on(self, day: datetime.date) -> "RegionQuerySet":
        """Regions in force on `day` (valid_to is the first day they are not)."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def current(self) -> "RegionQuerySet":
        """Regions in force in the newest table."""
        return self.filter(valid_to__isnull=True)


class Region(models.Model):
    """One code with one name and one parent over one span of time."""

    code = models.CharField(max_length=6)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=8, choices=RegionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40)

    objects = RegionQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "code", "name", "level", "parent", "valid_from", "valid_to", "source"), PrivacyClass.PUBLIC
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="orgs_region_code_from"),
            models.CheckConstraint(condition=Q(level__in=RegionLevel.values), name="orgs_region_level"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="orgs_region_span"
            ),
            models.CheckConstraint(condition=Exact(Length("code"), 6), name="orgs_region_code"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_current(self) -> bool:
        """Whether the code is in force in the newest table."""
        return self.valid_to is None


class RegionSuccession(models.Model):
    """One step from a dissolved region to a region that took over (part of) it."""

    old = models.ForeignKey(Region, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Region, models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=8, choices=SuccessionKind)
    on = models.DateField()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "old", "new", "kind", "on"), PrivacyClass.PUBLIC
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("old", "new"), name="orgs_succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="orgs_succession_moves_on"),
            models.CheckConstraint(condition=Q(kind__in=SuccessionKind.values), name="orgs_succession_kind"),
        )

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
