"""Questions about dated regions: which one a code meant on a day, and what it is today."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Region, RegionSuccession
from jiangxin.orgs.words.choices import RegionLevel

TABLE_VERSION = "2026-09"
_KIND_WORDS = re.findall(
    r"\S+",
    "维吾尔自治区 壮族自治区 回族自治区 自治区 特别行政区 自治州 自治县 自治旗 地区 林区 矿区 省 市 县 区 旗 盟 州",
)


@dataclass(frozen=True)
class RegionAnswer:
    """What a code means on a day. `region` is None when it means nothing; `note` says what the reader should know."""

    region: Region | None
    note: str = ""


def provinces() -> QuerySet[Region]:
    """Provinces in force, by code."""
    return (
        Region.objects.current().filter(level=RegionLevel.PROVINCE).select_related("parent").order_by("code")
    )


def regions_below(code: str) -> QuerySet[Region]:
    """Regions in force directly below a code, by code; provinces for ""."""
    if not code:
        return provinces()
    return Region.objects.current().filter(parent__code=code).select_related("parent").order_by("code")


def region_now(code: str) -> Region | None:
    """The region in force with this code."""
    return Region.objects.current().select_related("parent__parent").filter(code=code).first()


def spans_of_code(code: str) -> QuerySet[Region]:
    """Every span of a code, oldest first."""
    return Region.objects.select_related("parent__parent").filter(code=code).order_by("valid_from")


def regions_by_text(text: str) -> QuerySet[Region]:
    """Regions of any time whose name holds `text`, those in force first."""
    in_force = Region.objects.select_related("parent__parent").filter(name__contains=text)
    return in_force.order_by(F("valid_to").desc(nulls_first=True), "code")


def steps_around(code: str) -> QuerySet[RegionSuccession]:
    """What a code came from and went over into, oldest first."""
    steps = RegionSuccession.objects.select_related("old", "new")
    return steps.filter(Q(old__code=code) | Q(new__code=code)).order_by("on", "pk")


def resolve_region(code: str, *, on: datetime.date | None = None) -> RegionAnswer:
    """What `code` means on a day (today if none is given).

    A code of an earlier time is kept, with a note naming today's successor; a code that began only later is unknown on
    that day. The note names the version of the table.
    """
    day = on or timezone.localdate()
    spans = list(spans_of_code(code.strip()))
    for span in spans:
        if span.valid_from <= day and (span.valid_to is None or day < span.valid_to):
            return RegionAnswer(span)
    version = say(_("区划表 %(version)s"), version=TABLE_VERSION)
    earlier = [span for span in spans if span.valid_from <= day]
    if earlier:
        heirs = "、".join(heir.name for heir in present_regions_of(earlier[-1])) or say(_("无记录"))
        note = _("%(code)s %(name)s 已于 %(year)s 年停用，今为 %(heirs)s（%(version)s）。")
        words = {"code": code, "name": earlier[-1].name, "year": _year(earlier[-1].valid_to), "heirs": heirs}
        return RegionAnswer(earlier[-1], say(note, **words, version=version))
    if spans:
        note = _("区划代码 %(code)s 自 %(year)s 年才启用（%(version)s）。")
        return RegionAnswer(None, say(note, code=code, year=spans[0].valid_from.year, version=version))
    return RegionAnswer(None, say(_("没有区划代码 %(code)s（%(version)s）。"), code=code, version=version))


def _year(day: datetime.date | None) -> str:
    return str(day.year) if day else ""


def present_regions_of(region: Region) -> list[Region]:
    """The regions in force that took over from `region` (itself if in force); several after a split."""
    found = {region.pk: region}
    present: dict[int, Region] = {}
    while found:
        present |= {pk: each for pk, each in found.items() if each.is_current}
        steps = RegionSuccession.objects.filter(old__in=[pk for pk in found if pk not in present])
        found = {step.new_id: step.new for step in steps.select_related("new__parent")}
    return sorted(present.values(), key=lambda each: each.code)


def present_region_ids(ids: Iterable[int]) -> dict[int, int | None]:
    """For a report by present regions: region id → id of the one region in force; None where a split needs a choice."""
    current = set(Region.objects.current().values_list("pk", flat=True))
    heirs: dict[int, list[int]] = {}
    for old, new in RegionSuccession.objects.values_list("old_id", "new_id"):
        heirs.setdefault(old, []).append(new)
    answer: dict[int, int | None] = {}
    for start in set(ids):
        place = start
        while place not in current and len(heirs.get(place, ())) == 1:
            place = heirs[place][0]
        answer[start] = place if place in current else None
    return answer


def region_chain(region: Region) -> list[Region]:
    """The province first, then the city if there is one, then the region itself."""
    chain = [region]
    while (above := chain[0].parent) is not None:
        chain.insert(0, above)
    return chain


def full_region_name(region: Region) -> str:
    """江苏省南京市玄武区, written together as on documents."""
    return "".join(each.name for each in region_chain(region))


def resolve_region_text(text: str, *, on: datetime.date | None = None) -> Region | None:
    """The region a printed text begins with: 浙江, 浙江省杭州市, 杭州西湖区. None when it is unclear.

    Words for the kind of region may be missing. The deepest region that fits is returned; a county named without its city
    counts only if its name is unique in the country on that day.
    """
    rest = "".join(text.split())
    place: Region | None = None
    for level in RegionLevel.values:
        found = _best_prefix(rest, _in_force(on).filter(level=level), place)
        if found is not None:
            place, rest = found[0], rest[found[1] :]
        if not rest:
            break
    return place


def _in_force(on: datetime.date | None) -> QuerySet[Region]:
    return Region.objects.on(on) if on else Region.objects.current()


def _best_prefix(text: str, regions: QuerySet[Region], above: Region | None) -> tuple[Region, int] | None:
    """The one region whose name, or name without its kind, the text begins with; the longest wins, a tie is unclear."""
    if len(text) < 2:
        return None
    if above is not None:
        regions = regions.filter(Q(parent=above) | Q(parent__parent=above))
    found: list[tuple[int, Region]] = []
    for region in regions.filter(name__startswith=text[:2]):
        for name in (region.name, region_stem_name(region.name)):
            if len(name) >= 2 and text.startswith(name):
                found.append((len(name), region))
                break
    if not found:
        return None
    longest = max(length for length, _region in found)
    best = {region.pk: region for length, region in found if length == longest}
    return (next(iter(best.values())), longest) if len(best) == 1 else None


def region_stem_name(name: str) -> str:
    """The name without the word for its kind (浙江省 → 浙江, 新疆维吾尔自治区 → 新疆); short names stay whole."""
    for word in _KIND_WORDS:
        if name.endswith(word) and len(name) - len(word) >= 2:
            return name.removesuffix(word)
    return name
