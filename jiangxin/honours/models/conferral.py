"""The conferral: one honour given to one person or one collective, and what became of it."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.words import ConferralState, Pot
from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import PathField
from jiangxin.orgs.models.paths import AFTER, PATH_LENGTH

if TYPE_CHECKING:
    from jiangxin.people.models import Person

_PUBLIC, _INTERNAL = PrivacyClass.PUBLIC, PrivacyClass.INTERNAL


class Collective(models.Model):
    """A unit, team, crew or studio that holds honours."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    name = models.CharField(_("名称"), max_length=200)
    name_key = models.CharField(_("归一名"), max_length=200, db_index=True)
    unit_text = models.CharField(_("所在单位"), max_length=300, blank=True)
    region = models.ForeignKey(
        "orgs.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    employer = models.ForeignKey(
        "orgs.Employer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("用人单位")
    )
    org = models.ForeignKey(
        "orgs.Org", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所属工会")
    )
    opath = PathField(_("工会路径"), max_length=PATH_LENGTH, blank=True, default="")

    class Meta:
        verbose_name = _("集体")
        verbose_name_plural = _("集体")

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ["id", "uid", "name", "name_key", "unit_text", "region", "employer", "org", "opath"], _PUBLIC
    )

    def __str__(self) -> str:
        return self.name


