"""Numbers and amounts as Chinese texts print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.text.amounts import in_wan, number_words, parse_number, parse_yuan, year_words, yuan
from jiangxin.kernel.text.errors import TextError


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1,234", 1234),
        ("3.2万", 32000),
        ("１２", 12),
        ("1.5亿", 150000000),
        ("3万亿", 3 * 10**12),
        ("-7", -7),
        (".5", Decimal("0.5")),
        ("二十五", 25),
        ("十", 10),
        ("两千零五", 2005),
        ("一万二", 12000),
        ("三百五", 350),
        ("十万零一", 100001),
        ("三万亿", 3 * 10**12),
        ("二〇二五", 2025),
        ("叁佰贰拾", 320),
    ],
)
def test_a_number_is_read_as_printed(raw: str, value: int | Decimal) -> None:
    assert parse_number(raw) == value


@pytest.mark.parametrize(
    "raw", ["", "x", "1,23", "1..2", "万万个", "1e9", "9" * 5000, "--1", "１２３a", "∞", "一" * 41]
)
def test_what_is_no_number_is_refused(raw: str) -> None:
    with pytest.raises(TextError) as fault:
        parse_number(raw)

    assert fault.value.code == "number"


@given(st.integers(0, 10**12 - 1))
def test_words_of_a_number_read_back(value: int) -> None:
    assert parse_number(number_words(value)) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (105, "一百零五"),
        (110, "一百一十"),
        (20300, "二万零三百"),
        (10**8 + 1, "一亿零一"),
    ],
)
def test_a_number_is_written_in_words(value: int, words: str) -> None:
    assert number_words(value) == words


@pytest.mark.parametrize("value", [-1, 10**12])
def test_words_end_at_their_range(value: int) -> None:
    with pytest.raises(ValueError, match="number_words"):
        number_words(value)


def test_years_and_large_numbers_are_shown_short() -> None:
    assert year_words(2025) == "二〇二五"
    assert [in_wan(value) for value in (9999, 10000, 12345, -25000, 300000000)] == [
        "9999",
        "1万",
        "1.2万",
        "-2.5万",
        "3亿",
    ]


@given(st.integers(-(10**15), 10**15))
def test_an_amount_shown_reads_back(fen: int) -> None:
    assert parse_yuan(yuan(fen).replace("-¥", "¥-")) == fen


@pytest.mark.parametrize(
    ("raw", "fen"), [("3万元", 3000000), ("1234.50元", 123450), ("人民币 5 元整", 500), ("￥１２", 1200)]
)
def test_an_amount_is_read_as_printed(raw: str, fen: int) -> None:
    assert parse_yuan(raw) == fen


@pytest.mark.parametrize(
    ("raw", "code"),
    [("", "amount"), ("元", "amount"), ("abc", "amount"), ("1.234", "fraction"), ("9" * 30, "amount")],
)
def test_what_is_no_amount_is_refused(raw: str, code: str) -> None:
    with pytest.raises(TextError) as fault:
        parse_yuan(raw)

    assert fault.value.code == code
