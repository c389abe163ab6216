"""Unified social credit codes: check character and sentences."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.text.credit_code import (
    ALPHABET,
    credit_code_fault,
    invented_credit_code,
    read_credit_code,
)
from jiangxin.kernel.text.errors import TextError


def test_the_example_of_the_standard_passes_however_it_is_typed() -> None:
    assert read_credit_code("91350100M000100Y43") == "91350100M000100Y43"
    assert read_credit_code(" 91350100-m000100y43 ") == "91350100M000100Y43"


@given(st.randoms(use_true_random=False), st.integers(0, 17), st.integers(1, 30))
def test_one_wrong_character_never_passes(source: random.Random, place: int, shift: int) -> None:
    code = invented_credit_code(source)
    wrong = code[:place] + ALPHABET[(ALPHABET.index(code[place]) + shift) % 31] + code[place + 1 :]

    assert credit_code_fault(code) == ""
    assert credit_code_fault(wrong) in {"checksum", "characters"}


@pytest.mark.parametrize(
    ("raw", "code", "sentence"),
    [
        ("", "empty", "没有填写统一社会信用代码。"),
        ("9135", "length", "统一社会信用代码应为 18 位，现为 4 位。"),
        (
            "91350100I000100Y43",
            "characters",
            "统一社会信用代码含有不允许的字符（不用字母 I、O、S、V、Z，第 3 至 8 位为数字），请核对。",
        ),
        ("91350100M000100Y44", "checksum", "统一社会信用代码第 18 位应为 3，请核对。"),
    ],
)
def test_each_fault_has_its_sentence(raw: str, code: str, sentence: str) -> None:
    with pytest.raises(TextError) as fault:
        read_credit_code(raw)

    assert (fault.value.code, str(fault.value)) == (code, sentence)
