"""What every page knows: who acts, where one may go, and the display modes chosen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from jiangxin.kernel.access import Actor, Anonymous
from jiangxin.kernel.ui.modes import modes_of
from jiangxin.kernel.ui.navigation import Navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `actor`, `nav`, `modes` and `is_demo`; nothing is looked up before a template asks for it."""
    actor = SimpleLazyObject(lambda: actor_of(request))
    return {
        "actor": actor,
        "nav": Navigation(request.path, actor),
        "modes": modes_of(request),
        "is_demo": settings.DEMO_MODE,
    }


def actor_of(request: HttpRequest) -> Actor:
    """Return the signed-in user, or the anonymous visitor who holds no permission."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and isinstance(user, Actor):
        return user
    return Anonymous()
