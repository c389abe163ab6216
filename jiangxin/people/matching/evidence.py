"""Kinds of evidence that two records are, or are not, one worker; each finding has a weight and a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.text.units import (
    ABBREVIATION,
    CHAIN,
    CONTAINED,
    PARENT,
    PREFIX,
    SAME,
    SAME_CORE,
    SAME_PARENT,
    SHARED,
    unit_similarity,
)
from jiangxin.people.matching.profile import Profile, Unit
from jiangxin.people.words import BirthPrecision

HAN = "01"
CERTAIN, IMPOSSIBLE = 100, -100

SENTENCES: dict[str, str | Promise] = {
    "identity": _("身份证号相同。"),
    "identity_differs": _("身份证号不同。"),
    "name": _("姓名相同：%(name)s。"),
    "name_other": _("一方的其他名字与另一方相同：%(name)s。"),
    "name_sound": _("姓名读音相同、用字不同：%(first)s、%(second)s。"),
    "name_differs": _("姓名不同：%(first)s、%(second)s。"),
    "name_rare": _("名录里叫这个名字的只有 %(count)s 份档案。"),
    "name_common": _("名录里叫这个名字的有 %(count)s 份以上的档案。"),
    "birth_day": _("出生日期相同。"),
    "birth_month": _("出生年月相同。"),
    "birth_year": _("出生年份相同。"),
    "birth_differs": _("出生日期不同。"),
    "employer": _("在同一家单位：%(first)s。"),
    "employer_family": _("两家单位有隶属或承继关系：%(first)s、%(second)s。"),
    "employer_siblings": _("两家单位同属一个上级：%(first)s、%(second)s。"),
    f"unit_{SAME}": _("单位名称相同：%(first)s。"),
    f"unit_{SAME_CORE}": _("单位名称只差地名或公司形式：%(first)s、%(second)s。"),
    f"unit_{PARENT}": _("一个单位是另一个的下属部门：%(first)s、%(second)s。"),
    f"unit_{PREFIX}": _("单位名称开头相同：%(first)s、%(second)s。"),
    f"unit_{CONTAINED}": _("一个单位名称包含另一个：%(first)s、%(second)s。"),
    f"unit_{ABBREVIATION}": _("一个单位名称像另一个的简称：%(first)s、%(second)s。"),
    f"unit_{SAME_PARENT}": _("两个单位是同一家单位的不同部门：%(first)s、%(second)s。"),
    f"unit_{CHAIN}": _("两个单位名称里有几段依次相同：%(first)s、%(second)s。"),
    f"unit_{SHARED}": _("单位名称有相同的词：%(first)s、%(second)s。"),
    "unit_differs": _("单位名称不同：%(first)s、%(second)s。"),
    "unit_missing": _("有一方没有单位，无法比较。"),
    "region_county": _("在同一个县区。"),
    "region_city": _("在同一个市。"),
    "region_province": _("在同一个省。"),
    "region_differs": _("在不同的省。"),
    "post": _("岗位相同：%(first)s。"),
    "post_similar": _("岗位相近：%(first)s、%(second)s。"),
    "honour_same": _("两份名单都写着 %(year)s 年“%(title)s”，可能是同一次授予。"),
    "honour_same_list": _("同一份名单里两次出现这个名字（%(year)s 年“%(title)s”），多半是两个人。"),
    "honour_order": _("荣誉先低后高，先后顺序合理。"),
    "sex": _("性别相同。"),
    "sex_differs": _("性别不同。"),
    "ethnic": _("民族相同，且不是汉族。"),
    "ethnic_differs": _("民族不同。"),
    "by_hand": _("工会干部提出：%(reason)s"),
}


class Evidence(NamedTuple):
    """One finding: its kind, its weight in points, and the values its sentence needs."""

    kind: str
    weight: int
    values: dict[str, Any]

    @property
    def text(self) -> str:
        """The finding as a sentence in the reader's language."""
        return sentence(self.kind, self.values)

    def as_dict(self) -> dict[str, Any]:
        """Plain values to be kept with a proposal."""
        return {"kind": self.kind, "weight": self.weight, "text": self.text, "values": self.values}


def sentence(kind: str, values: dict[str, Any]) -> str:
    """The sentence of a kind of evidence, filled with its values."""
    return str(SENTENCES[kind]) % values


def by_hand(reason: str) -> Evidence:
    """What an officer knows and no comparison can find; it has no weight, a person reads it."""
    return Evidence("by_hand", 0, {"reason": reason})


def identity(a: Profile, b: Profile) -> Iterator[Evidence]:
    """Equal numbers are near certain, different numbers rule it out."""
    if a.identity and b.identity:
        same = a.identity == b.identity
        yield Evidence("identity" if same else "identity_differs", CERTAIN if same else IMPOSSIBLE, {})


def names(a: Profile, b: Profile) -> Iterator[Evidence]:
    """Equal keys (dots and spaces do not matter), another name of one side, or only the same sound."""
    both = {"first": a.name, "second": b.name}
    if a.name_key == b.name_key:
        yield Evidence("name", 30, {"name": a.name})
    elif a.keys & b.keys:
        yield Evidence("name_other", 26, {"name": b.name if b.name_key in a.keys else a.name})
    elif a.pinyin and a.pinyin == b.pinyin:
        yield Evidence("name_sound", 8, both)
    else:
        yield Evidence("name_differs", -40, both)


