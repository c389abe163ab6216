"""Takes somebody's words out of what imports keep: lines found row by row, and the files they came in."""

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

from jiangxin.kernel.access import Refused
from jiangxin.kernel.files import path_of, remove_file
from jiangxin.kernel.files.kinds import check_archive
from jiangxin.kernel.files.models import StoredFile
from jiangxin.kernel.sheets.models import ImportLine, ImportRun

SHORTEST = 2  # one character says nobody's name
_CHUNK = 1 << 20
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def forget_in_imports(words: Collection[str], *, hashes: Collection[str] = ()) -> int:
    """Delete all lines of rows that say one of the words, and let go of files that hold one or bear one of the SHA-256.

    A namesake's lines go too: they are working notes, and their counts stay. Only files of imports that have ended go;
    one that is still to be applied or to go on keeps its file until its term. Returns how many lines went.
    """
    said = sorted({word for word in words if len(word) >= SHORTEST})
    if not said:
        return 0
    wanted = reduce(or_, (Q(label__contains=word) | Q(message__contains=word) for word in said))
    for run in ImportRun.objects.closed_with_file():
        if run.sha256 in hashes or _holds(run.file, said):
            remove_file(run.file)
    saying = ImportLine.objects.filter(wanted)
    rows: defaultdict[int, set[int]] = defaultdict(set)
    for run_id, row in saying.filter(row__gt=0).values_list("run_id", "row"):
        rows[run_id].add(row)
    beside = sum(ImportLine.objects.filter(run=run, row__in=rows[run]).delete()[0] for run in sorted(rows))
    return beside + saying.delete()[0]


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
