"""Bytes on disk: written aside, forced to disk, then moved into place, so that a file is there whole or not at all."""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.text.sayings import say

ROOT = "files"
ASIDE = "arriving"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Arrival:
    """A file written aside: where, how long, its SHA-256."""

    path: Path
    size: int
    sha256: str


def is_disk_full(error: BaseException) -> bool:
    """Whether the disk had no room: the system's, a quota's, SQLite's or PostgreSQL's."""
    cause = error.__cause__ or error
    if isinstance(cause, OSError):
        return cause.errno in NO_ROOM
    return getattr(cause, "sqlstate", "") == "53100" or "disk is full" in str(cause)


def root() -> Path:
    """The directory of all stored bytes."""
    return Path(settings.JX_HOME) / ROOT


def place_of(uid: str, sha256: str) -> Path:
    """Where the bytes of one stored file lie, spread by the first bytes of their hash."""
    return root() / sha256[:2] / sha256[2:4] / uid


@contextmanager
def arriving(chunks: Iterable[bytes], *, uid: str, most_bytes: int) -> Iterator[Arrival]:
    """Write the chunks aside and force them to disk; what has not been moved into place is gone at the end.

    Raises Refused when they exceed `most_bytes` or the disk is full.
    """
    path = root() / ASIDE / uid
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size, sha256 = _write(path, chunks, most_bytes)
        yield Arrival(path, size, sha256)
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise Refused(_("服务器磁盘空间不足，文件没有保存。请联系系统管理员。"), code="disk_full") from error
    finally:
        path.unlink(missing_ok=True)


def settle(arrival: Arrival, *, uid: str) -> Path:
    """Move what arrived to its place."""
    place = place_of(uid, arrival.sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    arrival.path.rename(place)
    _force_directory(place.parent)
    return place


def remove(uid: str, sha256: str) -> None:
    """Delete the bytes; those already gone are no error."""
    place_of(uid, sha256).unlink(missing_ok=True)


def places(before: datetime) -> Iterator[Path]:
    """Every stored file on disk that was last written before the moment, those never settled included."""
    limit = before.timestamp()
    for path in root().rglob("*"):
        if path.is_file() and path.stat().st_mtime < limit:
            yield path


def _write(path: Path, chunks: Iterable[bytes], most_bytes: int) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most_bytes:
                limit = f"{most_bytes / (1 << 20):.0f} MB"
                raise Refused(
                    say(_("文件超过 %(limit)s，请压缩或拆分后再上传。"), limit=limit), code="too_big"
                )
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _force_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
