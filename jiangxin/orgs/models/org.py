"""The union tree: organisations, their other names and what happened to them."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar
from zlib import crc32

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Length, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused, covered_by
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models.paths import (
    AFTER,
    DEEPEST,
    MOST_CHILDREN,
    PATH_LENGTH,
    SEGMENT,
    PathField,
    ancestor_paths,
    segment,
    serial_of,
)
from jiangxin.orgs.words.choices import ChangeKind, OrgKind, OrgNameKind, OrgState


class OrgQuerySet(models.QuerySet["Org"]):
    """Questions about the tree; the only place that knows how a subtree is found."""

    def under(self, path: str) -> "OrgQuerySet":
        """The organisation at `path` and everything below it, by a walk of the path index."""
        return self.filter(path__gte=path, path__lt=path + AFTER) if path else self

    def coded(self, codes: Iterable[str]) -> "OrgQuerySet":
        """Organisations with one of these numbers of their own.

        The literal repeats the condition of the partial index; only with it do the engines use that index.
        """
        numbered = RawSQL("""NOT ("orgs_org"."code" = '')""", (), models.BooleanField())
        return self.filter(numbered, code__in=[code for code in codes if code])

    def above(self, path: str) -> "OrgQuerySet":
        """The organisations from the root down to the one at `path`, in this order."""
        return self.filter(path__in=ancestor_paths(path)).order_by("path")

    def active(self) -> "OrgQuerySet":
        """Organisations in register."""
        return self.filter(state=OrgState.ACTIVE)

    def new_place(self, parent_id: int | None) -> str:
        """Take the next free path below a parent (or among the roots); a place once given is never given again.

        To be called with the tree locked. Refused when the parent stands too deep or is full.
        """
        if parent_id is None:
            newest = self.filter(parent__isnull=True).order_by("-path").values_list("path", flat=True).first()
            return segment(serial_of(newest or "") + 1)
        self.filter(pk=parent_id).update(last_child=F("last_child") + 1)
        above, serial, depth = self.values_list("path", "last_child", "depth").get(pk=parent_id)
        if depth >= DEEPEST or serial > MOST_CHILDREN:
            raise Refused(_("这里的层级太深或下级太多，不能再设下级组织。"), code="no_room")
        return above + segment(serial)

    def rebase(self, old: str, new: str) -> int:
        """Carry the subtree at path `old` over to the free path `new`; returns how many organisations."""
        carried = Concat(Value(new), Substr("path", len(old) + 1))
        deeper = (len(new) - len(old)) // SEGMENT
        return self.under(old).update(path=carried, depth=F("depth") + deeper)

    def visible_to(self, actor: Actor) -> "OrgQuerySet":
        """Organisations in register are published; merged and closed ones are for those whose roles cover them."""
        covered = covered_by(actor, "orgs.view_org", field="path")
        return self.filter(Q(state=OrgState.ACTIVE) | covered) if covered else self


class Org(models.Model):
    """A union organisation at its place in the tree."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    code = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=OrgKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField(max_length=PATH_LENGTH)
    depth = models.PositiveSmallIntegerField()
    last_child = models.PositiveIntegerField(default=0)
    region = models.ForeignKey("orgs.Region", models.PROTECT, null=True, blank=True, related_name="orgs")
    employer = models.ForeignKey(
        "orgs.Employer", models.PROTECT, null=True, blank=True, related_name="unions"
    )
    state = models.CharField(max_length=8, choices=OrgState, default=OrgState.ACTIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    founded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = OrgQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(
            ("id", "uid", "code", "name", "short_name", "kind", "parent", "region", "employer", "state"),
            PrivacyClass.PUBLIC,
        ),
        **dict.fromkeys(("merged_into", "founded_on", "closed_on"), PrivacyClass.PUBLIC),
        **dict.fromkeys(("path", "depth", "last_child"), PrivacyClass.INTERNAL),
    }

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("path",), name="orgs_org_path"),
            models.UniqueConstraint(fields=("code",), condition=~Q(code=""), name="orgs_org_code"),
            models.CheckConstraint(condition=Q(kind__in=OrgKind.values), name="orgs_org_kind"),
            models.CheckConstraint(condition=Q(state__in=OrgState.values), name="orgs_org_state"),
            models.CheckConstraint(condition=~Q(name=""), name="orgs_org_has_name"),
            models.CheckConstraint(
                condition=Q(depth__gte=1, depth=Length("path") / SEGMENT), name="orgs_org_depth_follows_path"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, depth=1) | Q(parent__isnull=False, depth__gt=1),
                name="orgs_org_root_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(state=OrgState.MERGED, merged_into__isnull=False)
                | (~Q(state=OrgState.MERGED) & Q(merged_into__isnull=True)),
                name="orgs_org_merged_names_target",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="orgs_org_not_into_itself",
            ),
        )
        indexes = (models.Index(fields=("parent", "name"), name="orgs_org_parent_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def opath(self) -> str:
        """The path that decides whose grants cover this organisation."""
        return self.path

    @property
    def stamp(self) -> str:
        """What a form carries to tell that place, state and name are still those the officer saw."""
        return f"{self.parent_id or 0}.{self.state}.{crc32(self.name.encode()):08x}"

    @property
    def is_active(self) -> bool:
        """Whether the organisation is in register."""
        return self.state == OrgState.ACTIVE


class OrgName(models.Model):
    """One more name an organisation has carried or is printed with."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=OrgNameKind)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = dict.fromkeys(
        ("id", "org", "name", "kind", "valid_from", "valid_to"), PrivacyClass.PUBLIC
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=OrgNameKind.values), name="orgs_orgname_kind"),
        )
        indexes = (models.Index(fields=("name",), name="orgs_orgname_name"),)

    def __str__(self) -> str:
        return self.name


class OrgChangeQuerySet(models.QuerySet["OrgChange"]):
    """The history of organisations."""

    def note(
        self,
        org: Org,
        kind: ChangeKind,
        *,
        by: Actor,
        on: datetime.date | None = None,
        note: str = "",
        **told: Any,
    ) -> "OrgChange":
        """Write one line of history; `told` may be before, after and undoes."""
        day = on or timezone.localdate()
        return self.create(
            org=org, kind=kind, happened_on=day, note=note, made_by=by.actor_label[:60], **told
        )


class OrgChange(models.Model):
    """One dated change of one organisation: shown as its history, and enough to take it back."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    org = models.ForeignKey(Org, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=ChangeKind)
    happened_on = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=60)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    objects = OrgChangeQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        **dict.fromkeys(("id", "uid", "org", "kind", "happened_on"), PrivacyClass.PUBLIC),
        **dict.fromkeys(("before", "after", "note", "made_at", "made_by", "undoes"), PrivacyClass.INTERNAL),
    }

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="orgs_change_kind"),
        )

    def __str__(self) -> str:
        return f"{self.org_id} {self.kind}"

    @property
    def opath(self) -> str:
        """The path of the organisation that changed."""
        return self.org.path
