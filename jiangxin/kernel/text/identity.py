"""Citizen identity numbers (GB 11643-1999): check, reading, and invented numbers for tests and the demo."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.sayings import say

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_ROW = "10X98765432"
INVENTED_REGION = "590101"
"""A region code that was never given out, so that an invented number is nobody's number."""

_LAST = frozenset("0123456789X")
_FIRST_YEAR = 1870


class Identity(NamedTuple):
    """What a valid identity number says."""

    number: str
    """18 characters, a final x in upper case."""
    region_code: str
    """The county at first registration; it may be dissolved today."""
    birth_on: date
    sex: str
    """"male" or "female"."""


def check_digit(first_17: str) -> str:
    """The 18th character for 17 digits (ISO 7064 MOD 11-2, GB 11643-1999)."""
    return CHECK_ROW[
        (_REGION_SUMS(first_17[:6]) + _DAY_SUMS(first_17[6:14]) + _ORDER_SUMS(first_17[14:])) % 11
    ]


def _weighed(weights: tuple[int, ...]) -> Callable[[str], int]:
    """Sums of a part of the number, remembered: regions, days and order numbers come again and again."""

    @lru_cache(maxsize=40_000)
    def weigh(digits: str) -> int:
        return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))

    return weigh


_REGION_SUMS, _DAY_SUMS, _ORDER_SUMS = _weighed(WEIGHTS[:6]), _weighed(WEIGHTS[6:14]), _weighed(WEIGHTS[14:])


def normalise_identity(raw: str) -> str:
    """Take out spaces and hyphens, write x as X; nothing is checked."""
    return tidy(raw).replace(" ", "").replace("-", "").upper()


def identity_fault(number: str, *, today: date | None = None) -> str:
    """Return "" for a valid normalised number of 18 or 15 characters, else a code (fast: for millions of rows).

    Codes: "empty", "length", "characters", "calendar" (no such day), "future", "checksum".
    """
    if len(number) not in (15, 18):
        return "length" if number else "empty"
    if not number.isascii() or not number[:17].isdigit() or number[-1] not in _LAST:
        return "characters"
    birth = _birth(number[6:14] if len(number) == 18 else "19" + number[6:12])
    if birth is None:
        return "calendar"
    if birth > (today or date.today()):  # noqa: DTZ011 - a calendar day, not an instant
        return "future"
    if len(number) == 18 and check_digit(number[:17]) != number[17]:
        return "checksum"
    return ""


def read_identity(raw: str, *, today: date | None = None) -> Identity:
    """Read an identity number of 18 or 15 characters as typed; TextError with a code of `identity_fault` and a sentence."""
    number = normalise_identity(raw)
    fault = identity_fault(number, today=today)
    if fault:
        raise TextError(fault, identity_sentence(fault, number))
    if len(number) == 15:
        number = widen_identity(number)
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return Identity(number, number[:6], birth, sex_of(number))


def sex_of(number: str) -> str:
    """The sex a valid number of 18 characters tells: its 17th digit is odd for men."""
    return "male" if number[16] in "13579" else "female"


def widen_identity(old: str) -> str:
    """Turn a first-generation number of 15 digits into 18 characters (born in 19xx)."""
    first_17 = old[:6] + "19" + old[6:]
    return first_17 + check_digit(first_17)


def identity_sentence(fault: str, number: str = "") -> str:
    """The sentence for a code of `identity_fault`, naming what is wrong in this number but never printing all of it."""
    match fault:
        case "empty":
            return _("没有填写身份证号。")
        case "length":
            return say(_("身份证号应为 18 位（旧号 15 位），现为 %(count)d 位。"), count=len(number))
        case "characters":
            return _("身份证号只能由数字组成，末位可以是 X，请核对。")
        case "calendar":
            return _("身份证号第 7 至 14 位不是一个真实的出生日期，请核对。")
        case "future":
            return _("身份证号中的出生日期在今天之后，请核对。")
        case "checksum":
            return say(_("身份证号第 18 位应为 %(right)s，请核对。"), right=check_digit(number[:17]))
    raise KeyError(fault)


def invented_identity(
    source: random.Random, *, birth_on: date, sex: str, region_code: str = INVENTED_REGION
) -> str:
    """Make up a number that passes every check; with the default region it belongs to nobody. Same source, same number."""
    order = source.randrange(1, 999) // 2 * 2 + (1 if sex == "male" else 0)
    first_17 = f"{region_code}{birth_on:%Y%m%d}{order:03d}"
    return first_17 + check_digit(first_17)


@lru_cache(maxsize=40_000)
def _birth(digits: str) -> date | None:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth if birth.year >= _FIRST_YEAR else None
