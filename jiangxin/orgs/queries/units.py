"""Questions about employers: which one a printed unit name means, and why."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor
from jiangxin.kernel.text.units import unit_core, unit_key, unit_similarity
from jiangxin.orgs.models import Employer, Region, UnitName
from jiangxin.orgs.queries.tree import region_stem
from jiangxin.orgs.words.choices import UnitNameKind

CERTAIN = 95
LEAST = 50
MOST = 10
_SCANNED = 60
_LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class UnitCandidate:
    """An employer a printed name may mean: score 0–100 and the reasons as sentences; never certain by itself below 95."""

    employer: Employer
    score: int
    why: tuple[str, ...]


def employer_at(uid: str) -> Employer | None:
    """The employer with this outside address."""
    found = Employer.objects.select_related(
        "industry__parent", "region__parent__parent", "org", "parent", "successor"
    )
    return found.filter(uid=uid).first()


def employers_found(
    actor: Actor, *, text: str = "", ownership: str = "", size: str = "", section: str = "", path: str = ""
) -> QuerySet[Employer]:
    """Employers the actor may see, narrowed; `text` is looked for in every name they have had; by name."""
    found = Employer.objects.visible_to(actor).under(path)
    if text := text.strip():
        named = UnitName.objects.filter(normalized__contains=unit_key(text)).values("employer")
        found = found.filter(Q(pk__in=named) | Q(uscc=text.upper()))
    if ownership:
        found = found.filter(ownership=ownership)
    if size:
        found = found.filter(size=size)
    if section:
        found = found.filter(Q(industry__code=section) | Q(industry__parent__code=section))
    return found.select_related("industry", "region", "org").order_by("name", "pk")


def employer_coded(uscc: str) -> Employer | None:
    """The employer with this unified social credit code."""
    return Employer.objects.coded(uscc.strip().upper()).first()


def employers_called(text: str) -> list[Employer]:
    """Employers with this credit code, or that carry or carried exactly this name; at most five, to tell whether it is one."""
    text = text.strip()
    named = UnitName.objects.filter(normalized=unit_key(text)).values("employer")
    found = Employer.objects.filter(Q(uscc=text.upper(), uscc__gt="") | Q(pk__in=named))
    return list(found.order_by("pk")[:5])


def kin_of(employer: Employer) -> tuple[list[Employer], list[Employer]]:
    """The units directly below this one, and those it took over from; by name."""
    below = Employer.objects.filter(parent=employer).order_by("name", "pk")
    before = Employer.objects.filter(successor=employer).order_by("name", "pk")
    return list(below[:200]), list(before[:200])


def unit_names_of(employer: Employer) -> QuerySet[UnitName]:
    """Every name of an employer, the present one first, then the newest."""
    return employer.names.order_by("kind", "-valid_to", "pk")


def present_employer(employer: Employer) -> Employer:
    """The employer that carries on from this one today, through its successors."""
    seen = {employer.pk}
    while employer.successor is not None and employer.successor_id not in seen:
        employer = employer.successor
        seen.add(employer.pk)
    return employer


def resolve_unit(
    text: str, region: Region | None = None, on: datetime.date | None = None
) -> list[UnitCandidate]:
    """Employers a printed unit name may mean, best first, at most ten, none below 50.

    Looks at every name an employer has had, at parent and workshop, at place (`region`) and time (`on`). A list with one
    candidate of 95 or more is as good as certain; anything else is for a person to choose.
    """
    key = unit_key(text)
    if len(key) < 2:
        return []
    best: dict[int, UnitCandidate] = {}
    for name in _names_near(key, unit_core(text)):
        candidate = _judge(text, name, region, on)
        known = best.get(name.employer_id)
        if candidate.score >= LEAST and (known is None or candidate.score > known.score):
            best[name.employer_id] = candidate
    return sorted(best.values(), key=lambda each: (-each.score, each.employer.name, each.employer.pk))[:MOST]


def resolve_units(texts: Iterable[str]) -> dict[str, Employer]:
    """For an import: printed name → employer, only where exactly one employer has borne exactly this name."""
    keys = {text: unit_key(text) for text in texts if text}
    found: dict[str, set[int]] = {}
    employers: dict[int, Employer] = {}
    wanted = sorted(set(keys.values()))
    for start in range(0, len(wanted), 500):
        names = UnitName.objects.filter(normalized__in=wanted[start : start + 500]).select_related("employer")
        for name in names.exclude(kind=UnitNameKind.WORKSHOP):
            found.setdefault(name.normalized, set()).add(name.employer_id)
            employers[name.employer_id] = name.employer
    return {
        text: employers[next(iter(found[key]))] for text, key in keys.items() if len(found.get(key, ())) == 1
    }


def _names_near(key: str, core: str) -> Iterable[UnitName]:
    """Names equal to the key, names the key begins with, and names that begin with the key or its core; all by index."""
    beginnings = [key[:end] for end in range(4, len(key) + 1)] or [key]
    names = UnitName.objects.select_related("employer__region", "employer__parent").order_by(
        "normalized", "pk"
    )
    seen: set[int] = set()
    starts = sorted({start for start in (key, core) if len(start) >= 2})
    near = [
        names.filter(normalized__in=beginnings),
        *(
            names.filter(normalized__gte=start, normalized__lt=start + _LAST_CHARACTER)[:_SCANNED]
            for start in starts
        ),
    ]
    for found in near:
        for name in found:
            if name.pk not in seen:
                seen.add(name.pk)
                yield name


def _judge(text: str, name: UnitName, region: Region | None, on: datetime.date | None) -> UnitCandidate:
    similarity = unit_similarity(text, name.name)
    score = round(similarity.score * 100)
    why = [_reason(similarity.reason, name)]
    if on and not _in_use(name, on):
        score -= 8
        why.append(_("这一名称在 %(year)s 年不在使用期内") % {"year": on.year})
    home = name.employer.region
    if region is not None and home is not None:
        near = home.code.startswith(region_stem(region.code)) or region.code.startswith(
            region_stem(home.code)
        )
        same_province = home.code[:2] == region.code[:2]
        score += 3 if near else 0 if same_province else -20
        why.append(_("地区相符") if near else _("同省不同地区") if same_province else _("地区在另一省"))
    return UnitCandidate(name.employer, max(0, min(100, score)), tuple(each for each in why if each))


def _in_use(name: UnitName, on: datetime.date) -> bool:
    return (name.valid_from is None or name.valid_from <= on) and (
        name.valid_to is None or on <= name.valid_to
    )


def _reason(reason: str, name: UnitName) -> str:
    kind = name.get_kind_display()
    if reason == "same" and name.kind != UnitNameKind.CURRENT:
        return _("与%(kind)s“%(name)s”完全相同") % {"kind": kind, "name": name.name}
    sentences = {
        "same": _("与现名完全相同"),
        "same_core": _("除地名和公司形式外，与“%(name)s”相同"),
        "parent_workshop": _("像是“%(name)s”的下属部门或上级"),
        "contained": _("名称互相包含：“%(name)s”"),
        "prefix": _("开头与“%(name)s”相同"),
        "abbreviation": _("像是“%(name)s”的简称"),
        "same_parent": _("与“%(name)s”像是同一单位的不同部门"),
        "chain": _("主要字词与“%(name)s”相同"),
        "shared_words": _("部分字词与“%(name)s”相同"),
    }
    return sentences.get(reason, "") % {"name": name.name} if reason in sentences else ""
