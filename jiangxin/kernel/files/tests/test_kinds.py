"""The kind of a file is told from its bytes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from jiangxin.kernel.access import Refused
from jiangxin.kernel.files import kinds
from jiangxin.kernel.files.kinds import Kind, check_archive, kind_of
from jiangxin.kernel.files.tests.contents import DOCX, PDF, PNG, archive


def written(folder: Path, content: bytes) -> Path:
    path = folder / "any.name"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, kinds.PNG),
        (PDF, kinds.PDF),
        (b"\xff\xd8\xff\xe0abc", kinds.JPEG),
        (b"GIF89a....", kinds.GIF),
        (b"RIFF\0\0\0\0WEBPVP8 ", kinds.WEBP),
        (b"\0\0\0\x18ftypmp42", kinds.MP4),
        (b"ID3\x04", kinds.MP3),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", kinds.OLE),
        (DOCX, kinds.DOCX),
        (archive(**{"xl/workbook.xml": b"x"}), kinds.XLSX),
        (archive(**{"ppt/presentation.xml": b"x"}), kinds.PPTX),
        (archive(**{"a.txt": b"x"}), kinds.ZIP),
        (b"PK\x03\x04broken", kinds.ZIP),
        ("姓名,单位\n".encode(), kinds.TEXT),
        ("姓名,单位\n".encode("gb18030"), kinds.TEXT),
        ("姓名\t单位\n".encode("utf-16"), kinds.TEXT),
        (("长" * 3000).encode()[:4097], kinds.TEXT),
        (b'{"a": 1}', kinds.JSON),
        (b"  [1]", kinds.JSON),
        (b"<!doctype html><p>x", kinds.HTML),
        (b"\xef\xbb\xbf \n<HTML>", kinds.HTML),
        (b"<script>alert(1)</script>", kinds.HTML),
        (b"<!-- x --><b>x", kinds.HTML),
        (b"<?xml version='1.0'?><html/>", kinds.XML),
        (b"<?xml version='1.0'?><html >", kinds.HTML),
        (b"<?xml version='1.0'?><svg xmlns='x'>", kinds.SVG),
        (b"<svg onload=alert(1)>", kinds.SVG),
        (b"MIME-Version: 1.0", kinds.HTML),
        (b"", kinds.UNKNOWN),
        (b"MZ\x90\0", kinds.UNKNOWN),
        (b"\x7fELF\x02", kinds.UNKNOWN),
        (b"abc\x01\x02", kinds.UNKNOWN),
        (b"\xff\xfe\xff", kinds.TEXT),
    ],
)
def test_the_bytes_decide(tmp_path: Path, content: bytes, kind: Kind) -> None:
    assert kind_of(written(tmp_path, content)) == kind


@effort(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"<", b"\xff\xfe"]))
def test_any_bytes_have_a_kind(tmp_path: Path, content: bytes, start: bytes) -> None:
    assert isinstance(kind_of(written(tmp_path, start + content)), Kind)


def test_an_honest_archive_passes(tmp_path: Path) -> None:
    check_archive(written(tmp_path, DOCX))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive(a=b"\0" * (30 << 20)), "archive_bomb"),
        (archive(**{f"e{n}": b"" for n in range(10_001)}), "archive_bomb"),
        (DOCX[:-10], "broken_archive"),
        (archive(a=b"x" * 99).replace(b"\xab\xa8\xa0", b"\xab\xa8\xa1"), "broken_archive"),
        (archive(a=b"x" * 99).replace(b"c\0\0\0\x01", b"b\0\0\0\x01"), "broken_archive"),
        (b"PK\x03\x04", "broken_archive"),
    ],
)
def test_a_bomb_and_a_broken_archive_are_told_apart(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_archive(written(tmp_path, content))

    assert refusal.value.code == code