def rarity(namesakes: int) -> Iterator[Evidence]:
    """How much an equal name says depends on how many records carry it."""
    if namesakes <= 2:
        yield Evidence("name_rare", 8, {"count": namesakes})
    elif namesakes > 50:
        yield Evidence("name_common", -12, {"count": 50})
    elif namesakes > 10:
        yield Evidence("name_common", -6, {"count": 10})


def birth(a: Profile, b: Profile) -> Iterator[Evidence]:
    """Compare as much of the two dates as both sources gave."""
    if a.birth_on is None or b.birth_on is None:
        return
    if a.birth_on.year != b.birth_on.year:
        yield Evidence("birth_differs", -45, {})
        return
    precisions = {a.birth_precision, b.birth_precision}
    if BirthPrecision.YEAR in precisions:
        yield Evidence("birth_year", 8, {})
    elif a.birth_on.month != b.birth_on.month:
        yield Evidence("birth_differs", -30, {})
    elif BirthPrecision.MONTH in precisions:
        yield Evidence("birth_month", 22, {})
    elif a.birth_on == b.birth_on:
        yield Evidence("birth_day", 26, {})
    else:
        yield Evidence("birth_differs", -30, {})


def units(a: Profile, b: Profile) -> Iterator[Evidence]:
    """The strongest relation between any unit of one record and any unit of the other."""
    if not a.units or not b.units:
        yield Evidence("unit_missing", 0, {})
        return
    yield max((_unit_pair(one, two) for one in a.units for two in b.units), key=lambda found: found.weight)


def _unit_pair(one: Unit, two: Unit) -> Evidence:
    both = {"first": one.text, "second": two.text}
    if one.employer and one.employer == two.employer:
        return Evidence("employer", 30, both)
    if _related(one, two) or _related(two, one):
        return Evidence("employer_family", 26, both)
    first_names, second_names = (one.text, *one.aliases), (two.text, *two.aliases)
    best = max(
        (unit_similarity(first, second) for first in first_names for second in second_names),
        key=lambda found: found.score,
    )
    if best.score >= 0.4:
        return Evidence(f"unit_{best.reason}", round(30 * best.score), both)
    if one.parent and one.parent == two.parent:
        return Evidence("employer_siblings", 12, both)
    return Evidence("unit_differs", -8, both)


def _related(one: Unit, two: Unit) -> bool:
    return one.employer is not None and one.employer in (two.parent, two.successor)


def regions(a: Profile, b: Profile) -> Iterator[Evidence]:
    """Codes of today's table: the first two digits are the province, four the city, six the county."""
    if not a.region or not b.region:
        return
    if a.region[:2] != b.region[:2]:
        yield Evidence("region_differs", -8, {})
    elif a.region == b.region and not a.region.endswith("00"):
        yield Evidence("region_county", 10, {})
    elif a.region[:4] == b.region[:4] and not a.region.endswith("0000"):
        yield Evidence("region_city", 8, {})
    else:
        yield Evidence("region_province", 4, {})


def posts(a: Profile, b: Profile) -> Iterator[Evidence]:
    """Equal posts, or posts that share most of their characters."""
    for one in a.posts:
        for two in b.posts:
            if one == two:
                yield Evidence("post", 8, {"first": one, "second": two})
                return
    for one in a.posts:
        for two in b.posts:
            shared = set(one) & set(two)
            if len(shared) >= 2 and len(shared) * 2 >= min(len(set(one)), len(set(two))):
                yield Evidence("post_similar", 4, {"first": one, "second": two})
                return


def honours(a: Profile, b: Profile) -> Iterator[Evidence]:
    """One list names a person once, so twice speaks for two people; two lists may print one conferral."""
    for one in a.honours:
        for two in b.honours:
            if (one.title, one.year) != (two.title, two.year) or not one.year:
                continue
            values = {"title": one.title, "year": one.year}
            if one.source is not None and one.source == two.source:
                yield Evidence("honour_same_list", -60, values)
            else:
                yield Evidence("honour_same", 10, values)
            return
    if _rising(a, b):
        yield Evidence("honour_order", 4, {})


def _rising(a: Profile, b: Profile) -> bool:
    """Whether every lower honour of both records together comes before every higher one."""
    ranked = sorted((fact.year, -fact.rank) for fact in (*a.honours, *b.honours) if fact.rank and fact.year)
    if not any(f.rank for f in a.honours) or not any(f.rank for f in b.honours):
        return False
    heights = [height for _year, height in ranked]
    return len(set(heights)) > 1 and heights == sorted(heights)


def contradictions(a: Profile, b: Profile) -> Iterator[Evidence]:
    """Sex and ethnic group: weak when equal, strong when different."""
    if a.sex and b.sex:
        yield Evidence("sex", 2, {}) if a.sex == b.sex else Evidence("sex_differs", -60, {})
    if a.ethnic and b.ethnic and a.ethnic != b.ethnic:
        yield Evidence("ethnic_differs", -40, {})
    elif a.ethnic and a.ethnic == b.ethnic != HAN:
        yield Evidence("ethnic", 6, {})
