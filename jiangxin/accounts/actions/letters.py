"""Letters that an installation without a mail server wrote to files: those to somebody who left are removed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

FILES = "django.core.mail.backends.filebased.EmailBackend"


def forget_letters(addresses: Iterable[str]) -> None:
    """Once the transaction commits, remove the files of letters to these addresses."""
    wanted = {address.strip().lower() for address in addresses if address.strip()}
    if wanted and settings.EMAIL_BACKEND == FILES:
        transaction.on_commit(lambda: _remove(wanted))


def _remove(wanted: set[str]) -> None:
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        with suppress(FileNotFoundError):  # somebody cleared up at the same time
            if _readers(path) & wanted:
                path.unlink()


def _readers(path: Path) -> set[str]:
    """The addresses that the letter's heading names."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {
        address.strip().lower()
        for line in lines
        if line.lower().startswith("to:")
        for address in line.partition(":")[2].split(",")
    }
