"""Files are kept whole or not at all, opened by right, and let go in time."""

import errno
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.events import Event
from jiangxin.kernel.files import (
    StoredFile,
    Swept,
    is_unaltered,
    may_open,
    open_for,
    owner_of,
    path_of,
    remove_file,
    store_file,
    sweep_files,
)
from jiangxin.kernel.files.tests.contents import DOCX, PDF, PNG, Officer, archive
from jiangxin.kernel.privacy import PrivacyClass

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
UPLOADER = Officer("user:1")
STRANGER = Officer("user:2")


def on_disk(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "files").rglob("*") if path.is_file())


def test_a_file_is_kept_with_what_its_bytes_tell(home: Path) -> None:
    file = store_file(io.BytesIO(PNG), name="照片.exe", by=ME, opath="0001")

    assert (file.name, file.media_type, file.size) == ("照片.exe.png", "image/png", len(PNG))
    assert path_of(file) == home / "files" / file.sha256[:2] / file.sha256[2:4] / file.uid
    assert path_of(file).read_bytes() == PNG
    assert path_of(file).stat().st_mode & 0o777 == 0o600
    assert is_unaltered(file)
    path_of(file).write_bytes(PDF)
    assert not is_unaltered(file)


def test_a_file_that_lies_on_the_disk_is_kept_like_one_that_arrives(home: Path) -> None:
    lying = home / "made.pdf"
    lying.write_bytes(PDF)

    file = store_file(lying, name=lying.name, by=ME)

    assert (path_of(file).read_bytes(), lying.read_bytes(), file.media_type) == (PDF, PDF, "application/pdf")


@pytest.mark.parametrize(
    ("given", "content", "kept"),
    [
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\temp\\报告.PDF", PDF, "报告.pdf"),
        ("a\u202egpj.exe", PNG, "agpj.exe.png"),
        ("x\r\nSet-Cookie: a=b.pdf", PDF, "x_Set-Cookie_ a=b.pdf"),
        ("", PDF, "file.pdf"),
        ("...", PDF, "file.pdf"),
        ("名单.csv", "姓名\n".encode(), "名单.csv"),
        ("名" * 300 + ".pdf", PDF, "名" * 120 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_honest(given: str, content: bytes, kept: str) -> None:
    assert store_file([content], name=given, by=ME).name == kept


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<svg onload=alert(1)>", "active_content"),
        (b"<html>", "active_content"),
        (b"MZ\x90\0program", "kind_not_allowed"),
        (archive(a=b"x"), "kind_not_allowed"),
        (DOCX[:-5], "kind_not_allowed"),
        (archive(**{"word/document.xml": b"\0" * (30 << 20)}), "archive_bomb"),
        (PDF * 100, "too_big"),
    ],
)
def test_what_may_not_be_kept_leaves_nothing(home: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        store_file([content], name="x.pdf", by=ME, most_bytes=1000 if code == "too_big" else 50 << 20)

    assert refusal.value.code == code
    assert on_disk(home) == []
    assert StoredFile.objects.count() == 0


def test_a_full_disk_ends_in_a_clear_sentence_and_leaves_nothing(home: Path) -> None:
    def filling() -> Iterator[bytes]:
        yield PDF
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Refused, match="磁盘空间不足"):
        store_file(filling(), name="x.pdf", by=ME)

    assert on_disk(home) == []


def test_an_upload_that_breaks_off_leaves_nothing(home: Path) -> None:
    def breaking() -> Iterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store_file(breaking(), name="x.pdf", by=ME)

    assert on_disk(home) == []


def test_only_who_stored_it_or_holds_the_permission_there_may_open(home: Path) -> None:
    file = store_file([PDF], name="x.pdf", by=UPLOADER, permission="people.view_person", opath="00010002")

    allowed = Officer("user:3", "people.view_person", "0001")
    elsewhere = Officer("user:4", "people.view_person", "0009")
    assert [may_open(file, each) for each in (UPLOADER, allowed, elsewhere, STRANGER)] == [
        True,
        True,
        False,
        False,
    ]
    with open_for(file, actor=allowed) as content:
        assert content.read() == PDF
    with pytest.raises(Refused, match="权限"):
        open_for(file, actor=STRANGER)


def test_the_owner_decides_when_there_is_one() -> None:
    owner = store_file([PDF], name="owner.pdf", by=ME, opath="0005")
    file = store_file([PDF], name="x.pdf", by=ME, owner=owner, permission="a.see_b")

    assert file.opath == "0005"
    assert may_open(file, Officer("user:1", "a.see_b", "0005"))
    assert not may_open(file, Officer("user:1", "a.see_b", "0006"))
    assert [each.name for each in StoredFile.objects.of(owner)] == ["x.pdf"]


def test_reading_a_secret_file_needs_a_reason_and_is_recorded() -> None:
    file = store_file([PDF], name="x.pdf", by=UPLOADER, privacy=PrivacyClass.SECRET)

    with pytest.raises(Refused, match="理由"):
        open_for(file, actor=UPLOADER)
    open_for(file, actor=UPLOADER, reason="核对材料").close()

    assert [
        (each.actor, each.reason) for each in Event.objects.readings_of("files.storedfile", file.uid)
    ] == [("user:1", "核对材料")]


@pytest.mark.django_db(transaction=True)
def test_a_sweep_lets_go_of_what_is_over_and_of_what_nobody_claims(home: Path) -> None:
    now = timezone.now()
    over = store_file([PDF], name="over.pdf", by=ME, expires_at=now - timedelta(seconds=1))
    kept = store_file([PDF], name="kept.pdf", by=ME, expires_at=now + timedelta(days=9))
    left = home / "files" / "arriving" / "LEFT"
    left.write_bytes(b"half")

    assert sweep_files(now) == Swept(expired=1, unclaimed=0)
    assert sweep_files(now + timedelta(days=2)) == Swept(expired=0, unclaimed=1)

    assert on_disk(home) == [kept.uid]
    over.refresh_from_db()
    assert over.removed_at == now
    with pytest.raises(Refused, match="保管期限"):
        path_of(over)
    assert remove_file(over).removed_at == now


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_is_rolled_back_keeps_the_bytes(home: Path) -> None:
    file = store_file([PDF], name="x.pdf", by=ME)

    with transaction.atomic():
        remove_file(file)
        transaction.set_rollback(True)

    assert path_of(StoredFile.objects.get()).read_bytes() == PDF


def test_a_row_that_cannot_be_written_leaves_no_bytes(home: Path) -> None:
    with pytest.raises(ValidationError):
        store_file([PDF], name="x.pdf", by=ME, expires_at="soon")

    assert on_disk(home) == []


def test_a_disk_fault_of_another_kind_is_not_called_full(home: Path) -> None:
    def failing() -> Iterator[bytes]:
        yield PDF
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        store_file(failing(), name="x.pdf", by=ME)


def test_a_file_whose_owner_is_gone_is_judged_by_its_own_place() -> None:
    owner = store_file([PDF], name="owner.pdf", by=ME, opath="0005")
    file = store_file([PDF], name="x.pdf", by=ME, owner=owner, permission="a.see_b")
    owner.delete()

    assert owner_of(file) is None
    assert may_open(file, Officer("user:1", "a.see_b", "0005"))
    assert not may_open(file, Officer("user:1", "a.see_b", "0006"))
