"""Readings of names and words in Latin letters, without tones: surnames read as surnames, the ordinary reading kept too."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

from jiangxin.kernel.text import surnames
from jiangxin.kernel.text.folding import HAN
from jiangxin.kernel.text.names import name_key

MOST_READINGS = 6
_WORDS = re.compile(f"[{HAN}]|[0-9a-z]+")
_GIVEN: dict[str, tuple[str, ...]] = {
    "乐": ("le", "yue"), "娜": ("na", "nuo"), "茜": ("qian", "xi"), "晟": ("sheng", "cheng"), "长": ("chang", "zhang"),
    "行": ("xing", "hang"), "朝": ("chao", "zhao"), "重": ("zhong", "chong"), "曾": ("zeng", "ceng"),
    "柏": ("bai", "bo"), "藏": ("zang", "cang"), "覃": ("tan", "qin"), "朴": ("pu",), "单": ("dan",), "仇": ("chou",),
    "解": ("jie",), "查": ("cha",), "奇": ("qi",), "和": ("he",), "会": ("hui",), "都": ("du", "dou"), "翟": ("zhai", "di"),
    "莘": ("xin", "shen"), "胜": ("sheng",), "说": ("yue", "shuo"), "调": ("diao", "tiao"), "铅": ("qian",),
    "盛": ("sheng", "cheng"), "〇": ("ling",), "石": ("shi",), "大": ("da",), "厦": ("sha", "xia"), "伽": ("jia", "qie"),
    "炅": ("jiong", "gui"), "彧": ("yu",), "埔": ("pu", "bu"), "葛": ("ge",), "提": ("ti",), "什": ("shi",), "阿": ("a",),
}  # fmt: skip


class Reading(NamedTuple):
    """One way to read a name: the whole in small letters, and the first letter of each character."""

    pinyin: str
    initials: str


@cache
def _library() -> tuple[Mapping[int, str], Callable[[str], str]]:
    """The library's table of characters and its way to drop tones; loaded when the first name is read."""
    # The phrase table costs 45 MB and is of no use for names.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - slow: 11 MB that many processes never need
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415 - slow: see above

    return PINYIN_DICT, to_normal


@cache
def char_reading(char: str) -> str:
    """The ordinary reading of one character, e.g. 林 → "lin"; Latin letters and digits stand for themselves, others are ""."""
    table, to_normal = _library()
    known = table.get(ord(char))
    if known is None:
        return char.lower() if char.isascii() and char.isalnum() else ""
    return str(to_normal(known.split(",")[0])).replace("ü", "v")


@cache
def _given_readings(char: str) -> tuple[str, ...]:
    return _GIVEN.get(char) or (char_reading(char),)


@cache
def _surname_readings(surname: str) -> tuple[tuple[str, ...], ...]:
    """Alternatives for a surname, each as the readings of its characters; the surname's own reading first."""
    ordinary = tuple(char_reading(char) for char in surname)
    if len(surname) > 1:
        special = [_split(reading, surname) for reading in surnames.COMPOUND[surname]]
    else:
        special = [(reading,) for reading in surnames.READINGS.get(surname, ())]
    return tuple(dict.fromkeys([*special, ordinary]))


def _split(reading: str, surname: str) -> tuple[str, ...]:
    """Cut the reading of a two-character surname before the reading of its second character (which all in the table keep)."""
    last = char_reading(surname[1])
    return reading.removesuffix(last), last


def name_readings(name: str) -> tuple[Reading, ...]:
    """Every likely reading of a person's name, the best first, at most six; () when nothing in it can be read.

    The surname is read as a surname first (单 shan, 尉迟 yuchi) and then in its ordinary way; a few characters that are
    commonly read in two ways in given names give both. ü is written v.
    """
    key = name_key(name)
    if key.isascii():
        return tuple(reading for reading in [text_reading(name)] if reading.pinyin)
    surname = key[:2] if key[:2] in surnames.COMPOUND and len(key) > 2 else key[:1]
    given = [[(reading,) for reading in _given_readings(char)] for char in key[len(surname) :]]
    found: dict[Reading, None] = {}
    for parts in product(_surname_readings(surname), *given):
        syllables = [syllable for part in parts for syllable in part if syllable]
        found[Reading("".join(syllables), "".join(syllable[0] for syllable in syllables))] = None
        if len(found) == MOST_READINGS:
            break
    return tuple(reading for reading in found if reading.pinyin)


def best_reading(name: str) -> Reading:
    """The first of `name_readings`, for many names at once; empty texts when nothing can be read."""
    key = name_key(name)
    if key.isascii():
        return text_reading(name)
    length = 2 if key[:2] in surnames.COMPOUND and len(key) > 2 else 1
    pinyin, initials = _best_of_surname(key[:length])
    for char in key[length:]:
        syllable = _given_readings(char)[0]
        pinyin += syllable
        initials += syllable[:1]
    return Reading(pinyin, initials)


@cache
def _best_of_surname(surname: str) -> tuple[str, str]:
    syllables = _surname_readings(surname)[0]
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


def text_reading(text: str) -> Reading:
    """The plain reading of any text, for sorting titles and units: 宏远重工 → ("hongyuanzhonggong", "hyzg")."""
    words = [word if word.isascii() else char_reading(word) for word in _WORDS.findall(text.casefold())]
    words = [word for word in words if word]
    return Reading("".join(words), "".join(word[0] for word in words))
