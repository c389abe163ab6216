"""Backup and restore of a whole installation as one file, with a manifest of hashes that restore compares."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from jiangxin import __version__

FOLDERS = ("files", "keys")
RESTORED = (*FOLDERS, "checkpoints")
HALF_WRITTEN = "."
MANIFEST = "manifest.json"
DATABASE_MEMBER = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


Told = Callable[[int, int], None]
"""Hears how many bytes of how many are done."""


class ArchiveFault(Exception):  # noqa: N818 - a fault of the archive, told in one sentence
    """The backup cannot be written or trusted; the sentence says why."""


@dataclass(frozen=True)
class Summary:
    """What a backup holds: number of files, their bytes, and the engine of its database."""

    files: int
    size: int
    engine: str


class _Heard:
    """A file whose reading is told; `before` bytes of the `whole` were read earlier."""

    def __init__(self, stream: IO[bytes], told: Told | None, *, before: int, whole: int) -> None:
        self._stream = stream
        self._told = told
        self._done = before
        self._whole = whole

    def read(self, size: int = -1) -> bytes:
        """As the stream reads."""
        piece = self._stream.read(size)
        self._done += len(piece)
        if self._told:
            self._told(min(self._done, self._whole), self._whole)
        return piece


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _postgres_arguments() -> tuple[list[str], dict[str, str]]:
    database = settings.DATABASES["default"]
    pairs = {"--host": "HOST", "--port": "PORT", "--username": "USER", "--dbname": "NAME"}
    arguments = [f"{option}={database[key]}" for option, key in pairs.items() if database.get(key)]
    return arguments, {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or "")}


def _run_tool(command: list[str], environment: dict[str, str]) -> None:
    try:
        subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        raise ArchiveFault(f"{command[0]} was not found; install PostgreSQL's client programs.") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines() or [f"it was stopped ({error.returncode})"]
        raise ArchiveFault(f"{command[0]} failed: {said[-1]}") from error


def _save_database(folder: Path) -> Path:
    """A consistent copy of the database while it is in use."""
    target = folder / DATABASE_MEMBER[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return target
    arguments, environment = _postgres_arguments()
    _run_tool(["pg_dump", "--format=custom", f"--file={target}", *arguments], environment)
    return target


def _members(work: Path) -> Iterator[tuple[str, Path]]:
    """What goes in, in the order that holds while others write.

    A checkpoint speaks of entries that are already in the database, so checkpoints are listed before it is copied;
    a row speaks of a file and a key that already exist, so those come after it.
    """
    checkpoints = list(_files_of("checkpoints"))
    database = _save_database(work)
    yield database.name, database
    yield from checkpoints
    for folder in FOLDERS:
        yield from _files_of(folder)


def _files_of(folder: str) -> Iterator[tuple[str, Path]]:
    root = settings.JX_HOME / folder
    for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.name.startswith(HALF_WRITTEN)):
        yield str(path.relative_to(settings.JX_HOME)), path


def write_backup(target: Path, told: Told | None = None) -> Summary:
    """Write the backup; the file appears only when it is whole. It holds keys: mode 0600, keep it like a key."""
    if "django_migrations" not in connection.introspection.table_names():
        raise ArchiveFault("There is nothing to back up: this database has not been set up yet.")
    partial = target.with_name(target.name + ".partial")
    hashes: dict[str, str] = {}
    size = 0
    try:
        with (
            tempfile.TemporaryDirectory(prefix="jx-backup-") as work,
            _private(partial) as raw,
            tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as tar,
        ):
            members = list(_members(Path(work)))
            whole = sum(path.stat().st_size for _name, path in members)
            for name, path in members:
                hashes[name] = _hash(path)
                with path.open("rb") as stream:
                    heard = _Heard(stream, told, before=size, whole=whole)
                    tar.addfile(tar.gettarinfo(path, name), heard)
                size += path.stat().st_size
            _add_manifest(tar, hashes)
        partial.replace(target)
    except (OSError, sqlite3.Error, ArchiveFault) as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or error
        raise ArchiveFault(f"The backup was not written: {reason}.") from error
    return Summary(len(hashes), size, connection.vendor)


def _private(path: Path) -> IO[bytes]:
    """A new file that only this account can read, from its first byte on."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    return path.open("wb")


