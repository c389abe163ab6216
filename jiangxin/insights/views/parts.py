"""Parts of public pages, rendered once and kept until something changes: the same for every visitor of one language."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT_SECONDS = 60


def kept_part(template: str, *asked: object, context: Callable[[], dict[str, Any]]) -> SafeString:
    """The rendered template; `asked` is all that its content depends on, a stamp of the state of the data included."""
    text = repr((template, get_language(), asked))
    key = f"insights.part.{sha256(text.encode()).hexdigest()}"
    found: str | None = cache.get(key)
    if found is None:
        found = str(render_to_string(template, context()))
        cache.set(key, found, KEPT_SECONDS)
    return mark_safe(found)  # noqa: S308 - rendered by the template engine, which escapes
