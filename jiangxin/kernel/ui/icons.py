"""Icons from the installed icon package, as inline SVG that takes the colour of the words beside it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import lucide
from django.utils.safestring import SafeString, mark_safe

from jiangxin.kernel.ui.registry import ComponentError


@lru_cache(maxsize=256)
def icon_svg(name: str) -> SafeString:
    """Return the icon as a decorative SVG; raise ComponentError for a name the package does not have."""
    try:
        svg = lucide._render_icon(name, None, stroke_width="1.75", **{"class": "icon"})
    except lucide.IconDoesNotExist:
        message = f"the icon package has no icon called {name!r}"
        raise ComponentError(message) from None
    svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return mark_safe(svg)  # noqa: S308  markup of the installed package, no outside value in it


def icon_markup(values: dict[str, Any]) -> dict[str, Any]:
    """Prepare the icon component."""
    return {"svg": icon_svg(str(values["name"]))}