def _add_manifest(tar: tarfile.TarFile, hashes: dict[str, str]) -> None:
    manifest: dict[str, Any] = {
        "version": __version__,
        "engine": connection.vendor,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": hashes,
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _unpack(source: Path, folder: Path, told: Told | None = None) -> dict[str, Any]:
    """Unpack and compare every hash; returns the manifest."""
    try:
        with source.open("rb") as packed:
            heard = _Heard(packed, told, before=0, whole=source.stat().st_size)
            with tarfile.open(fileobj=heard, mode="r|gz") as tar:  # type: ignore[call-overload]  # it only reads
                for member in tar:
                    _extract(tar, member, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, tarfile.TarError, EOFError, ValueError) as error:
        raise ArchiveFault(f"This file is not a whole backup: {error}.") from error
    for name, expected in manifest["sha256"].items():
        if not (folder / name).is_file():
            raise ArchiveFault(f"The backup lacks {name}.")
        if _hash(folder / name) != expected:
            raise ArchiveFault(f"The backup's {name} was changed after it was written.")
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of the archive below the folder; nothing else is in a backup of ours."""
    place, stream = folder / member.name, tar.extractfile(member)
    if stream is None or not place.resolve().is_relative_to(folder.resolve()):
        raise ArchiveFault(f"This file is not a backup: {member.name} does not belong into one.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as target:
        shutil.copyfileobj(stream, target)


def check_backup(source: Path, told: Told | None = None) -> Summary:
    """Rehearse a restore: unpack elsewhere and compare every hash."""
    with tempfile.TemporaryDirectory(prefix="jx-restore-") as work:
        manifest = _unpack(source, Path(work), told)
        size = sum((Path(work) / name).stat().st_size for name in manifest["sha256"])
    return Summary(len(manifest["sha256"]), size, manifest["engine"])


def restore_backup(source: Path, told: Told | None = None) -> Summary:
    """Restore into an installation whose database holds no tables yet; anything else is refused."""
    if connection.introspection.table_names():
        raise ArchiveFault("Restore needs an empty database: point JX_HOME or DATABASE_URL at a new place.")
    for name in RESTORED:
        if any(_files_of(name)):
            raise ArchiveFault(
                f"Restore needs an empty home: {settings.JX_HOME / name} holds files of another installation."
            )
    with tempfile.TemporaryDirectory(prefix="jx-restore-", dir=settings.JX_HOME) as work:
        folder = Path(work)
        manifest = _unpack(source, folder, told)
        if manifest["engine"] != connection.vendor:
            raise ArchiveFault(
                f"The backup is of {manifest['engine']}, this installation runs {connection.vendor}."
            )
        _put_in_place(folder)
        size = sum((folder / name).stat().st_size for name in manifest["sha256"])
    for key in (settings.JX_HOME / "keys").rglob("*"):
        key.chmod(0o700 if key.is_dir() else 0o600)
    return Summary(len(manifest["sha256"]), size, manifest["engine"])


def _put_in_place(folder: Path) -> None:
    """Files first, then the database in one piece; whatever goes wrong, the place is as empty as before."""
    try:
        for name in RESTORED:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, settings.JX_HOME / name, dirs_exist_ok=True)
        _load_database(folder)
    except (OSError, sqlite3.Error, ArchiveFault) as error:
        for name in RESTORED:
            shutil.rmtree(settings.JX_HOME / name, ignore_errors=True)
        reason = getattr(error, "strerror", None) or error
        raise ArchiveFault(f"Nothing was restored: {reason}.") from error


def _load_database(folder: Path) -> None:
    member = folder / DATABASE_MEMBER[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(member)) as copy:
            copy.backup(connection.connection)
        return
    arguments, environment = _postgres_arguments()
    _run_tool(["pg_restore", "--no-owner", "--single-transaction", *arguments, str(member)], environment)
