"""Display modes a visitor may choose: theme, contrast and elder-friendly, kept in cookies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

COOKIE_PREFIX = "jx_"
COOKIE_AGE = 365 * 24 * 3600

THEMES = {"auto": _("跟随系统"), "light": _("浅色"), "dark": _("深色")}
CONTRASTS = {"normal": _("标准"), "more": _("高对比")}
ELDER = {"off": _("标准版"), "on": _("长辈版")}

#: mode name → the values it may have; the first is the default.
MODES: Mapping[str, Mapping[str, Any]] = {"theme": THEMES, "contrast": CONTRASTS, "elder": ELDER}
TITLES = {"theme": _("配色"), "contrast": _("对比度"), "elder": _("字号与版式")}


@dataclass(frozen=True, slots=True)
class Modes:
    """The modes of one request; each is one of the known values."""

    theme: str = "auto"
    contrast: str = "normal"
    elder: str = "off"


def modes_of(request: HttpRequest) -> Modes:
    """Read the modes from the cookies; an unknown value counts as the default."""
    return Modes(**{name: _known(name, request.COOKIES.get(COOKIE_PREFIX + name, "")) for name in MODES})


def chosen_modes(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the modes named in a posted form, leaving out what is missing or unknown."""
    return {name: posted[name] for name, known in MODES.items() if posted.get(name) in known}


def switch_choices(values: dict[str, Any]) -> dict[str, Any]:
    """Prepare the groups of buttons the switch shows; also where to return to."""
    request = values["request"]
    current = values["modes"] or Modes()
    groups = [
        {
            "name": name,
            "title": TITLES[name],
            "choices": [
                {"value": value, "label": label, "current": getattr(current, name) == value}
                for value, label in known.items()
            ],
        }
        for name, known in MODES.items()
    ]
    if values["compact"]:
        groups = [group for group in groups if group["name"] == "elder"]
        for group in groups:
            group["choices"] = [choice for choice in group["choices"] if not choice["current"]]
    back = values["next"] or (request.get_full_path() if request is not None else "/")
    return {"groups": groups, "back": back}


def _known(name: str, value: str) -> str:
    return value if value in MODES[name] else next(iter(MODES[name]))
