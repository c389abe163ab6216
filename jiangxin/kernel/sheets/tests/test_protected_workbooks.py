"""A workbook with a password is one sealed stream inside a compound file, and is told apart from a broken one."""

import struct
from pathlib import Path

import pytest

from jiangxin.kernel.sheets import Unusable
from jiangxin.kernel.sheets.tests.samples import bytes_file, read

END, FREE, OWN = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
ROOT, STREAM = 5, 2


def _entry(name: str, kind: int, child: int = FREE) -> bytes:
    """One entry of the directory, of an empty thing (Microsoft's MS-CFB, 2.6)."""
    letters = name.encode("utf-16-le") + b"\0\0"
    tree = struct.pack("<BBIII", kind, 1, FREE, FREE, child)
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<H", len(letters))
        + tree
        + b"\0" * 36
        + struct.pack("<IQ", END, 0)
    )


def _compound_file(stream: str) -> bytes:
    """A header, a sector that tells what the sectors are, and a directory with one stream (MS-CFB, 2.2)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    sectors = struct.pack("<II", OWN, END)
    directory = _entry("Root Entry", ROOT, child=1) + _entry(stream, STREAM)
    return head.ljust(512, b"\xff") + sectors.ljust(512, b"\xff") + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("stream", "code"), [("EncryptedPackage", "password"), ("SomethingElse", "broken_workbook")]
)
def test_a_workbook_with_a_password_is_refused_by_that_name(tmp_path: Path, stream: str, code: str) -> None:
    with pytest.raises(Unusable) as refusal:
        read(bytes_file(tmp_path, _compound_file(stream), "list.xlsx"))

    assert refusal.value.code == code
