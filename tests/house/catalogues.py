"""What house checks read of the catalogues: each entry with its context, its words and its English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.house.tree import PACKAGE

_QUOTED = r'((?:".*"\n)+)'
_ENTRY = re.compile(
    rf"^(?:msgctxt {_QUOTED})?msgid {_QUOTED}(?:msgid_plural {_QUOTED})?((?:msgstr(?:\[\d\])? {_QUOTED})+)",
    re.MULTILINE,
)
_ANSWER = re.compile(rf"msgstr(?:\[\d\])? {_QUOTED}")


class Entry(NamedTuple):
    """One entry of a catalogue; `english` has one text for each number."""

    context: str
    chinese: str
    english: tuple[str, ...]
    is_fuzzy: bool


def catalogues(folder: Path = PACKAGE) -> list[Path]:
    """The English catalogues of all apps."""
    return sorted(folder.rglob("locale/en/LC_MESSAGES/django.po"))


def entries(catalogue: Path) -> Iterator[Entry]:
    """What a catalogue says, without its head and without what is no longer used."""
    for block in catalogue.read_text(encoding="utf-8").split("\n\n"):
        found = _ENTRY.search(block + "\n")
        if found is None or "#~" in block or not _text(found[2]):
            continue
        english = tuple(map(_text, _ANSWER.findall(found[4])))
        yield Entry(_text(found[1] or ""), _text(found[2]), english, "fuzzy" in block.partition("msgid")[0])


def _text(quoted: str) -> str:
    return "".join(line.strip()[1:-1] for line in quoted.splitlines())
