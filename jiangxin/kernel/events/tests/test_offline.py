"""An exported log is checked without the platform."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jiangxin.kernel.events import offline as offline_module
from jiangxin.kernel.events.export import export_log
from jiangxin.kernel.events.keys import log_signer
from jiangxin.kernel.events.sequencer import sequence
from jiangxin.kernel.events.tests.logs import write


def _papers(home: Path) -> list[str]:
    paths = home / "log.jsonl", home / "checkpoints" / "000000000006.checkpoint", home / "keys" / "log.pub"
    return [str(path) for path in paths]


@pytest.mark.usefixtures("log")
def test_the_exported_log_is_checked_without_the_platform(home: Path) -> None:
    write(2)
    sequence()

    assert export_log(home / "log.jsonl") == 8
    command = [sys.executable, "-I", offline_module.__file__, *_papers(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "OK: 6 entries, unchanged and in order\n")


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("spoil", "code", "says"),
    [
        (
            lambda lines: [lines[0].replace(b"test.", b"tset."), *lines[1:]],
            1,
            "WRONG: the first 6 entries are",
        ),
        (lambda lines: lines[:5], 1, "WRONG: the log ends after 5 entries; the checkpoint counts 6"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1, "WRONG: entry 1 stands where entry 0 should be"),
        (lambda lines: [*lines[:2], *lines[3:]], 1, "WRONG: entry 3 stands where entry 2 should be"),
        (lambda lines: [b"nonsense\n", *lines[1:]], 2, "cannot be read"),
        (lambda lines: [b"[]\n", *lines[1:]], 2, "cannot be read"),
    ],
)
def test_an_altered_export_is_refused(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[list[bytes]], list[bytes]],
    code: int,
    says: str,
) -> None:
    path = home / "log.jsonl"
    export_log(path)
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))

    assert offline_module.main(_papers(home)) == code
    assert capsys.readouterr().err[: len(says)] == says


@pytest.mark.usefixtures("log")
def test_the_offline_check_refuses_a_checkpoint_of_a_stranger(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export_log(home / "log.jsonl")
    (home / "keys" / "log.key").unlink()
    (home / "keys" / "log.pub").unlink()
    log_signer()

    assert offline_module.main(_papers(home)) == 1
    assert capsys.readouterr().err == "WRONG: the checkpoint is not signed by a known key\n"


@pytest.mark.usefixtures("log")
def test_the_offline_check_finds_an_altered_checkpoint_and_passes_a_whole_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export_log(home / "log.jsonl")
    whole = offline_module.main(_papers(home))
    path = home / "checkpoints" / "000000000006.checkpoint"
    path.write_text(path.read_text(encoding="utf-8").replace("\n6\n", "\n5\n"), encoding="utf-8")

    assert (whole, offline_module.main(_papers(home))) == (0, 1)
    assert capsys.readouterr().out == "OK: 6 entries, unchanged and in order\n"


def test_the_offline_check_refuses_an_empty_log() -> None:
    with pytest.raises(offline_module.Wrong, match="empty"):
        offline_module.root_of(iter(()))


def test_the_offline_verifier_stays_short() -> None:
    assert len(Path(offline_module.__file__).read_text(encoding="utf-8").splitlines()) <= 120
