"""Choices and phrases of organisations, employers and regions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrgKind(models.TextChoices):
    """What level or branch of the union tree an organisation is."""

    NATIONAL = "national", _("全国总工会")
    PROVINCE = "province", _("省级工会")
    INDUSTRY = "industry", _("产业工会")
    CITY = "city", _("市级工会")
    COUNTY = "county", _("县级工会")
    ENTERPRISE = "enterprise", _("基层工会")
    BRANCH = "branch", _("分会或小组")


class OrgState(models.TextChoices):
    """Where an organisation is in its life."""

    ACTIVE = "active", _("在册")
    MERGED = "merged", _("已并入")
    CLOSED = "closed", pgettext_lazy("organisation", "已撤销")


class OrgNameKind(models.TextChoices):
    """Why an organisation carries one more name."""

    FORMER = "former", _("曾用名")
    SHORT = "short", _("简称")
    PRINTED = "printed", _("文件中的写法")


class ChangeKind(models.TextChoices):
    """What happened to an organisation."""

    ADDED = "added", _("设立")
    RENAMED = "renamed", _("更名")
    MOVED = "moved", _("划转")
    MERGED = "merged", _("合并")
    SPLIT = "split", _("分设")
    CLOSED = "closed", pgettext_lazy("organisation", "撤销")
    UNDONE = "undone", pgettext_lazy("organisation", "恢复")


class RegionLevel(models.TextChoices):
    """The three levels of GB/T 2260."""

    PROVINCE = "province", pgettext_lazy("region", "省级")
    CITY = "city", _("地级")
    COUNTY = "county", _("县级")


class SuccessionKind(models.TextChoices):
    """How a region became another one."""

    RENAMED = "renamed", _("更名或改码")
    MERGED = "merged", _("并入")
    SPLIT = "split", _("分设")
    MOVED = "moved", _("划归")


class Ownership(models.TextChoices):
    """Whose property an employer is (selection lists count 公有 and 非公 apart)."""

    PUBLIC = "public", _("公有制")
    NONPUBLIC = "nonpublic", _("非公有制")


class EmployerSize(models.TextChoices):
    """Size as the statistics office tells it; the thresholds are not computed here."""

    LARGE = "large", _("大型")
    MEDIUM = "medium", _("中型")
    SMALL = "small", _("小型")
    MICRO = "micro", _("微型")


class UnitNameKind(models.TextChoices):
    """Why an employer carries one more name."""

    CURRENT = "current", _("现名")
    FORMER = "former", _("曾用名")
    SHORT = "short", _("简称")
    PRINTED = "printed", _("文件中的写法")
    WORKSHOP = "workshop", _("车间或下属部门")
