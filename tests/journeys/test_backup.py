"""What an operator keeps: a backup restores as written, and a changed, halved or unfinished one is refused."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest

from tests.journeys.installation import Installation, new_installation

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]


def test_nothing_is_backed_up_before_there_is_something(tmp_path: Path) -> None:
    done = new_installation(tmp_path).run("backup", str(tmp_path / "archive"))

    assert (done.returncode, (tmp_path / "archive").exists()) == (1, False)
    assert "not been set up" in done.stderr


def test_a_full_disk_leaves_no_half_backup(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    limited = f"ulimit -f 64; exec {sys.executable} -m jiangxin.config.cli backup {archive}"

    done = subprocess.run(
        ["bash", "-c", limited], env=installation.short_of_room, capture_output=True, text=True
    )

    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert done.stderr.startswith("The backup was not written")


def test_a_backup_restores_with_every_hash_as_written(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "jiangxin.backup"
    other = new_installation(tmp_path / "other")

    written = installation.run("backup", str(archive))
    checked = installation.run("restore", str(archive), "--check")
    restored = other.run("restore", str(archive))
    refused = other.run("restore", str(archive))

    assert [written.returncode, checked.returncode, restored.returncode, refused.returncode] == [
        0,
        0,
        0,
        1,
    ], restored.stderr
    assert archive.stat().st_mode & 0o077 == 0
    assert "empty database" in refused.stderr


BUSY_LOG = """
from jiangxin.config.cli.django_ready import load_django
load_django()
from jiangxin.kernel.events import make_checkpoint, record_security
from jiangxin.kernel.access import SystemActor
from django.db import transaction
while True:
    with transaction.atomic():
        record_security("tests.tick", by=SystemActor("tests"))
    make_checkpoint()
    print("ticked", flush=True)
"""


def test_a_backup_taken_while_the_log_grows_verifies(installation: Installation, tmp_path: Path) -> None:
    archive, other = tmp_path / "busy", new_installation(tmp_path / "other")
    command = [sys.executable, "-c", BUSY_LOG]
    with subprocess.Popen(command, env=installation.environment, stdout=subprocess.PIPE) as busy:
        assert busy.stdout is not None
        assert busy.stdout.readline() == b"ticked\n"
        threading.Thread(target=busy.stdout.read, daemon=True).start()
        written = installation.run("backup", str(archive))
        busy.kill()

    restored = other.run("restore", str(archive))

    assert (written.returncode, restored.returncode) == (0, 0), restored.stderr


def test_a_changed_backup_is_refused(installation: Installation, tmp_path: Path) -> None:
    archive, changed = tmp_path / "good", tmp_path / "changed"
    assert installation.run("backup", str(archive)).returncode == 0
    with tarfile.open(archive) as source, tarfile.open(changed, "w:gz") as target:
        for member in source.getmembers():
            content = source.extractfile(member)
            if member.name.startswith("keys/"):
                content = io.BytesIO(b"x" * member.size)
            target.addfile(member, content)

    done = installation.run("restore", str(changed), "--check")

    assert done.returncode == 1
    assert "was changed after it was written" in done.stderr


def test_half_a_backup_is_refused(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "half"
    assert installation.run("backup", str(archive)).returncode == 0
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])

    assert installation.run("restore", str(archive), "--check").returncode == 1


@pytest.mark.parametrize("folder", ["keys", "files"])
def test_a_restore_never_writes_over_the_keys_and_files_of_another_installation(
    installation: Installation, tmp_path: Path, folder: str
) -> None:
    archive, other = tmp_path / "archive", new_installation(tmp_path / "other")
    assert installation.run("backup", str(archive)).returncode == 0
    theirs = tmp_path / "other" / folder / "privacy.json"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs", encoding="utf-8")

    done = other.run("restore", str(archive))

    assert (done.returncode, theirs.read_text(encoding="utf-8")) == (1, "theirs")
    assert "Restore needs an empty home" in done.stderr


def test_a_restore_that_fails_leaves_the_place_empty_and_can_be_repeated(
    installation: Installation, tmp_path: Path
) -> None:
    archive, broken, other = tmp_path / "good", tmp_path / "broken", new_installation(tmp_path / "other")
    assert installation.run("backup", str(archive)).returncode == 0
    _with_a_broken_database(archive, broken)

    failed = other.run("restore", str(broken))
    left = [path.name for path in (tmp_path / "other").iterdir() if path.is_dir() and path.name != "static"]
    repeated = other.run("restore", str(archive))

    assert (failed.returncode, left, repeated.returncode) == (1, [], 0), repeated.stderr
    assert failed.stderr.startswith("Nothing was restored: ")


def _with_a_broken_database(archive: Path, target: Path) -> None:
    """A backup whose hashes are right, of a database that stopped in the middle."""
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as tar:
        members = {member.name: source.extractfile(member) for member in source.getmembers()}
        contents = {name: stream.read() for name, stream in members.items() if stream}
        name = next(name for name in contents if name.startswith("database."))
        contents[name] = contents[name][: len(contents[name]) // 2]
        manifest = json.loads(contents["manifest.json"])
        manifest["sha256"][name] = hashlib.sha256(contents[name]).hexdigest()
        contents["manifest.json"] = json.dumps(manifest).encode()
        for each, content in contents.items():
            entry = tarfile.TarInfo(each)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_a_file_that_leads_out_of_the_archive_is_refused(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "strange"
    with tarfile.open(archive, "w:gz") as tar:
        entry = tarfile.TarInfo("../outside")
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))

    done = installation.run("restore", str(archive), "--check")

    assert (done.returncode, (tmp_path / "outside").exists()) == (1, False)
    assert done.stderr == "This file is not a backup: ../outside does not belong into one.\n"


def test_a_bar_is_shown_on_a_terminal_and_nowhere_else(installation: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    command = [sys.executable, "-m", "jiangxin.config.cli", "backup", str(archive)]
    quiet = installation.run("backup", str(archive))

    shown = _on_a_terminal(command, installation.environment)

    assert (quiet.returncode, quiet.stderr) == (0, "")
    assert "backup" in shown
    assert "100%" in shown


def _on_a_terminal(command: list[str], environment: dict[str, str]) -> str:
    """What a command shows on the terminal behind its standard error."""
    ours, theirs = os.openpty()
    shown = b""
    with subprocess.Popen(command, env=environment, stderr=theirs, stdout=subprocess.DEVNULL) as running:
        os.close(theirs)
        with contextlib.suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 65_536):
                shown += piece
        os.close(ours)
    assert running.returncode == 0
    return shown.decode()
