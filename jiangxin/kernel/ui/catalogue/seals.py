"""Seals: the mark of the house, of a name, of a level, of a checked proof."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.ui.registry import Attr, Component
from jiangxin.kernel.ui.seals import level_shape, name_seal

SIZES = ("s", "m", "l", "xl")

LOGO = Component(
    name="logo",
    doc="The mark: a seal that reads 匠心. `wordmark` sets the name beside it.",
    example="{% logo wordmark=True %}",
    attrs=(Attr("size", "m", choices=SIZES), Attr("wordmark", False, "flag")),
)

SEAL = Component(
    name="seal",
    doc="Stands for a person without portrait: the surname, red on light or light on red by a stable hash.",
    example='{% seal "林小满" size="l" %}',
    attrs=(
        Attr("name"),
        Attr("size", "m", choices=SIZES),
        Attr("cut", "auto", choices=("auto", "filled", "outlined")),
    ),
    positional=("name",),
    prepare=name_seal,
)

LEVEL_SEAL = Component(
    name="level_seal",
    doc="Small seal of a level; the shape tells the level, the line tells the state.",
    example='{% level_seal "national" label="全国劳动模范" year="2025" %}',
    attrs=(
        Attr(
            "level",
            choices=("national", "ministry", "province", "city", "county", "enterprise"),
        ),
        Attr("label", ""),
        Attr("year", "", "object"),
        Attr("href", ""),
        Attr("state", "conferred", choices=("conferred", "suspended", "reexamined", "revoked")),
        Attr("size", "m", choices=SIZES),
    ),
    positional=("level",),
    prepare=level_shape,
)

PROOF_WORDS = {
    "valid": _("真实有效"),
    "revoked": _("已撤销"),
    "altered": _("内容被改动"),
    "unknown": _("签发者不明"),
    "expired": _("已过期"),
}

PROOF_SEAL = Component(
    name="proof_seal",
    doc="Result of a check: whole, struck through, broken frame, open frame or worn. Words always beside.",
    example='{% proof_seal "valid" %}',
    attrs=(
        Attr("state", choices=tuple(PROOF_WORDS)),
        Attr("label", ""),
        Attr("size", "l", choices=SIZES),
    ),
    positional=("state",),
    prepare=lambda values: {"word": values["label"] or PROOF_WORDS[values["state"]]},
)

COMPONENTS = (LOGO, SEAL, LEVEL_SEAL, PROOF_SEAL)
