"""JSON in and out of signatures: a strict reader and the canonical form of RFC 8785."""

import json
import math
import sys
from typing import Any

import rfc8785

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_SAFE_INTEGER = 2**53 - 1
MOST_DIGITS = 310


class MalformedJson(ValueError):  # noqa: N818 - names the text, not the event
    """Text that is not the JSON a credential may be; `code` says why in one word."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


def read_json(raw: bytes | str) -> Any:
    """Read JSON strictly (RFC 8259 with the input rules of RFC 8785).

    Refused, each with its own code: more than 2 MB (`too_large`), other encodings than UTF-8 (`not_utf8`), no JSON
    (`not_json`), a key twice in one object (`duplicate_key`), NaN, infinities and integers no double holds exactly
    (`bad_number`), half of a surrogate pair (`lone_surrogate`), nesting deeper than 40 (`too_deep`).
    """
    if len(raw) > MAX_BYTES:
        raise MalformedJson("too_large")
    value = _parse(_decode(raw))
    check_value(value)
    return value


def _decode(raw: bytes | str) -> str:
    if isinstance(raw, str):
        return raw
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise MalformedJson("not_utf8", str(fault.start)) from None


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_integer)
    except RecursionError:
        raise MalformedJson("too_deep") from None
    except json.JSONDecodeError as fault:
        raise MalformedJson("not_json", f"line {fault.lineno} column {fault.colno}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise MalformedJson("duplicate_key", next(name for name in names if names.count(name) > 1)[:80])
    return found


def _no_constant(name: str) -> None:
    raise MalformedJson("bad_number", name)


def _integer(digits: str) -> int | float:
    """An integer that names one double without loss; JSON numbers are doubles (RFC 8785 3.2.2.3)."""
    if len(digits) > MOST_DIGITS:
        raise MalformedJson("bad_number", digits[:24])
    number = int(digits)
    if abs(number) <= MAX_SAFE_INTEGER:
        return number
    if abs(number) > sys.float_info.max or not _is_double(digits, float(number)):
        raise MalformedJson("bad_number", digits[:24])
    return float(number)


def _is_double(digits: str, number: float) -> bool:
    """Whether the digits are the double itself, or the shortest way to write it."""
    return int(number) == int(digits) or rfc8785.dumps(number).decode() == digits


def check_value(value: Any) -> None:
    """Refuse what no canonical form exists for, and nesting deeper than the limit; the walk is not recursive."""
    waiting: list[tuple[Any, int]] = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, str):
            _check_text(item)
        elif isinstance(item, float):
            _check_number(item)
        elif isinstance(item, dict | list):
            if depth > MAX_DEPTH:
                raise MalformedJson("too_deep")
            waiting.extend((part, depth + 1) for part in _parts(item))


def _parts(item: dict[str, Any] | list[Any]) -> list[Any]:
    return [*item.keys(), *item.values()] if isinstance(item, dict) else item


def _check_text(text: str) -> None:
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise MalformedJson("lone_surrogate")


def _check_number(number: float) -> None:
    if not math.isfinite(number):
        raise MalformedJson("bad_number", repr(number))


def canonical(value: Any) -> bytes:
    """Return the canonical UTF-8 bytes of a JSON value (RFC 8785); MalformedJson when it has none."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as fault:
        raise MalformedJson("bad_value", str(fault)) from None
    except RecursionError:
        raise MalformedJson("too_deep") from None
