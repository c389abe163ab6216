"""Letters that an installation without a mail server wrote to files: those to somebody who left are removed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

BETWEEN = b"-" * 79 + b"\n"  # what Django writes after each letter
FILES = "django.core.mail.backends.filebased.EmailBackend"


def forget_letters(addresses: Iterable[str]) -> None:
    """Once the transaction commits, remove the letters to these addresses."""
    wanted = {address.strip().lower() for address in addresses if address.strip()}
    if wanted and settings.EMAIL_BACKEND == FILES:
        transaction.on_commit(lambda: _remove(wanted))


def _remove(wanted: set[str]) -> None:
    """Letters written in the same second may share a file: the others stay in it."""
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        with suppress(FileNotFoundError):  # somebody cleared up at the same time
            letters = path.read_bytes().split(BETWEEN)
            kept = [letter for letter in letters if not _readers(letter) & wanted]
            if not any(letter.strip() for letter in kept):
                path.unlink()
            elif len(kept) < len(letters):
                path.write_bytes(BETWEEN.join(kept))


def _readers(letter: bytes) -> set[str]:
    """The addresses that the letter's heading names."""
    heading = letter.partition(b"\n\n")[0].decode("utf-8", "replace").splitlines()
    return {
        address.strip().lower()
        for line in heading
        if line.lower().startswith("to:")
        for address in line.partition(":")[2].split(",")
    }
