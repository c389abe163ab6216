"""May an actor do this to a worker's record: predicates without writes, and checks of single values."""

import datetime
import re
import unicodedata
from typing import Any, NamedTuple, TypedDict

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.privacy.sealing import blind_index
from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.identity import read_identity
from jiangxin.kernel.text.names import is_plausible_name, key_of_written, normalise_name
from jiangxin.kernel.text.pinyin import best_reading
from jiangxin.kernel.text.sayings import say

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_FIXED = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?")
EARLIEST_BIRTH_YEAR = 1860
EARLIEST_FACT_YEAR = 1921


class WrittenName(TypedDict):
    """A name in its one written form with the keys by which it is found."""

    name: str
    name_key: str
    pinyin: str
    initials: str


class CheckedIdentity(NamedTuple):
    """What a checked identity number says, and its blind index."""

    number: str
    blind_index: str
    birth_on: datetime.date
    sex: str


def check_written_name(raw: str) -> str:
    """Bring a name to its written form; Refused when it cannot be a person's name."""
    name = normalise_name(raw)
    if not name:
        raise Refused(_("请填写姓名。"), code="name_missing", field="name")
    if not is_plausible_name(name):
        raise Refused(
            say(_("“%(name)s”不像一个人的姓名，请核对。"), name=name[:30]),
            code="name_impossible",
            field="name",
        )
    return name


def write_name(raw: str) -> WrittenName:
    """Bring a name to its written form with key, pinyin and initials; Refused when it cannot be a person's name."""
    name = check_written_name(raw)
    pinyin, initials = reading_of(name)
    return WrittenName(name=name, name_key=key_of_written(name), pinyin=pinyin, initials=initials)


def reading_of(name: str) -> tuple[str, str]:
    """Pinyin and initials of a written name, cut to their columns; both "" when it cannot be read."""
    reading = best_reading(name)
    return reading.pinyin[:200], reading.initials[:50]


def check_identity(raw: str) -> CheckedIdentity | None:
    """Check an identity number (GB 11643); None when none is given, Refused when it is impossible."""
    if not raw.strip():
        return None
    try:
        identity = read_identity(raw, today=timezone.localdate())
    except TextError as error:
        raise Refused(error.sentence, code=f"id_number_{error.code}", field="id_number") from error
    return CheckedIdentity(identity.number, identity_index(identity.number), identity.birth_on, identity.sex)


def check_phone(raw: str) -> str:
    """A mainland mobile number of eleven digits, or a fixed line with its area code; "" when none is given, else Refused."""
    text = "".join(unicodedata.normalize("NFKC", raw).split())
    if not text:
        return ""
    mobile = _MOBILE.fullmatch(text.replace("-", ""))
    if mobile is not None:
        return mobile[1]
    fixed = text.replace("(", "").replace(")", "-")
    if _FIXED.fullmatch(fixed):
        return fixed
    raise Refused(
        _("手机号应为 11 位数字。固定电话请带区号，例如 010-12345678。"), code="phone", field="phone"
    )


def identity_index(number: str) -> str:
    """Blind index under which a checked 18-character number is stored and found."""
    return blind_index(number, kind="id_number")


def record_of(thing: Any) -> Any:
    """The person a thing belongs to: the thing itself, or its ``person``."""
    return getattr(thing, "person", thing)


def is_own(actor: Any, thing: Any) -> bool:
    """Whether the thing belongs to the worker who is signed in, also when their records were linked."""
    mine = getattr(actor, "person", None)
    record = record_of(thing)
    if mine is None or record is None or not hasattr(record, "root_id"):
        return False
    return bool(mine.root_id == record.root_id)


def may_not_mend(actor: Any, thing: Any) -> bool:
    """Whether an entry must not be mended by hand: it is the officer's own, or follows a record of another app."""
    return is_own(actor, thing) or bool(getattr(thing, "object_type", ""))


def may_not_decide(actor: Any, thing: Any) -> bool:
    """Whether a request must be decided by somebody else: it is the officer's own, or the officer took it down."""
    return is_own(actor, thing) or getattr(thing, "asked_by", None) == actor.actor_id


def shared_path(first: str, second: str) -> str:
    """Path of the lowest organisation above both; a record that nobody keeps ("") does not widen it.

    >>> shared_path("000100020003", "000100020007")
    '00010002'
    """
    if not first or not second:
        return first or second
    length = 0
    while first[length : length + 4] and first[length : length + 4] == second[length : length + 4]:
        length += 4
    return first[:length]


def check_birth(birth_on: datetime.date | None) -> None:
    """Refuse a birth date in the future or beyond any record of a trade union."""
    if birth_on is None:
        return
    if birth_on > timezone.localdate():
        raise Refused(_("出生日期晚于今天，请核对。"), code="birth_in_future", field="birth_on")
    if birth_on.year < EARLIEST_BIRTH_YEAR:
        raise Refused(_("出生年份早于 1860 年，请核对。"), code="birth_too_early", field="birth_on")


def check_fact_year(year: int | None, *, birth_on: datetime.date | None) -> None:
    """Refuse a fact that lies before the worker's birth, before there were unions, or in a year to come."""
    if year is None:
        return
    if birth_on is not None and year <= birth_on.year:
        raise Refused(
            say(
                _("这一条的年份是 %(year)s 年，不晚于出生年份 %(birth)s 年，请核对。"),
                year=year,
                birth=birth_on.year,
            ),
            code="before_birth",
            field="year",
        )
    if year < EARLIEST_FACT_YEAR or year > timezone.localdate().year + 1:
        raise Refused(
            say(_("年份 %(year)s 不在可能的范围内，请核对。"), year=year),
            code="year_impossible",
            field="year",
        )


def check_span(from_on: datetime.date | None, to_on: datetime.date | None) -> None:
    """Refuse a spell that ends before it starts."""
    if from_on is not None and to_on is not None and to_on < from_on:
        raise Refused(_("结束日期早于开始日期，请核对。"), code="span_reversed", field="to_on")
