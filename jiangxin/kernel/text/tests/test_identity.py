"""Identity numbers: what is wrong is said in one sentence."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.text.errors import TextError
from jiangxin.kernel.text.identity import (
    check_digit,
    identity_fault,
    identity_sentence,
    invented_identity,
    read_identity,
    widen_identity,
)

TODAY = date(2026, 1, 1)
GOOD = "59010119880229002" + check_digit("59010119880229002")
days = st.dates(date(1900, 1, 1), date(2020, 12, 31))
sources = st.randoms(use_true_random=False)


@given(sources, days, st.sampled_from(["male", "female"]))
def test_an_invented_number_reads_back(source: random.Random, birth_on: date, sex: str) -> None:
    found = read_identity(invented_identity(source, birth_on=birth_on, sex=sex), today=TODAY)

    assert (found.birth_on, found.sex, found.region_code) == (birth_on, sex, "590101")


@given(sources, days, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(source: random.Random, birth_on: date, place: int, shift: int) -> None:
    number = invented_identity(source, birth_on=birth_on, sex="male")
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert identity_fault(wrong, today=TODAY) in {"checksum", "calendar", "future"}


def test_the_published_example_of_the_standard_passes() -> None:
    assert [
        identity_fault(number, today=TODAY) for number in ("11010519491231002X", "440524188001010014")
    ] == ["", ""]


@pytest.mark.parametrize(
    ("raw", "code", "sentence"),
    [
        ("", "empty", "没有填写身份证号。"),
        ("12345", "length", "身份证号应为 18 位（旧号 15 位），现为 5 位。"),
        ("11010519491231O02X", "characters", "身份证号只能由数字组成，末位可以是 X，请核对。"),
        ("110105194902300021", "calendar", "身份证号第 7 至 14 位不是一个真实的出生日期，请核对。"),
        ("110105100001010021", "calendar", "身份证号第 7 至 14 位不是一个真实的出生日期，请核对。"),
        ("110105204912310021", "future", "身份证号中的出生日期在今天之后，请核对。"),
        ("110105194912310021", "checksum", "身份证号第 18 位应为 X，请核对。"),
        ("1101054912310", "length", "身份证号应为 18 位（旧号 15 位），现为 13 位。"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "characters", "身份证号只能由数字组成，末位可以是 X，请核对。"),
    ],
)
def test_each_fault_has_its_sentence(raw: str, code: str, sentence: str) -> None:
    with pytest.raises(TextError) as fault:
        read_identity(raw, today=TODAY)

    assert (fault.value.code, str(fault.value)) == (code, sentence)


def test_small_x_spaces_and_full_width_are_accepted_and_kept_in_one_form() -> None:
    assert read_identity(" 110105 1949-1231 ００２x ", today=TODAY).number == "11010519491231002X"


def test_an_old_number_of_fifteen_digits_is_widened() -> None:
    assert read_identity("110105491231002", today=TODAY).number == "11010519491231002X"
    assert widen_identity("110105491231002") == "11010519491231002X"
    assert identity_fault("110105490230002", today=TODAY) == "calendar"


def test_an_unknown_code_has_no_sentence() -> None:
    with pytest.raises(KeyError):
        identity_sentence("nothing")


@given(st.text(max_size=30))
def test_any_text_is_answered_with_a_known_fault(raw: str) -> None:
    known = {"", "empty", "length", "characters", "calendar", "future", "checksum"}

    assert identity_fault(raw, today=TODAY) in known
