"""Unified social credit codes of organisations (GB 32100-2015): check, reading and invented codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.sayings import say

if TYPE_CHECKING:
    import random

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: no I, O, S, V, Z."""
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FORM = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


def credit_check_character(first_17: str) -> str:
    """The 18th character for 17 (GB 32100-2015, MOD 31)."""
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(WEIGHTS, first_17, strict=True))
    return ALPHABET[-total % 31]


def credit_code_fault(code: str) -> str:
    """Return "" for a valid code in capitals, else "empty", "length", "characters" or "checksum"."""
    if len(code) != 18:
        return "length" if code else "empty"
    if not _FORM.fullmatch(code):
        return "characters"
    return "" if credit_check_character(code[:17]) == code[17] else "checksum"


def read_credit_code(raw: str) -> str:
    """Return the code in capitals without spaces; TextError with a code of `credit_code_fault` and a sentence."""
    code = tidy(raw).replace(" ", "").replace("-", "").upper()
    fault = credit_code_fault(code)
    if fault:
        raise TextError(fault, _sentence(fault, code))
    return code


def _sentence(fault: str, code: str) -> str:
    match fault:
        case "empty":
            return _("没有填写统一社会信用代码。")
        case "length":
            return say(_("统一社会信用代码应为 18 位，现为 %(count)d 位。"), count=len(code))
        case "characters":
            return _(
                "统一社会信用代码含有不允许的字符（不用字母 I、O、S、V、Z，第 3 至 8 位为数字），请核对。"
            )
        case _:  # checksum
            right = credit_check_character(code[:17])
            return say(_("统一社会信用代码第 18 位应为 %(right)s，请核对。"), right=right)


def invented_credit_code(source: random.Random, *, region_code: str = "590101") -> str:
    """Make up a code that passes the check; with the default region it belongs to nobody."""
    first_17 = "91" + region_code + "".join(source.choice(ALPHABET) for _place in range(9))
    return first_17 + credit_check_character(first_17)
