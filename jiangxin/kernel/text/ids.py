"""Outside addresses of records: ULIDs, 26 characters that sort by the time they were made."""

from ulid import ULID

UID_LENGTH = 26


def new_uid() -> str:
    """Return a fresh ULID: 48 bits of time in milliseconds and 80 random bits, in base 32."""
    return str(ULID())


def is_uid(text: str) -> bool:
    """Tell whether the text is a ULID in its one written form (26 capital letters and digits)."""
    try:
        return str(ULID.from_str(text)) == text
    except (ValueError, TypeError):
        return False
