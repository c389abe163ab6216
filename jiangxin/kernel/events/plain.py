"""Plain values: what may stand in a log entry, and their one canonical spelling (RFC 8785)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import rfc8785
from django.utils.functional import Promise

LARGEST_INTEGER = 2**53 - 1  # RFC 8785 counts in IEEE doubles
LARGEST_FLOAT = 1e15  # beyond it a database may hand the number back as an integer

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False, allow_nan=False
).encode


def clean(text: str) -> str:
    """The text with characters no database or hash can carry (NUL, half surrogates) replaced by U+FFFD."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def plain(value: Any) -> Any:
    """Turn a value into what JSON can hold; dates become ISO text. TypeError or ValueError for anything else."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (str, Promise, UUID, Decimal)):
        return clean(str(value))
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {clean(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    raise TypeError(f"an event carries plain values only, not {type(value).__name__}")


def _number(value: float) -> float:
    """A number that both databases hand back unchanged; ValueError outside the range."""
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise ValueError(value)
        return int(value)
    if not math.isfinite(value) or abs(value) >= LARGEST_FLOAT:
        raise ValueError(value)
    return value + 0.0  # -0.0 becomes 0.0


def written(moment: datetime) -> str:
    """UTC with microseconds and a Z, the one spelling of a moment in the log."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def canonical(entry: Mapping[str, Any]) -> bytes:
    """The JSON Canonicalization Scheme of RFC 8785, UTF-8.

    Entries without fractions and with keys of the basic plane, which is nearly all, take the standard library's
    encoder: it spells them the same and five times as fast. The rest goes through rfc8785.
    What RFC 8785 cannot spell (slipped in past `plain`) still gets one spelling, so that it cannot stop the log.
    """
    if not _is_simple(entry):
        with suppress(rfc8785.CanonicalizationError, UnicodeEncodeError):
            return bytes(rfc8785.dumps(dict(entry)))
    return _encode(entry).encode("utf-8", "backslashreplace")


def _is_simple(value: Any) -> bool:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return abs(int(value)) <= LARGEST_INTEGER
    if kind is dict:
        return all(type(key) is str and key.isascii() for key in value) and all(
            map(_is_simple, value.values())
        )
    if kind is list:
        return all(map(_is_simple, value))
    return False
