"""How organisations, their history and regions are put into words on a page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jiangxin.orgs import queries
from jiangxin.orgs.models import Employer, Org, OrgChange, Region, RegionSuccession
from jiangxin.orgs.words.choices import ChangeKind

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class HistoryItem:
    """One change as the timeline shows it."""

    when: str
    title: str
    detail: str
    source: str
    is_undone: bool


def crumbs_of(org: Org) -> list[tuple[str, str]]:
    """The way from the root down to the parent, as links."""
    start = (pgettext("nav", "组织"), reverse("orgs:orgs"))
    return [start, *((each.name, reverse("orgs:org", args=[each.uid])) for each in queries.ancestors_of(org))]


def facts_of_org(org: Org) -> Facts:
    """What is known of an organisation."""
    reach = queries.reach_of(org)
    facts = [
        (_("编号"), org.code),
        (_("状态"), org.get_state_display()),
        (_("地区"), queries.full_region_name(org.region) if org.region else ""),
        (_("成立日期"), _day(org.founded_on)),
        (_("全部下级组织"), f"{reach.below:,}"),
        (_("全部所属单位"), f"{reach.employers:,}"),
    ]
    return [(term, value or _("未填写")) for term, value in facts]


def facts_of_employer(employer: Employer) -> Facts:
    """What is known of an employer besides its union."""
    facts = [
        (_("统一社会信用代码"), employer.uscc),
        (_("所有制"), employer.get_ownership_display()),
        (_("规模"), employer.get_size_display()),
        (_("行业"), f"{employer.industry.code} {employer.industry.shown_name}" if employer.industry else ""),
        (_("地区"), queries.full_region_name(employer.region) if employer.region else ""),
    ]
    return [(term, value or _("未填写")) for term, value in facts]


def history_item(change: OrgChange) -> HistoryItem:
    """One change in words: what it was, from what to what, on whose word."""
    undone = hasattr(change, "undone_by")
    title = str(change.get_kind_display())
    if undone:
        title = _("%(kind)s（已撤回）") % {"kind": title}
    return HistoryItem(
        when=_day(change.happened_on),
        title=title,
        detail="　".join(part for part in (_told(change), change.note) if part),
        source=change.made_by,
        is_undone=undone,
    )


def _told(change: OrgChange) -> str:
    before, after = change.before, change.after
    match change.kind:
        case ChangeKind.RENAMED:
            return _("由“%(old)s”改为“%(new)s”") % {"old": before["name"], "new": after["name"]}
        case ChangeKind.MOVED:
            return _("由“%(old)s”划到“%(new)s”") % {"old": before["parent_name"], "new": after["parent_name"]}
        case ChangeKind.MERGED:
            return _("并入“%(name)s”") % {"name": after["into_name"]}
        case ChangeKind.SPLIT:
            return _("分出“%(name)s”") % {"name": after["new_name"]}
        case ChangeKind.ADDED if "from" in after:
            return _("由“%(name)s”分设") % {"name": after["from"]}
    return ""


def span_words(region: Region) -> str:
    """From when to when a code was in force; the first snapshots say no more than "before 1981"."""
    begin = _("1980年或更早") if region.valid_from.year < 1980 else _month(region.valid_from)
    end = _month(region.valid_to) if region.valid_to else _("今")
    return f"{begin} — {end}"


def step_words(step: RegionSuccession) -> str:
    """One succession in words."""
    words = {
        "old": f"{step.old.name}（{step.old.code}）",
        "new": f"{step.new.name}（{step.new.code}）",
        "kind": step.get_kind_display(),
    }
    return _("%(old)s → %(new)s，%(kind)s") % words


def _day(day: object) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""  # type: ignore[arg-type]  # a date


def _month(day: object) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")  # type: ignore[arg-type]  # a date
