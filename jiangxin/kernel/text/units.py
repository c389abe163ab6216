"""Names of work units: one written form, their parts, and how likely two printed names mean one unit."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from jiangxin.kernel.text.folding import DOT, HAN, tidy

_BRACKETS = str.maketrans("【〔[{〈《「﹝】〕]}〉》」﹞", "(((((((())))))))")
_LEGAL_FORMS = (
    "股份有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "集团总公司", "集团公司",
    "总公司", "股份公司", "公司", "集团", "股份",
)  # fmt: skip
_REGIONS = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 "
    "陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾 中国"
)
_REGION_START = re.compile(
    f"(?:{'|'.join(_REGIONS.split())})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?"
)
_PLACE_START = re.compile(f"[{HAN}]{{2,5}}?(?:自治州|地区|市|县|区|盟|州)(?=[{HAN}]{{3}})")
_INNER_LEGAL_FORM = re.compile(f"(.{{2,}}?)(?:{'|'.join(_LEGAL_FORMS[:8])})(.+)")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_SUB_UNIT_END = re.compile(
    "(?:分公司|子公司|公司|分厂|总厂|厂|车间|工段|班组|班|事业部|项目部|项目经理部|经理部|指挥部|部|分局|局|处|科室|科|室|分院|院|"
    "分校|校|队|大队|中队|站|段|所|中心|基地|矿|井|库|场|线|机组|小组|组|支行|分行|营业部|网点|门店|店|工会|党委|工作室)$"
)

REASONS = (
    "same", "same_core", "parent_workshop", "contained", "prefix", "abbreviation", "same_parent", "chain", "shared_words",
)  # fmt: skip
SAME, SAME_CORE, PARENT, CONTAINED, PREFIX, ABBREVIATION, SAME_PARENT, CHAIN, SHARED = REASONS
"""The reasons `unit_similarity` gives."""
ELSEWHERE = 0.3
"""The most two names can score that begin with different places."""


class UnitSimilarity(NamedTuple):
    """How likely two names mean one unit (0 … 1) and why; `reason` is "" when nothing speaks for it."""

    score: float
    reason: str
    detail: str = ""
    """The text the reason rests on: the shared core, the workshop left over, the shared beginning."""


def normalise_unit(raw: str) -> str:
    """Return the written form of a unit's name: half-width, round brackets in full width, no spaces between Han characters.

    Legal forms (有限公司, 股份, 集团) stay: they are part of the name.
    """
    text = tidy(raw).translate(_BRACKETS)
    text = re.sub("(?<![a-zA-Z0-9]) +| +(?![a-zA-Z0-9])", "", text).strip("，,、;；。" + DOT)
    return text.replace("(", "（").replace(")", "）").replace("（）", "")


@lru_cache(maxsize=20_000)
def unit_key(raw: str) -> str:
    """Return the key by which two spellings of one full name are equal: no brackets, dots, spaces or quotes, lower case."""
    return re.sub(r"[\s()（）·“”\"'‘’—_-]", "", normalise_unit(raw)).casefold()


class _Parts(NamedTuple):
    """A name taken apart: 江苏省 | 宏远重工 | 第二车间, and what stood in brackets."""

    place: str
    core: str
    head: str
    rest: str
    brackets: frozenset[str]


@lru_cache(maxsize=20_000)
def _parts(raw: str) -> _Parts:
    text = normalise_unit(raw).replace("（", "(").replace("）", ")")
    key = unit_key(_BRACKETED.sub("", text)) or unit_key(raw)
    bare, place = _without_legal_form(key), ""
    for start in (_REGION_START, _PLACE_START):
        found = start.match(bare)
        if found and len(bare) - found.end() >= 2:
            place, bare = place + found[0].removeprefix("中国"), bare[found.end() :]
    inner = _INNER_LEGAL_FORM.match(bare)
    head, rest = (inner[1], inner[2]) if inner else (bare, "")
    return _Parts(place, bare or key, head, rest, frozenset(_BRACKETED.findall(text)))


def unit_core(raw: str) -> str:
    """Return the distinctive part: the key without legal form, bracketed words and the place it begins with.

    黑龙江北大仓集团有限公司 → 北大仓; when nothing distinctive is left the longer form stays.
    """
    return _parts(raw).core


def _without_legal_form(key: str) -> str:
    for form in _LEGAL_FORMS:
        if key.endswith(form) and len(key) - len(form) >= 2:
            return _without_legal_form(key[: -len(form)])
    return key


def unit_similarity(first: str, second: str) -> UnitSimilarity:
    """Compare two printed names of units; symmetric. The strongest reason found decides.

    same 1.0 · same_core 0.95 · parent_workshop 0.85 (one is a workshop, branch or plant of the other) · contained 0.75 ·
    prefix 0.7 · abbreviation 0.6–0.7 · same_parent 0.5 (two branches of one) · chain 0.5 (common pieces in order from the
    start) · shared_words below 0.6 (share of common character pairs). Names that begin with different places, or carry
    different brackets, stay at 0.3 or below. Empty names give 0.
    """
    one, two = unit_key(first), unit_key(second)
    if not one or not two:
        return UnitSimilarity(0.0, "")
    if one == two:
        return UnitSimilarity(1.0, SAME, one)
    parts = sorted((_parts(first), _parts(second)), key=lambda part: (len(part.core), part))
    found = _compare(*parts)
    if _elsewhere(*parts):
        return found._replace(score=min(found.score, ELSEWHERE))
    return found


def _elsewhere(one: _Parts, two: _Parts) -> bool:
    if one.place and two.place and one.place not in two.place and two.place not in one.place:
        return True
    return bool(one.brackets and two.brackets and one.brackets.isdisjoint(two.brackets))


def _compare(short: _Parts, long: _Parts) -> UnitSimilarity:
    if short.core == long.core:
        return UnitSimilarity(0.95, SAME_CORE, short.core)
    if short.head == long.head:
        if short.rest and long.rest:
            return UnitSimilarity(0.5, SAME_PARENT, short.head)
        return UnitSimilarity(0.85, PARENT, short.rest or long.rest)
    return (
        _workshop(short.core, long.core)
        or _contained(short.core, long.core)
        or _abbreviation(*sorted((short.head, long.head), key=len))
        or _strongest(_chain(short.core, long.core), _shared(short.core, long.core))
    )


def _strongest(*found: UnitSimilarity) -> UnitSimilarity:
    return max(found, key=lambda similarity: similarity.score)


def _workshop(short: str, long: str) -> UnitSimilarity | None:
    """宏远重工 → 宏远重工第二车间: what is left after the parent's name is a sub-unit."""
    if len(short) < 3 or not long.startswith(short):
        return None
    rest = long[len(short) :]
    if _SUB_UNIT_END.search(rest):
        return UnitSimilarity(0.85, PARENT, rest)
    return UnitSimilarity(0.7, PREFIX, short)


