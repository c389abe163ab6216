"""Points in time as credentials write them: xsd:dateTimeStamp, always with a zone."""

import re
from datetime import UTC, datetime

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


def moment(text: object) -> datetime:
    """Read a dateTimeStamp into an aware datetime; ValueError without a zone or for an impossible date."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        raise ValueError("not a dateTimeStamp")
    found = _STAMP.fullmatch(text)
    fraction = found.group(1) if found else None
    if fraction:
        text = text.replace(fraction, fraction[:7].ljust(7, "0"))
    return datetime.fromisoformat(text)


def stamp(when: datetime) -> str:
    """Write an aware datetime in UTC to the second; ValueError for a naive one."""
    if when.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
