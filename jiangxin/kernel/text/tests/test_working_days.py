"""Working days by the yearly notices."""

from datetime import date

import pytest

from jiangxin.kernel.text.working_days import WorkCalendar, national_calendar, read_days_off


def test_the_shipped_years_have_the_published_number_of_working_days() -> None:
    counts = {
        year: national_calendar().working_days(date(year, 1, 1), date(year, 12, 31))
        for year in (2024, 2025, 2026)
    }

    assert counts == {2024: 251, 2025: 248, 2026: 248}


def test_spring_festival_is_off_and_the_weekend_before_is_worked() -> None:
    days = (
        date(2025, 1, 26),
        date(2025, 1, 27),
        date(2025, 1, 28),
        date(2025, 2, 4),
        date(2025, 2, 5),
        date(2025, 2, 8),
    )

    assert [national_calendar().is_working_day(day) for day in days] == [True, True, False, False, True, True]


def test_five_working_days_of_publicity_skip_the_labour_day_holiday() -> None:
    assert national_calendar().after_working_days(date(2025, 4, 30), 5) == date(2025, 5, 12)
    assert national_calendar().after_working_days(date(2025, 4, 30), 0) == date(2025, 4, 30)


def test_a_year_without_a_notice_is_not_certain() -> None:
    calendar = national_calendar()

    assert calendar.is_certain(date(2024, 3, 1), date(2026, 12, 31))
    assert not calendar.is_certain(date(2026, 12, 1), date(2027, 1, 5))
    assert calendar.is_working_day(date(2030, 7, 1))


def test_a_table_of_ones_own_is_read() -> None:
    lines = ["day,kind,name,source", "2027-10-01,off,国庆节,通知", "2027-10-09,work,国庆节,通知"]

    assert read_days_off(lines) == WorkCalendar(
        frozenset({date(2027, 10, 1)}), frozenset({date(2027, 10, 9)})
    )


@pytest.mark.parametrize("row", ["2027-10-01,holiday,,", "2027-13-01,off,,"])
def test_a_faulty_table_is_refused(row: str) -> None:
    with pytest.raises(ValueError):
        read_days_off(["day,kind,name,source", row])


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(ValueError, match="both off and worked"):
        read_days_off(["day,kind,name,source", "2027-10-01,off,,", "2027-10-01,work,,"])
