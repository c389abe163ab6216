"""Dates as Chinese lists print them, with the precision they have: 2025年4月28日, 2025.4, 二〇二五年."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from jiangxin.kernel.text.amounts import DIGITS, parse_number, year_words
from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.sayings import say

_FIGURES = (
    re.compile(r"(?P<year>[0-9]{4})年(?:(?P<month>[0-9]{1,2})月(?:份|(?P<day>[0-9]{1,2})[日号])?)?"),
    re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<day>[0-9]{1,2}))?"),
    re.compile(r"(?P<year>[0-9]{4})(?:(?P<month>[0-9]{2})(?P<day>[0-9]{2})?)?"),
)
_TIME_OF_DAY = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
_YEAR_DIGITS = "".join(char for char, value in DIGITS.items() if char != "两")
_WORDS = re.compile(
    f"([{_YEAR_DIGITS}]{{4}})年(?:([一二三四五六七八九十]{{1,2}})月(?:份|([一二三四五六七八九十廿卅]{{1,3}})[日号])?)?"
)
_EARLIEST, _LATEST = 1840, 2199


class PartialDate(NamedTuple):
    """A date known to the year, the month or the day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> str:
        """ "year", "month" or "day"."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """The earliest day the date can mean; what a date column keeps beside the precision."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day the date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        month = f"{self.month}月" if self.month else ""
        return f"{self.year}年{month}" + (f"{self.day}日" if self.day else "")


def parse_date(raw: str) -> PartialDate:
    """Read a date in figures or words; a time of day after it is dropped.

    TextError: "form" when it is no date, "calendar" when there is no such day, "range" outside 1840 … 2199.
    """
    text = tidy(raw)[:40]
    parts = _parts(_TIME_OF_DAY.sub("", text).replace(" ", ""))
    if parts is None:
        raise TextError(
            "form", say(_("“%(text)s”不是日期，请写成 2025年4月28日 或 2025-04-28。"), text=text[:20])
        )
    if not _EARLIEST <= parts.year <= _LATEST:
        raise TextError("range", say(_("日期“%(text)s”的年份不合理，请核对。"), text=text[:20]))
    try:
        date(parts.year, 1 if parts.month is None else parts.month, 1 if parts.day is None else parts.day)
    except ValueError:
        raise TextError(
            "calendar", say(_("日期“%(text)s”在日历上不存在，请核对。"), text=text[:20])
        ) from None
    return parts


def parse_day(raw: str) -> date:
    """Read a date that must be known to the day; TextError("precision") when the day is missing."""
    parts = parse_date(raw)
    if parts.day is None:
        raise TextError("precision", say(_("日期“%(text)s”要写到日。"), text=tidy(raw)[:20]))
    return parts.first_day


def date_words(day: date) -> str:
    """Write a day for certificates: 二〇二五年四月二十八日."""
    return f"{year_words(day.year)}年{_month_or_day(day.month)}月{_month_or_day(day.day)}日"


def _parts(text: str) -> PartialDate | None:
    for form in _FIGURES:
        found = form.fullmatch(text)
        if found:
            month, day = found["month"], found["day"]
            return PartialDate(int(found["year"]), int(month) if month else None, int(day) if day else None)
    words = _WORDS.fullmatch(text)
    if words is None:
        return None
    year = int("".join(str(DIGITS[char]) for char in words[1]))
    return PartialDate(year, *(_word_value(part) for part in (words[2], words[3])))


def _word_value(words: str | None) -> int | None:
    return None if words is None else int(parse_number(words.replace("廿", "二十").replace("卅", "三十")))


def _month_or_day(value: int) -> str:
    tens, ones = divmod(value, 10)
    digits = " 一二三四五六七八九"
    return ("" if tens == 0 else digits[tens].replace("一", "") + "十") + digits[ones].strip()
