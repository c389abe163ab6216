"""Verbs on the entries of the catalogue: add one of this installation, revise one."""

from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext as _

from jiangxin.honours.actions.catalogue.graph import Graph
from jiangxin.honours.actions.catalogue.names import Names
from jiangxin.honours.models import Correction, Honour
from jiangxin.honours.queries.catalogue import clear_titles, honour_titled
from jiangxin.honours.queries.correcting import differences, is_conferred
from jiangxin.honours.rules import check_reason, edits_catalogue_at
from jiangxin.honours.words import FIXED_BY_USE, LOCAL_LEVELS, HonourKind, Level
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Org, Region

NATION = "national"


class Particulars(TypedDict, total=False):
    """What else a catalogue may say of an honour; `treatment` is a list of lines, the bonus is in fen."""

    title_en: str
    granter_en: str
    kind: str
    family: str
    rank: int | None
    region: Region | None
    source: str
    rhythm: str
    criteria: str
    medal: str
    certificate: str
    bonus_fen: int | None
    treatment: list[str]


class Revision(Particulars, total=False):
    """What of an entry may be written anew; level, kind and line only while nobody holds the honour."""

    title: str
    level: str
    granter: str
    is_current: bool


@action("honours.edit_catalogue", on="org")
def add_honour(
    *,
    code: str,
    title: str,
    level: str,
    granter: str,
    by: Actor,
    org: Org | None = None,
    **more: Unpack[Particulars],
) -> Honour:
    """Add an honour of this installation, kept by `org`; without a rank it stands behind the others of its level.

    What is not local is kept by the nation. Refused: a level that is not the actor's, a title or code that is taken.
    """
    _check_level(by, level)
    if honour_titled(title) is not None or Honour.objects.filter(code=code).exists():
        raise Refused(say(_("目录里已有“%(title)s”。"), title=title), code="title_taken", field="title")
    said: dict[str, Any] = _tidied(dict(more))
    honour = Honour.objects.create(
        code=code,
        title=title.strip(),
        level=Level(level),
        granter=granter.strip(),
        opath=_place(by, level, org),
        **{
            **said,
            "title_en": said.get("title_en") or title.strip(),
            "kind": said.get("kind") or HonourKind.PERSON,
            "rank": said.get("rank") or (list(Level.values).index(level) + 1) * 10 + 9,
            "source": said.get("source") or _("本单位登记"),
        },
    )
    Names(honour).add(honour.title)
    Graph().draw()
    clear_titles()
    announce("honours.honour_added", honour, code=honour.code, title=honour.title)
    return honour


@action("honours.edit_catalogue")
def revise_honour(
    honour: Honour, *, reason: str, by: Actor, org: Org | None = None, **revision: Unpack[Revision]
) -> Honour:
    """Write an entry anew where it differs, with the reason; what stood there stays in its history.

    A title that goes stays as another name. What was conferred and signed keeps the words it was given with. `org` hands
    a local entry to another office of the actor's.
    """
    said = _tidied(dict(revision))
    said |= _keeper(honour, org, level=said.get("level", honour.level), by=by)
    changes = differences(honour, said)
    if not changes:
        raise Refused(_("没有改动。"), code="unchanged")
    _check_revision(honour, {name: said[name] for name in changes}, by=by)
    for name in changes:
        setattr(honour, name, said[name])
    honour.revised_fields = sorted({*honour.revised_fields, *changes})
    honour.save(update_fields=[*changes, "revised_fields"])
    Names(honour).add(honour.title)
    if {"level", "family"} & set(changes):
        Graph().draw_anew(honour)
    clear_titles()
    Correction.objects.create(
        honour=honour,
        changes=[[name, *values] for name, values in changes.items()],
        reason=check_reason(reason),
        corrected_by=by.actor_label,
    )
    announce("honours.honour_revised", honour, code=honour.code, title=honour.title, fields=list(changes))
    return honour


def _tidied(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


def _check_level(by: Actor, level: str) -> None:
    if not edits_catalogue_at(by, level):
        raise Refused(
            _("市级以上的荣誉由全国总工会维护目录。您可以添加市级、县级和企业级荣誉。"),
            code="level_not_yours",
            field="level",
        )


def _place(by: Actor, level: str, org: Org | None) -> str:
    """The path of the keeper: the organisation for a local honour, else the nation, which only its officers speak for."""
    is_local = level in LOCAL_LEVELS
    if is_local and org is not None and org.kind != NATION:
        return org.path
    if "" not in by.paths_for("honours.edit_catalogue"):
        raise Refused(_("请选择由哪个工会维护这项荣誉。"), code="keeper_missing", field="org")
    return ""


def _keeper(honour: Honour, org: Org | None, *, level: str, by: Actor) -> dict[str, str]:
    """Who keeps the entry from now on, as far as that is said or follows from the level."""
    if org is not None and not by.has_perm("honours.edit_catalogue", org):
        raise Refused(_("只能交给您管理范围内的工会维护。"), code="keeper_not_yours", field="org")
    if level not in LOCAL_LEVELS:
        return {"opath": ""}
    return {} if org is None else {"opath": _place(by, level, org)}


def _check_revision(honour: Honour, said: dict[str, Any], *, by: Actor) -> None:
    """Refused: an empty or taken title, a level that is not the actor's, what use has fixed."""
    for name in ("title", "granter"):
        if said.get(name) == "":
            raise Refused(_("名称和授予机关不能空着。"), code="name_missing", field=name)
    if "level" in said:
        _check_level(by, said["level"])
    fixed = [name for name in FIXED_BY_USE if name in said]
    if fixed and is_conferred(honour):
        raise Refused(_("已经授予过，级别、授予对象和类别不能再改。"), code="fixed_by_use", field=fixed[0])
    if "title" in said:
        known = honour_titled(said["title"])
        if known is not None and known.pk != honour.pk:
            raise Refused(
                say(_("目录里已有“%(title)s”。"), title=said["title"]), code="title_taken", field="title"
            )
