"""Working days by the State Council's yearly notices: days off, and weekend days worked in exchange."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "tables" / "days_off.csv"
SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """Days that differ from the plain week; `years` says for which years the notices are known."""

    off: frozenset[date]
    work: frozenset[date]

    @property
    def years(self) -> frozenset[int]:
        """The years whose notice is in the table (told by its days of October), so that counting in them is sure."""
        return frozenset(day.year for day in self.off if day.month == 10)

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on the day; outside the known years the plain week decides."""
        if day in self.off:
            return False
        return day in self.work or day.weekday() < SATURDAY

    def is_certain(self, first: date, last: date) -> bool:
        """Tell whether every year from first to last is covered by a notice."""
        return all(year in self.years for year in range(first.year, last.year + 1))

    def working_days(self, first: date, last: date) -> int:
        """Count the working days from first to last, both included."""
        return sum(self.is_working_day(first + timedelta(n)) for n in range((last - first).days + 1))

    def after_working_days(self, start: date, count: int) -> date:
        """The last day of a period of `count` working days that begins on the day after `start`."""
        day = start
        while count > 0:
            day += timedelta(1)
            count -= self.is_working_day(day)
        return day


def read_days_off(lines: Iterable[str]) -> WorkCalendar:
    """Read a calendar from CSV lines with the columns day (ISO), kind ("off" or "work"), name, source; ValueError if not so."""
    off: set[date] = set()
    work: set[date] = set()
    for row in csv.DictReader(lines):
        if row["kind"] not in ("off", "work"):
            raise ValueError(f"kind is off or work, not {row['kind']!r}")
        (off if row["kind"] == "off" else work).add(date.fromisoformat(row["day"]))
    if off & work:
        raise ValueError(f"days both off and worked: {sorted(off & work)}")
    return WorkCalendar(frozenset(off), frozenset(work))


@cache
def national_calendar() -> WorkCalendar:
    """The shipped calendar (2024, 2025, 2026)."""
    with TABLE.open(encoding="utf-8") as lines:
        return read_days_off(lines)
