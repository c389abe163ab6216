"""Public pages and parts of them, rendered once and kept until something changes: the same for every visitor of one language."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jiangxin.kernel.ui.modes import modes_of

KEPT_SECONDS = 60
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
_PLACE = "<csrf>"  # of a token; cannot stand in a rendered page: the engine escapes what is not its own

State = TypeVar("State")


def kept_part(template: str, *asked: object, context: Callable[[], dict[str, Any]]) -> SafeString:
    """The rendered template; `asked` is all that its content depends on, a stamp of the state of the data included."""
    key = _key(template, get_language(), asked)
    found = _kept(key)
    if found is None:
        found = str(render_to_string(template, context()))
        _keep(key, found)
    return mark_safe(found)  # noqa: S308 - rendered by the template engine, which escapes


def kept_page(
    stamp: Callable[[], State],
) -> Callable[[Callable[[HttpRequest, State], HttpResponse]], Callable[[HttpRequest], HttpResponse]]:
    """Keep whole pages for visitors who are not signed in; `stamp` tells the state of the data, and is handed to the view.

    What else a page of theirs depends on is its host and address, the language and the display modes. Each visitor gets a form token
    of their own.
    """

    def decorate(view: Callable[[HttpRequest, State], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def door(request: HttpRequest) -> HttpResponse:
            state = stamp()
            if any(name in request.COOKIES for name in PERSONAL_COOKIES):
                return view(request, state)
            key = _key(request.get_host(), request.get_full_path(), get_language(), modes_of(request), state)
            found = _kept(key)
            if found is None:
                answer = view(request, state)
                if answer.status_code == 200:
                    _keep(key, _TOKEN.sub(_PLACE, answer.text))
                return answer
            return HttpResponse(found.replace(_PLACE, get_token(request)))

        return door

    return decorate


def _key(*asked: object) -> str:
    return f"insights.kept.{sha256(repr(asked).encode()).hexdigest()}"


def _keep(key: str, text: str) -> None:
    """Pressed: a page is 50 KB and takes 7 so."""
    cache.set(key, zlib.compress(text.encode(), 1), KEPT_SECONDS)


def _kept(key: str) -> str | None:
    found: bytes | None = cache.get(key)
    return None if found is None else zlib.decompress(found).decode()
