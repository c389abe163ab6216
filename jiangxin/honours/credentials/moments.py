"""Points in time as credentials write them: xsd:dateTimeStamp, always with a zone."""

import re
from datetime import UTC, datetime

_STAMP = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,30})?(Z|[+-](0\d|1[0-3]):\d\d|[+-]14:00)", re.ASCII
)


def moment(text: object) -> datetime:
    """Read a dateTimeStamp into an aware datetime of UTC; ValueError without a zone or for an impossible date."""
    found = _STAMP.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError("not a dateTimeStamp")
    written, fraction = found[0], found[1]
    if fraction:
        written = written.replace(fraction, fraction[:7].ljust(7, "0"))
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except OverflowError:
        raise ValueError("before the first or after the last year") from None


def stamp(when: datetime) -> str:
    """Write an aware datetime in UTC to the second; ValueError for a naive one."""
    if when.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
