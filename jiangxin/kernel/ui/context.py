"""What every page knows: who acts, where one may go, and the display modes chosen."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.ui.filters import Filters
from jiangxin.kernel.ui.modes import modes_of
from jiangxin.kernel.ui.navigation import Navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `actor`, `nav`, `filters`, `modes`, `contact`, `site`, `is_demo`; nothing is looked up before a template asks."""
    actor = SimpleLazyObject(lambda: actor_of(request))
    return {
        "actor": actor,
        "nav": Navigation(request.path, actor),
        "filters": Filters(request, actor),
        "modes": modes_of(request),
        "contact": contact(settings.CONTACT),
        "site": settings.PUBLIC_URL.split("://", 1)[-1],
        "is_demo": settings.DEMO_MODE,
    }


def contact(text: str) -> dict[str, str]:
    """Who helps, as the operator set it: the words, and the address they lead to when they are one."""
    if text.startswith(("https://", "http://")):
        return {"text": text.split("://", 1)[1].rstrip("/"), "url": text}
    return {"text": text, "url": f"mailto:{text}" if re.fullmatch(r"[^@\s]+@[^@\s]+", text) else ""}
