"""What is carved into a seal and how: characters, cut and outline by a stable hash of the name."""

from __future__ import annotations

from typing import Any, Final
from zlib import crc32

from django.utils.translation import gettext_lazy as _

COMPOUND_SURNAMES: Final = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "令狐",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "轩辕",
    ]
)
MIN_COMPOUND: Final = 3

#: Hand-cut outlines on a 48 × 48 field: no two edges quite straight, as a knife leaves them.
OUTLINES: Final = (
    "M3.4 2.6 24 2 45.2 2.9 46 24.3 45.1 45.3 23.6 46 2.7 45 2 23.8Z",
    "M2.6 3.3 23.5 2.4 45.6 2.2 45.4 23.6 46 45.6 24.6 45.4 2.2 46 2.9 24.2Z",
    "M2.2 2.2 24.4 2.9 45.8 2.5 46 22.7 45.3 45.8 22.9 45.1 3 45.7 2.3 25Z",
    "M3 2.1 22.8 2.6 44.9 2.1 45.7 25.1 45.9 45 25.2 46 2.4 45.4 2.8 22.6Z",
)

LEVEL_CHARACTERS: Final = {
    "national": "国",
    "ministry": "部",
    "province": "省",
    "city": "市",
    "county": "县",
    "enterprise": "企",
}
LEVEL_NAMES: Final = {
    "national": _("国家级"),
    "ministry": _("部级"),
    "province": _("省级"),
    "city": _("市级"),
    "county": _("县级"),
    "enterprise": _("企业级"),
}
STATE_NAMES: Final = {
    "conferred": "",
    "suspended": _("暂停"),
    "reexamined": _("复核中"),
    "revoked": _("已撤销"),
}


def carved(name: str) -> str:
    """Return what the seal of a name shows: the surname (two characters if compound), else the first character."""
    name = name.strip()
    if len(name) >= MIN_COMPOUND and name[:2] in COMPOUND_SURNAMES:
        return name[:2]
    return name[:1].upper() or "匠"


def name_seal(values: dict[str, Any]) -> dict[str, Any]:
    """Return text, cut and outline; the same name always gives the same seal."""
    name = str(values["name"])
    digest = crc32(name.encode())
    cut = values["cut"]
    if cut == "auto":
        cut = "filled" if digest & 1 else "outlined"
    return {"characters": carved(name), "cut": cut, "outline": OUTLINES[(digest >> 1) % len(OUTLINES)]}


def level_shape(values: dict[str, Any]) -> dict[str, Any]:
    """Return the character and the words a screen reader hears for the seal of a level."""
    level, state = values["level"], values["state"]
    return {
        "character": LEVEL_CHARACTERS[level],
        "level_name": LEVEL_NAMES[level],
        "state_name": STATE_NAMES[state],
    }
