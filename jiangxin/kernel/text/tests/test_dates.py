"""Dates as printed, with the precision they have."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.text.dates import PartialDate, date_words, parse_date, parse_day
from jiangxin.kernel.text.errors import TextError

days = st.dates(date(1840, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2025年4月28日", (2025, 4, 28)),
        ("2025年04月28号", (2025, 4, 28)),
        ("2025 年 4 月", (2025, 4, None)),
        ("2025年4月份", (2025, 4, None)),
        ("2025.4", (2025, 4, None)),
        ("2025-04-28", (2025, 4, 28)),
        ("2025/4/28 10:30:00", (2025, 4, 28)),
        ("2025-04-28T10:30", (2025, 4, 28)),
        ("20250428", (2025, 4, 28)),
        ("202504", (2025, 4, None)),
        ("2025", (2025, None, None)),
        ("２０２５年", (2025, None, None)),
        ("二〇二五年", (2025, None, None)),
        ("二零二五年四月二十八日", (2025, 4, 28)),
        ("一九九八年十月廿一日", (1998, 10, 21)),
        ("一九九八年十二月份", (1998, 12, None)),
    ],
)
def test_a_date_is_read_with_its_precision(raw: str, expected: tuple[int, int | None, int | None]) -> None:
    assert parse_date(raw) == PartialDate(*expected)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "form"),
        ("昨天", "form"),
        ("2025-04/28", "form"),
        ("28.4.2025", "form"),
        ("2025年2月30日", "calendar"),
        ("2025年13月", "calendar"),
        ("2025-4-0", "calendar"),
        ("1700年", "range"),
        ("9999", "range"),
        ("1" * 4000, "form"),
    ],
)
def test_what_is_no_date_is_refused_with_a_code(raw: str, code: str) -> None:
    with pytest.raises(TextError) as fault:
        parse_date(raw)

    assert fault.value.code == code


@given(days)
def test_a_day_reads_back_from_every_form(day: date) -> None:
    forms = (
        day.isoformat(),
        date_words(day),
        str(PartialDate(day.year, day.month, day.day)),
        f"{day:%Y%m%d}",
    )

    assert [parse_day(form) for form in forms] == [day] * 4


def test_a_date_to_the_month_is_no_day() -> None:
    with pytest.raises(TextError, match="要写到日"):
        parse_day("2025年4月")


def test_a_partial_date_knows_its_span() -> None:
    spans = [
        (part.precision, part.first_day, part.last_day, str(part))
        for part in map(parse_date, ("2024", "2024.2", "2024.2.3"))
    ]

    assert spans == [
        ("year", date(2024, 1, 1), date(2024, 12, 31), "2024年"),
        ("month", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("day", date(2024, 2, 3), date(2024, 2, 3), "2024年2月3日"),
    ]


def _outcome(raw: str) -> str:
    try:
        return parse_date(raw).precision
    except TextError as fault:
        return fault.code


@given(st.text(max_size=30))
def test_any_text_gives_a_date_or_a_sentence(raw: str) -> None:
    assert _outcome(raw) in {"year", "month", "day", "form", "calendar", "range"}
