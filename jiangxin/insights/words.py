"""Choices of the statistics."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Table(TextChoices):
    """What the honours are counted by; each table has the levels of honours as columns."""

    YEAR = "year", _("年份")
    REGION = "region", _("地区")
    INDUSTRY = "industry", _("行业")
    SEX = "sex", _("性别")
