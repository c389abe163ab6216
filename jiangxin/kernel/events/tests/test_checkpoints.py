"""Checkpoints and the keys that sign them: altered, foreign and broken ones are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jiangxin.kernel.events.checkpoints import checkpoint_folder, export_checkpoint, make_checkpoint
from jiangxin.kernel.events.keys import _create, log_signer, log_verifiers
from jiangxin.kernel.events.models import Checkpoint
from jiangxin.kernel.events.notes import BadNote, Note, Verifier, read_note
from jiangxin.kernel.events.tests.logs import findings


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n6\n", "\n7\n"),
        lambda text: text.replace("time 2", "time 3"),
        lambda text: text.partition("\n\n")[0],
        lambda text: "",
        lambda text: text[:-20] + "\n",
    ],
)
def test_an_altered_checkpoint_is_refused(home: Path, spoil: Callable[[str], str]) -> None:
    path = checkpoint_folder() / "000000000006.checkpoint"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")

    assert findings() == [("bad_checkpoint", -1)]


@pytest.mark.usefixtures("log")
def test_a_checkpoint_of_a_stranger_is_refused(home: Path) -> None:
    text = (checkpoint_folder() / "000000000006.checkpoint").read_text(encoding="utf-8")
    (home / "keys" / "log.key").unlink()
    stranger = log_signer().verifier()

    assert [verifier.name == stranger.name for verifier in log_verifiers()] == [False, True]
    with pytest.raises(BadNote, match="不是已知的密钥签的"):
        read_note(text, [stranger])
    assert read_note(text, log_verifiers()).size == 6


@pytest.mark.usefixtures("log")
def test_a_broken_public_key_is_a_finding_not_a_crash(home: Path) -> None:
    (home / "keys" / "log.pub").write_text("nonsense\n", encoding="utf-8")

    assert findings() == [("bad_checkpoint", -1)]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a+b", "a+00000000+AQID", "a+00000000+" + "A" * 44])
def test_a_verifier_key_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.read(text)


@pytest.mark.usefixtures("log")
def test_the_signing_key_is_readable_by_its_owner_only(home: Path) -> None:
    assert (home / "keys" / "log.key").stat().st_mode & 0o777 == 0o600
    assert (home / "keys").stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("log")
def test_a_second_checkpoint_of_the_same_log_is_the_first_and_its_file_comes_back(home: Path) -> None:
    first = Checkpoint.objects.get()
    path = export_checkpoint(first)
    path.unlink()

    second = make_checkpoint()

    assert second == first
    assert path.read_text(encoding="utf-8") == first.note


@pytest.mark.parametrize(
    "note",
    [
        Note("log\nnonsense", 6, bytes(32), "t"),
        Note("log", -1, bytes(32), "t"),
        Note("log", 6, bytes(3), "t"),
    ],
)
def test_a_signed_note_that_says_nothing_sensible_is_refused(home: Path, note: Note) -> None:
    signer = log_signer()

    with pytest.raises(BadNote, match="内容读不出来"):
        read_note(signer.sign(note), [signer.verifier()])


def test_signatures_of_others_are_passed_over(home: Path) -> None:
    signer = log_signer()
    text = signer.sign(Note("log", 6, bytes(32), "t"))
    body, gap, line = text.partition("\n\n")
    namesakes = f"\N{EM DASH} {signer.name} AAAA\n\N{EM DASH} {signer.name} !\n\N{EM DASH} other AAAA\n"

    assert read_note(body + gap + namesakes + line, [signer.verifier()]).size == 6


def test_of_two_processes_that_make_the_key_one_wins(home: Path) -> None:
    first = log_signer().verifier()

    _create(home / "keys" / "log.key")

    assert log_signer().verifier() == first
    assert sorted(path.name for path in (home / "keys").iterdir()) == ["log.key", "log.pub"]
