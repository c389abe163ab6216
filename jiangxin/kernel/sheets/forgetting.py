"""Takes somebody's words out of what imports keep: lines found row by row, the files they came in, and their names."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import reduce
from operator import or_
from pathlib import Path
from typing import IO

from django.db.models import Q

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.events import forget_words
from jiangxin.kernel.files import path_of, remove_file
from jiangxin.kernel.files.kinds import check_archive
from jiangxin.kernel.files.models import StoredFile
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.sheets.models import ImportLine, ImportRun

SHORTEST = 2  # one character says nobody's name
SOMEBODY = "某职工"
SPACED = 3  # characters of the longest name that lists print with room between
_ROOM = (" ", "  ", "\u3000", "\u00a0")
_DOTS = "·•・‧．"
_CALLED: tuple[tuple[type[ImportRun | StoredFile | Progress], tuple[str, ...]], ...] = (
    (ImportRun, ("file_name", "message")),
    (StoredFile, ("name",)),
    (Progress, ("label", "message")),
)
_CHUNK = 1 << 20
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def forget_in_imports(words: Collection[str], *, hashes: Collection[str] = ()) -> int:
    """Delete all lines of rows that say one of the words, and let go of files that hold one or bear one of the SHA-256.

    A namesake's lines go too: they are working notes, and their counts stay. Only files of imports that have ended go;
    one that is still to be applied or to go on keeps its file until its term. Returns how many lines went.
    """
    said = _all_spellings(words)
    if not said:
        return 0
    wanted = _says(("label", "message"), said)
    for run in ImportRun.objects.closed_with_file():
        if run.sha256 in hashes or _holds(run.file, said):
            remove_file(run.file)
    saying = ImportLine.objects.filter(wanted)
    rows: defaultdict[int, set[int]] = defaultdict(set)
    for run_id, row in saying.filter(row__gt=0).values_list("run_id", "row"):
        rows[run_id].add(row)
    beside = sum(ImportLine.objects.filter(run=run, row__in=rows[run]).delete()[0] for run in sorted(rows))
    return beside + saying.delete()[0]


def forget_file_names(words: Collection[str], *, by: Actor) -> int:
    """Have what bears the name of a file that says one of the words say "somebody" there; returns how many rows.

    The file, its import and the long work on it, and what the log calls them. A namesake's file is renamed too.
    """
    said = _all_spellings(words)
    if not said:
        return 0
    touched: dict[str, list[str]] = {}
    for model, fields in _CALLED:
        for row in model._default_manager.filter(_says(fields, said)).order_by("pk"):
            for field in fields:
                setattr(row, field, without(said, getattr(row, field), put=SOMEBODY))
            row.save(update_fields=fields)
            touched.setdefault(model._meta.label_lower, []).append(row.uid)
    ImportRun.objects.filter(uid__in=touched.get("sheets.importrun", ())).update(
        said={}
    )  # the message once more
    forget_words(touched, by=by)
    return sum(map(len, touched.values()))


def without(words: Collection[str], text: str, *, put: str) -> str:
    """The text with another word in the place of each of these, the longest first."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, put)
    return text


def spellings(word: str) -> list[str]:
    """The word, and as lists print it: a short Chinese name with room between its characters, a name with another dot."""
    found = [word]
    if len(word) <= SPACED and all("\u3400" <= each <= "\u9fff" or each > "\uffff" for each in word):
        found += [room.join(word) for room in _ROOM]
    for dot in _DOTS:
        if dot in word:
            found += [word.replace(dot, other) for other in _DOTS if other != dot]
    return found


def _all_spellings(words: Collection[str]) -> list[str]:
    return sorted({each for word in words if len(word) >= SHORTEST for each in spellings(word)})


def _says(fields: tuple[str, ...], words: Collection[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__contains": word}) for field in fields for word in words))


def sign_imports(actor_id: str, *, label: str, since: datetime | None = None) -> int:
    """Have imports of somebody who left, all or those since a moment, say this instead of the name; returns how many."""
    begun = ImportRun.objects.filter(actor=actor_id)
    if since is not None:
        begun = begun.filter(created_at__gte=since)
    return begun.update(actor_label=label[:128])


def _holds(file: StoredFile, words: list[str]) -> bool:
    """Whether the bytes of a kept file hold one of the words in a way that a spreadsheet may write it.

    Of an archive that was damaged since it was stored nobody can say; it counts as holding them.
    """
    try:
        path = path_of(file)
    except Refused:  # the bytes are gone already
        return False
    is_archive = zipfile.is_zipfile(path)
    if is_archive:
        try:
            check_archive(path)
        except Refused:
            return True
    needles = {form for word in words for form in _written(word)}
    longest = max(map(len, needles))
    with ExitStack() as opened:
        for content in _contents(path, opened) if is_archive else [opened.enter_context(path.open("rb"))]:
            tail = b""
            while chunk := content.read(_CHUNK):
                seen = tail + chunk
                if any(needle in seen for needle in needles):
                    return True
                tail = seen[-longest:]
    return False


def _written(word: str) -> Iterator[bytes]:
    """The word in each encoding that is read, and escaped as JSON may write it."""
    yield from (word.encode(encoding) for encoding in _ENCODINGS)
    escaped = json.dumps(word)[1:-1]
    yield escaped.encode()
    yield escaped.upper().replace("\\U", "\\u").encode()


def _contents(path: Path, opened: ExitStack) -> Iterator[IO[bytes]]:
    """Each member of an archive such as a workbook."""
    archive = opened.enter_context(zipfile.ZipFile(path))
    for name in archive.namelist():
        yield opened.enter_context(archive.open(name))
