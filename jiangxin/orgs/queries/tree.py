"""Questions about the union tree."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.orgs.models import Employer, Org, OrgChange, OrgName, OrgQuerySet
from jiangxin.orgs.models.paths import AFTER
from jiangxin.orgs.words.choices import ChangeKind, OrgKind, OrgState

COUNT_CAP = 10_001
_BELOW = {
    OrgKind.NATIONAL: OrgKind.PROVINCE,
    OrgKind.PROVINCE: OrgKind.CITY,
    OrgKind.CITY: OrgKind.COUNTY,
    OrgKind.ENTERPRISE: OrgKind.BRANCH,
    OrgKind.BRANCH: OrgKind.BRANCH,
}


@dataclass(frozen=True)
class Reach:
    """How much a change of an organisation carries along."""

    below: int
    children: int
    employers: int


def org_at(uid: str, actor: Actor) -> Org | None:
    """The organisation with this outside address, if the actor may see it."""
    found = Org.objects.visible_to(actor).filter(uid=uid)
    return found.select_related("parent", "region", "employer", "merged_into").first()


def orgs_found(
    actor: Actor, *, text: str = "", kind: str = "", state: str = "", region_code: str = "", path: str = ""
) -> OrgQuerySet:
    """Organisations the actor may see, narrowed; in the order of the tree.

    `text` is looked for in names, short names, former names and numbers; `region_code` takes in everything below it.
    """
    found = Org.objects.visible_to(actor).under(path)
    if text := text.strip():
        other_names = OrgName.objects.filter(org=OuterRef("pk"), name__contains=text)
        found = found.filter(
            Q(name__contains=text) | Q(short_name__contains=text) | Q(code=text) | Exists(other_names)
        )
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if region_code:
        found = found.filter(region__code__startswith=region_stem(region_code))
    return found.select_related("region", "parent").order_by("path")


def region_stem(code: str) -> str:
    """The digits every region below `code` begins with: 330000 → 33, 330100 → 3301."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def roots(actor: Actor) -> OrgQuerySet:
    """Organisations without a parent, with the number of their children."""
    return _with_children(Org.objects.visible_to(actor).filter(parent__isnull=True))


def only_root(actor: Actor) -> Org | None:
    """The root, if there is just one."""
    found = list(roots(actor)[:2])
    return found[0] if len(found) == 1 else None


def children_of(org: Org, actor: Actor) -> OrgQuerySet:
    """Organisations directly below, with the number of their own children."""
    return _with_children(Org.objects.visible_to(actor).filter(parent=org))


def _with_children(found: OrgQuerySet) -> OrgQuerySet:
    active = Count("children", filter=Q(children__state=OrgState.ACTIVE))
    return found.select_related("region").annotate(child_count=active).order_by("path")


def children_in_register(org: Org) -> OrgQuerySet:
    """Active organisations directly below."""
    return Org.objects.active().filter(parent=org).order_by("path")


def employers_of(org: Org) -> QuerySet[Employer]:
    """Employers that belong to the organisation itself."""
    return org.employers.select_related("industry", "region").order_by("name", "pk")


def ancestors_of(org: Org) -> list[Org]:
    """Organisations above, the root first."""
    return list(Org.objects.above(org.path).exclude(pk=org.pk))


def reach_of(org: Org) -> Reach:
    """How many organisations and employers stand below, for a page that asks before a change."""
    below = Org.objects.under(org.path).exclude(pk=org.pk)
    return Reach(
        below=below.count(),
        children=below.active().filter(parent=org).count(),
        employers=Employer.objects.under(org.path).count(),
    )


def names_of(org: Org) -> QuerySet[OrgName]:
    """Other names the organisation has carried, newest first."""
    return org.names.order_by("-valid_to", "-id")


def history_of(org: Org) -> QuerySet[OrgChange]:
    """What happened to the organisation, newest first."""
    return org.changes.select_related("undone_by", "undoes").order_by("-id")


def undoable_change(org: Org) -> OrgChange | None:
    """The newest change that can still be taken back; None when the newest standing one cannot."""
    standing = org.changes.filter(undone_by__isnull=True).exclude(kind=ChangeKind.UNDONE)
    newest = standing.order_by("-id").first()
    return newest if newest and newest.kind != ChangeKind.ADDED else None


def change_at(uid: str) -> OrgChange | None:
    """The change with this outside address."""
    return OrgChange.objects.select_related("org").filter(uid=uid).first()


def orgs_named(text: str, *, path: str = "") -> OrgQuerySet:
    """Active organisations whose present, short or former name is exactly `text`."""
    name = text.strip()
    other_names = OrgName.objects.filter(org=OuterRef("pk"), name=name)
    named = Q(name=name) | Q(short_name=name) | Q(Exists(other_names))
    return Org.objects.active().under(path).filter(named).order_by("path")


def org_coded(code: str) -> Org | None:
    """The organisation with this number of its own (组织编号)."""
    return Org.objects.coded([code.strip()]).first()


def targets_for(org: Org, text: str, actor: Actor, permission: str) -> OrgQuerySet:
    """Organisations in register that could take `org` in: by a part of their names, where the actor has a say, not itself
    nor below it."""
    inside = Q(path__gte=org.path, path__lt=org.path + AFTER)
    theirs = covered_by(actor, permission, field="path")
    return orgs_found(actor, text=text, state=OrgState.ACTIVE).filter(theirs).exclude(inside)


def home_orgs(actor: Actor) -> list[Org]:
    """The organisations an actor's roles stand on, the highest first; none for those with a say everywhere."""
    paths = [path for path in actor.paths_for("orgs.view_org") if path]
    return list(Org.objects.filter(path__in=paths).order_by("depth", "path"))


def scopes_of(actor: Actor, code: str) -> list[tuple[str, str]]:
    """Path and name of each organisation on which an actor's roles give a permission, the highest first; roots for all."""
    paths = actor.paths_for(code)
    wanted = Q(parent__isnull=True) if "" in paths else Q(path__in=paths)
    return list(Org.objects.active().filter(wanted).order_by("depth", "path").values_list("path", "name"))


def kind_below(parent: Org) -> OrgKind:
    """What usually stands below a parent, as a first proposal in a form."""
    return _BELOW.get(OrgKind(parent.kind), OrgKind.ENTERPRISE)


def counted(found: OrgQuerySet) -> int:
    """How many organisations, counted up to COUNT_CAP."""
    return found.order_by()[:COUNT_CAP].count()


def org_at_path(path: str) -> Org | None:
    """The organisation standing at a path; None for ""."""
    return Org.objects.filter(path=path).first() if path else None


def path_of(uid: str) -> str:
    """The path of an organisation by its outside address; "" when there is none."""
    return Org.objects.filter(uid=uid).values_list("path", flat=True).first() or ""
