"""The place where the next page begins, as a short opaque text."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Refused

_PLACE = re.compile(r"([a-z])([0-9]{1,18}):(.*)", re.DOTALL | re.ASCII)


def write_cursor(form: str, text: str, number: int) -> str:
    """Pack a place; `form` is one letter for the order it belongs to."""
    return urlsafe_b64encode(f"{form}{number}:{text}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, form: str, *, default: tuple[str, int]) -> tuple[str, int]:
    """Unpack a place, `default` for the first page; a place of another order or of nobody's making is Refused."""
    if not cursor:
        return default
    try:
        plain = urlsafe_b64decode(cursor[:1_000].encode() + b"=" * (-len(cursor) % 4)).decode()
    except (ValueError, Error):
        plain = ""
    found = _PLACE.fullmatch(plain)
    if found is None or found[1] != form or "\x00" in plain:
        raise Refused(_("翻页的位置无效，请从第一页重新开始。"), code="cursor")
    return found[3], int(found[2])
