"""Numbers as Chinese texts print them: 3.2万, 二十五, 两千零五; and money, kept in fen and shown in yuan."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.sayings import say

_DIGIT_WORDS = ("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {char: value for value, chars in enumerate(_DIGIT_WORDS) for char in chars}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_FIGURES = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)\s*([十百千万亿]*)")
_GROUPED = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?|\.[0-9]+")
_WORDS = re.compile(f"[{''.join((*DIGITS, *SMALL_UNITS, *LARGE_UNITS))}]{{1,40}}")
_YUAN = re.compile(r"(?:人民币|RMB|CNY)?[¥￥]?\s*(.+?)\s*(?:元整?|圆整?)?")
_PLAIN = "〇一二三四五六七八九"
MOST_FEN = 10**17


def parse_number(raw: str) -> Decimal:
    """Read 1,234 · 3.2万 · 1.5亿 · 二十五 · 两千零五 · 一万二 is 12000; TextError("number") when it is none."""
    text = tidy(raw)
    figures = _FIGURES.fullmatch(text) if len(text) <= 40 else None
    if figures and _GROUPED.fullmatch(figures[1]):
        value = Decimal(figures[1].replace(",", ""))
        for unit in figures[2]:
            value *= SMALL_UNITS.get(unit) or LARGE_UNITS[unit]
        return value
    if _WORDS.fullmatch(text):
        return Decimal(_read_words(text))
    raise TextError("number", say(_("“%(text)s”不是一个数。"), text=text[:20]))


def _read_words(text: str) -> int:
    """Read number words; a text of digits only is read place by place (二〇二五 → 2025)."""
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total = section = digit = 0
    last_unit, largest = 1, 0
    for char in text:
        if char in DIGITS:
            digit, last_unit = DIGITS[char], 1 if DIGITS[char] == 0 else last_unit
        elif char in SMALL_UNITS:
            section += (digit or (0 if section else 1)) * SMALL_UNITS[char]
            digit, last_unit = 0, SMALL_UNITS[char]
        else:
            last_unit = LARGE_UNITS[char]
            if last_unit > largest:  # 三万亿: the larger unit takes all before it
                total, largest = (total + section + digit) * last_unit, last_unit
            else:
                total += (section + digit) * last_unit
            section = digit = 0
    return total + section + digit * (last_unit // 10 if last_unit > 10 else 1)


def number_words(value: int) -> str:
    """Write a whole number from 0 to below 10^12 in words: 10 → 十, 105 → 一百零五, 20300 → 二万零三百."""
    if not 0 <= value < 10**12:
        raise ValueError("number_words writes 0 … 10^12 - 1")
    if value == 0:
        return "零"
    words, zero = "", False
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section, value = divmod(value, size)
        if section:
            words += ("零" if words and (zero or section < 1000) else "") + _section_words(section) + unit
        zero = not section
    return words.removeprefix("一") if words.startswith("一十") else words


def _section_words(section: int) -> str:
    words, zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, section = divmod(section, size)
        if digit:
            words += ("零" if zero else "") + _PLAIN[digit] + unit
        zero = bool(words) and not digit
    return words


def year_words(year: int) -> str:
    """Write a year digit by digit: 2025 → 二〇二五."""
    return "".join(_PLAIN[int(digit)] for digit in str(year))


def in_wan(value: int) -> str:
    """Shorten a large number for reading: 12345 → 1.2万, 300000000 → 3亿; smaller ones stay."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if abs(value) >= size:
            return f"{value / size:.1f}".removesuffix(".0") + unit
    return str(value)


def yuan(fen: int) -> str:
    """Show an amount in fen as yuan: 123450 → ¥1,234.50."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}¥{whole:,}.{rest:02d}"


def parse_yuan(raw: str) -> int:
    """Read an amount of yuan as fen: ¥1,234.5 · 1234.50元 · 3万元; TextError for no amount, a fraction of a fen, or too much."""
    text = tidy(raw)
    inner = _YUAN.fullmatch(text)
    try:
        amount = parse_number(inner[1] if inner else text) * 100
    except (TextError, InvalidOperation):
        raise TextError("amount", say(_("“%(text)s”不是一个金额。"), text=text[:20])) from None
    if amount != amount.to_integral_value():
        raise TextError("fraction", _("金额最多到分，请核对。"))
    if abs(amount) > MOST_FEN:
        raise TextError("amount", _("金额太大，请核对。"))
    return int(amount)
