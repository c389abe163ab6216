"""What an operator keeps: a backup restores as written, and a changed, halved or unfinished one is refused."""

from __future__ import annotations

import io
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
