"""The catalogue: which honours exist, what they are called and what they presuppose."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.words import LOCAL_LEVELS, Family, HonourKind, Level, Strength
from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.amounts import yuan
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import PATH_LENGTH

_PUBLIC, _INTERNAL = PrivacyClass.PUBLIC, PrivacyClass.INTERNAL


class HonourQuerySet(models.QuerySet["Honour"]):
    """Questions about the catalogue."""

    def in_use(self) -> "HonourQuerySet":
        """The honours offered for new conferrals; undivided titles exist only for old lists."""
        return self.filter(is_current=True, undivided_of=[])

    def by_rank(self) -> "HonourQuerySet":
        """Highest first, then by code."""
        return self.order_by("rank", "code")

    def kept_by(self, actor: Actor) -> "HonourQuerySet":
        """The entries the actor may change: those of the actor's offices and of everything below them."""
        return self.filter(covered_by(actor, "honours.edit_catalogue"))


class Honour(models.Model):
    """One title of honour. `rank` 1 is the highest of all; the smaller number stands higher.

    `opath` is the organisation that keeps the entry, "" the nation; only local honours are kept below it.
    `revised_fields` were changed here: an update of the shipped table leaves them alone.
    """

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    title = models.CharField(_("名称"), max_length=80, unique=True)
    title_en = models.CharField(_("英文名称"), max_length=160)
    level = models.CharField(_("级别"), max_length=12, choices=Level.choices)
    granter = models.CharField(_("授予机关"), max_length=120)
    granter_en = models.CharField(_("授予机关英文"), max_length=200, blank=True)
    rhythm = models.CharField(_("周期"), max_length=40, blank=True)
    family = models.CharField(_("类别"), max_length=12, choices=Family, blank=True)
    kind = models.CharField(_("授予对象"), max_length=12, choices=HonourKind.choices)
    medal = models.CharField(_("奖章"), max_length=40, blank=True)
    certificate = models.CharField(_("证书"), max_length=40, blank=True)
    bonus_fen = models.BigIntegerField(_("奖金（分）"), null=True, blank=True)
    treatment = models.JSONField(_("待遇"), default=list, blank=True)
    criteria = models.TextField(_("条件"), blank=True)
    rank = models.PositiveIntegerField(_("位次"))
    region = models.ForeignKey("orgs.Region", models.PROTECT, null=True, blank=True, verbose_name=_("地区"))
    undivided_of = models.JSONField(_("未分列的名称"), default=list, blank=True)
    is_current = models.BooleanField(_("现行"), default=True)
    source = models.CharField(_("出处"), max_length=300)
    opath = PathField(_("工会路径"), max_length=PATH_LENGTH, blank=True, default="")
    revised_fields = models.JSONField(_("本地修订的内容"), default=list, blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = _("荣誉")
        verbose_name_plural = _("荣誉目录")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="honour_rank_positive"),
            models.CheckConstraint(
                condition=models.Q(bonus_fen__isnull=True) | models.Q(bonus_fen__gte=0),
                name="honour_bonus_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(opath="") | models.Q(level__in=LOCAL_LEVELS),
                name="honour_only_local_placed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["rank", "code"], name="honour_by_rank")]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            [
                "id",
                "code",
                "title",
                "title_en",
                "level",
                "granter",
                "granter_en",
                "rhythm",
                "kind",
                "family",
                "medal",
                "certificate",
                "bonus_fen",
                "treatment",
                "criteria",
                "rank",
                "region",
                "undivided_of",
                "is_current",
                "source",
                "opath",
            ],
            _PUBLIC,
        ),
        "revised_fields": _INTERNAL,
    }

    def __str__(self) -> str:
        return self.title

    @property
    def bonus(self) -> str:
        """The bonus as an amount of yuan; "" when the catalogue does not say."""
        return "" if self.bonus_fen is None else yuan(self.bonus_fen)

    @property
    def shown_title(self) -> str:
        """The title in the reader's language; in English with the Chinese beside it."""
        if (get_language() or "").startswith("en") and self.title_en != self.title:
            return f"{self.title_en} ({self.title})"
        return self.title

    @property
    def shown_granter(self) -> str:
        """The granter in the reader's language."""
        return (
            self.granter_en if (get_language() or "").startswith("en") and self.granter_en else self.granter
        )


class HonourAlias(models.Model):
    """Another way an honour is printed; `name_key` is the normalised form the importer looks up."""

    honour = models.ForeignKey(Honour, models.CASCADE, related_name="aliases", verbose_name=_("荣誉"))
    name = models.CharField(_("别名"), max_length=120)
    name_key = models.CharField(_("归一名"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("荣誉别名")
        verbose_name_plural = _("荣誉别名")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(["id", "honour", "name", "name_key"], _PUBLIC)

    def __str__(self) -> str:
        return self.name


class Prerequisite(models.Model):
    """An edge of the honour graph: `honour` presupposes `needs` (or another row of the same `group`)."""

    honour = models.ForeignKey(Honour, models.CASCADE, related_name="prerequisites", verbose_name=_("荣誉"))
    needs = models.ForeignKey(Honour, models.PROTECT, related_name="opens", verbose_name=_("前提荣誉"))
    strength = models.CharField(_("强度"), max_length=12, choices=Strength.choices)
    group = models.PositiveSmallIntegerField(_("组"), default=1)
    source = models.CharField(_("出处"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("荣誉基础")
        verbose_name_plural = _("荣誉基础")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["honour", "needs"], name="prerequisite_once"),
            models.CheckConstraint(
                condition=~models.Q(honour=models.F("needs")), name="prerequisite_not_itself"
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ["id", "honour", "needs", "strength", "group", "source"], _PUBLIC
    )

    def __str__(self) -> str:
        return f"{self.honour_id} → {self.needs_id}"
