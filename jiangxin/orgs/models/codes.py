"""Industries of GB/T 4754 and occupations of the national classification."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from jiangxin.kernel.privacy import PrivacyClass


class Industry(models.Model):
    """A section letter (A–T) or a two-digit division below it."""

    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "code", "name", "name_en", "parent"), PrivacyClass.PUBLIC
    )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name


class Occupation(models.Model):
    """A heading (levels 1–3) or an occupation (level 4) of one edition of the classification.

    A minor group that holds a single occupation shares its code with it, hence the level in the key.
    """

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_green = models.BooleanField(default=False)
    is_digital = models.BooleanField(default=False)
    edition = models.CharField(max_length=8)
    valid_from = models.DateField()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "code", "name", "level", "parent", "is_green", "is_digital", "edition", "valid_from"),
        PrivacyClass.PUBLIC,
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "code", "level"), name="orgs_occupation_edition_code"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="orgs_occupation_level"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