class LatestFirst(models.Index):
    """An index whose descending fields end with what is unknown, as lists do; SQLite keeps every index so."""

    def create_sql(
        self,
        model: type[models.Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **kwargs: Any,
    ) -> Statement:
        """On PostgreSQL the order has to be said."""
        if schema_editor.connection.vendor != "postgresql":
            return super().create_sql(model, schema_editor, using, **kwargs)
        said = [
            models.F(name).desc(nulls_last=True) if order else models.F(name)
            for name, order in self.fields_orders
        ]
        return models.Index(*said, name=self.name).create_sql(model, schema_editor, using, **kwargs)


class ConferralQuerySet(models.QuerySet["Conferral"]):
    """Questions about conferrals."""

    def standing(self) -> "ConferralQuerySet":
        """Those that count as honours today: neither suspended nor revoked."""
        return self.filter(state__in=(ConferralState.CONFERRED, ConferralState.REEXAMINED))

    def shown(self) -> "ConferralQuerySet":
        """Those the public pages may show: in force or being re-examined, held by a collective or a public person."""
        public = models.Q(person__is_public=True, person__limited_at__isnull=True) | models.Q(
            collective__isnull=False
        )
        return self.standing().filter(public)

    def under(self, path: str) -> "ConferralQuerySet":
        """Those of the organisation with this path and everything below it; "" is the whole nation."""
        return self.filter(opath__gte=path, opath__lt=path + AFTER) if path else self

    def visible_to(self, actor: Actor) -> "ConferralQuerySet":
        """Those the actor may work on, by the paths of the actor's grants."""
        return self.filter(covered_by(actor, "honours.view_conferral"))

    def highest_first(self, *then: str) -> "ConferralQuerySet":
        """By rank of the honour, then the latest year; years that were not printed stand last on both engines."""
        return self.order_by("honour__rank", models.F("year").desc(nulls_last=True), *then, "pk")

    def for_show(self) -> "ConferralQuerySet":
        """With everything a list prints, without further queries."""
        return self.select_related("honour", "person", "collective", "region", "honour_list", "source")


class Conferral(models.Model):
    """One honour given once. Printed words stay as printed beside what they were resolved to."""

    uid = models.CharField(_("编号"), max_length=26, unique=True, default=new_uid, editable=False)
    honour = models.ForeignKey(
        "honours.Honour", models.PROTECT, related_name="conferrals", verbose_name=_("荣誉")
    )
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferrals",
        verbose_name=_("获得者"),
    )
    collective = models.ForeignKey(
        Collective,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferrals",
        verbose_name=_("获得集体"),
    )
    year = models.PositiveSmallIntegerField(_("年份"), null=True, blank=True)
    conferred_on = models.DateField(_("授予日期"), null=True, blank=True)
    decision_no = models.CharField(_("决定文号"), max_length=80, blank=True)
    granter_text = models.CharField(_("授予机关"), max_length=200, blank=True)
    printed_title = models.CharField(_("所印名称"), max_length=120, blank=True)
    pot = models.CharField(_("名额"), max_length=14, choices=Pot.choices, blank=True)
    category = models.CharField(_("当时类别"), max_length=40, blank=True)
    certificate_no = models.CharField(_("证书编号"), max_length=60, blank=True)
    bonus_fen = models.BigIntegerField(_("奖金（分）"), null=True, blank=True)
    unit_text = models.CharField(_("单位"), max_length=300, blank=True)
    post_text = models.CharField(_("职务"), max_length=200, blank=True)
    region = models.ForeignKey(
        "orgs.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    employer = models.ForeignKey(
        "orgs.Employer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("用人单位")
    )
    opath = PathField(_("工会路径"), max_length=PATH_LENGTH, blank=True, default="")
    state = models.CharField(
        _("状态"), max_length=12, choices=ConferralState.choices, default=ConferralState.CONFERRED
    )
    honour_list = models.ForeignKey(
        "honours.HonourList",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferrals",
        verbose_name=_("名单"),
        db_index=False,  # conferral_of_list begins with it
    )
    row_key = models.CharField(_("行指纹"), max_length=64, blank=True)
    source = models.ForeignKey(
        "people.Source", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("来源")
    )
    note = models.CharField(_("备注"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = ConferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("授予")
        verbose_name_plural = _("授予")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, collective__isnull=True)
                | models.Q(person__isnull=True, collective__isnull=False),
                name="conferral_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(bonus_fen__isnull=True) | models.Q(bonus_fen__gte=0),
                name="conferral_bonus_not_negative",
            ),
            models.UniqueConstraint(
                fields=["honour_list", "honour", "row_key"],
                condition=~models.Q(row_key=""),
                name="conferral_row_once",
            ),
            models.UniqueConstraint(
                fields=["person", "honour", "year"],
                condition=models.Q(person__isnull=False, year__isnull=False),
                name="conferral_person_once_a_year",
            ),
        ]
        indexes: ClassVar = [
            LatestFirst(fields=["honour", "-year", "id"], name="conferral_latest_holders"),
            models.Index(fields=["year", "honour"], name="conferral_by_year"),
            models.Index(fields=["opath", "id"], name="conferral_opath"),
            models.Index(fields=["honour_list", "opath"], name="conferral_of_list"),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            [
                "id",
                "uid",
                "honour",
                "person",
                "collective",
                "year",
                "conferred_on",
                "decision_no",
                "granter_text",
                "printed_title",
                "unit_text",
                "post_text",
                "region",
                "employer",
                "opath",
                "state",
                "honour_list",
                "source",
            ],
            _PUBLIC,
        ),
        **dict.fromkeys(
            ["pot", "category", "certificate_no", "bonus_fen", "row_key", "note", "created_at"], _INTERNAL
        ),
    }

    def __str__(self) -> str:
        """Whose honour, which and of what year: the words of the log, which can be forgotten."""
        return f"{self.holder_name} · {self.printed_title or self.honour.title} {self.year or ''}".strip()

    @property
    def holder(self) -> "Person | Collective":
        """The person or the collective that holds it."""
        held = self.person or self.collective
        if held is None:
            raise ValueError("a conferral without a holder")
        return held

    @property
    def shown_granter(self) -> str:
        """Who granted it as it was printed, in the reader's language where that is the catalogue's."""
        printed = self.granter_text
        return printed if printed and printed != self.honour.granter else self.honour.shown_granter

    @property
    def holder_name(self) -> str:
        """Name of the person or collective, as registered."""
        return self.holder.name
