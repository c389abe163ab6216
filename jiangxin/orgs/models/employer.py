"""Employers and the names they have been known and printed by."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Substr

from jiangxin.kernel.access import Actor
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models.paths import AFTER, PATH_LENGTH, ByteOrderedField, PathField
from jiangxin.orgs.words.choices import EmployerSize, Ownership, UnitNameKind


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Questions about employers."""

    def under(self, path: str) -> "EmployerQuerySet":
        """Employers whose union stands at `path` or below."""
        return self.filter(opath__gte=path, opath__lt=path + AFTER) if path else self

    def coded(self, *codes: str) -> "EmployerQuerySet":
        """Employers with one of these unified social credit codes; the literal makes the engines use the partial index."""
        numbered = RawSQL("""NOT ("orgs_employer"."uscc" = '')""", (), models.BooleanField())
        return self.filter(numbered, uscc__in=[code for code in codes if code])

    def rebase(self, old: str, new: str) -> int:
        """Carry the employers below path `old` over to path `new`; returns how many."""
        carried = Concat(Value(new), Substr("opath", len(old) + 1))
        return self.under(old).update(opath=carried)

    def visible_to(self, actor: Actor) -> "EmployerQuerySet":
        """Employers are published facts."""
        del actor
        return self


class Employer(models.Model):
    """A unit people work for: company, public institution, office."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, blank=True)
    ownership = models.CharField(max_length=9, choices=Ownership, blank=True)
    size = models.CharField(max_length=6, choices=EmployerSize, blank=True)
    industry = models.ForeignKey(
        "orgs.Industry", models.PROTECT, null=True, blank=True, related_name="employers"
    )
    region = models.ForeignKey("orgs.Region", models.PROTECT, null=True, blank=True, related_name="employers")
    org = models.ForeignKey("orgs.Org", models.PROTECT, null=True, blank=True, related_name="employers")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subsidiaries")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    opath = PathField(max_length=PATH_LENGTH, blank=True, default="")

    objects = EmployerQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            (
                "id",
                "uid",
                "name",
                "uscc",
                "ownership",
                "size",
                "industry",
                "region",
                "org",
                "parent",
                "successor",
            ),
            PrivacyClass.PUBLIC,
        ),
        "opath": PrivacyClass.INTERNAL,
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("uscc",), condition=~Q(uscc=""), name="orgs_employer_uscc"),
            models.CheckConstraint(condition=~Q(name=""), name="orgs_employer_has_name"),
            models.CheckConstraint(
                condition=Q(ownership__in=["", *Ownership.values]), name="orgs_employer_ownership"
            ),
            models.CheckConstraint(
                condition=Q(size__in=["", *EmployerSize.values]), name="orgs_employer_size"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="orgs_employer_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="orgs_employer_not_own_successor",
            ),
        )
        indexes = (
            models.Index(fields=("name",), name="orgs_employer_name"),
            models.Index(fields=("opath",), name="orgs_employer_opath"),
        )

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name of an employer, normalised so that printed lists find it."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    normalized = ByteOrderedField(max_length=120)
    kind = models.CharField(max_length=8, choices=UnitNameKind)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "employer", "name", "normalized", "kind", "valid_from", "valid_to"), PrivacyClass.PUBLIC
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("employer",), condition=Q(kind=UnitNameKind.CURRENT), name="orgs_unitname_one_current"
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitNameKind.values), name="orgs_unitname_kind"),
        )
        indexes = (models.Index(fields=("normalized",), name="orgs_unitname_normalized"),)

    def __str__(self) -> str:
        return self.name