def _contained(short: str, long: str) -> UnitSimilarity | None:
    if len(short) >= 3 and short in long:
        return UnitSimilarity(0.75, CONTAINED, short)
    return None


def _abbreviation(short: str, long: str) -> UnitSimilarity | None:
    """一重 → 第一重型机械: every character of the short name stands in the long one, in order; the first near its start."""
    if not 2 <= len(short) <= 6 or len(short) * 5 > len(long) * 4 or short[0] not in long[:2]:
        return None
    place = -1
    for char in short:
        place = long.find(char, place + 1)
        if place < 0:
            return None
    return UnitSimilarity(round(0.6 + 0.1 * len(short) / len(long), 2), ABBREVIATION, short)


def _chain(one: str, two: str) -> UnitSimilarity:
    """航发沈阳黎明 … 航发黎明工装厂: pieces of two characters and more in the same order, both names beginning with the first."""
    blocks = SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    pieces = [one[block.a : block.a + block.size] for block in blocks if block.size >= 2]
    if blocks[0].a or blocks[0].b or blocks[0].size < 2 or sum(map(len, pieces)) < 4:
        return UnitSimilarity(0.0, "")
    return UnitSimilarity(0.5, CHAIN, "、".join(pieces))


def _shared(one: str, two: str) -> UnitSimilarity:
    pairs_one, pairs_two = ({core[n : n + 2] for n in range(len(core) - 1)} for core in (one, two))
    both = pairs_one & pairs_two
    if not both:
        return UnitSimilarity(0.0, "")
    dice = 2 * len(both) / (len(pairs_one) + len(pairs_two))
    return UnitSimilarity(round(0.6 * dice, 2), SHARED, "、".join(sorted(both)[:5]))
