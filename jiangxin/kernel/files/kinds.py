"""What a file really is, by its bytes and never by its name; and which kinds may be kept at all."""

import codecs
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused

HEAD_BYTES = 4096
MOST_ENTRIES = 10_000
MOST_UNPACKED = 1 << 30
MOST_RATIO = 300
SMALL_ENOUGH = 16 << 20  # unpacked bytes below which the ratio does not matter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Kind:
    """A kind of content: media type, file name ending, and whether a browser may show it in place."""

    media_type: str
    ending: str
    inline: bool = False


PDF = Kind("application/pdf", ".pdf")
PNG = Kind("image/png", ".png", inline=True)
JPEG = Kind("image/jpeg", ".jpg", inline=True)
WEBP = Kind("image/webp", ".webp", inline=True)
GIF = Kind("image/gif", ".gif", inline=True)
XLSX = Kind(SHEET, ".xlsx")
DOCX = Kind(WORD, ".docx")
PPTX = Kind(SLIDES, ".pptx")
ZIP = Kind("application/zip", ".zip")
OLE = Kind("application/x-ole-storage", ".doc")
MP4 = Kind("video/mp4", ".mp4")
MP3 = Kind("audio/mpeg", ".mp3")
JSON = Kind("application/json", ".json")
TEXT = Kind("text/plain", ".txt")
HTML = Kind("text/html", ".html")
SVG = Kind("image/svg+xml", ".svg")
XML = Kind("application/xml", ".xml")
UNKNOWN = Kind("application/octet-stream", ".bin")

ACTIVE = (HTML, SVG, XML)
ALLOWED = frozenset({PDF, PNG, JPEG, WEBP, GIF, XLSX, DOCX, PPTX, OLE, MP4, MP3, JSON, TEXT})

_MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"GIF87a", GIF),
    (0, b"GIF89a", GIF),
    (8, b"WEBP", WEBP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (4, b"ftyp", MP4),
    (0, b"ID3", MP3),
    (0, b"\xff\xfb", MP3),
)
_OFFICE = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX, "ppt/presentation.xml": PPTX}
_MARKUP = re.compile(
    rb"^\s*<(!doctype\s+html|html|head|body|script|table|meta|iframe|\?xml|svg|!--)", re.IGNORECASE
)
_HTML_INSIDE = re.compile(rb"<(html|head|body|script|table|iframe)[\s>]", re.IGNORECASE)
_SVG_INSIDE = re.compile(rb"<svg[\s>]|<!DOCTYPE\s+svg", re.IGNORECASE)


def kind_of(path: Path) -> Kind:
    """Tell the kind of a file from its content; UNKNOWN when nothing fits."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path)
    for offset, magic, kind in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return kind
    return _kind_of_text(head)


def _kind_of_archive(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return ZIP
    return next((kind for name, kind in _OFFICE.items() if name in names), ZIP)


def _kind_of_text(head: bytes) -> Kind:
    plain = head.removeprefix(codecs.BOM_UTF8)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return TEXT
    if not plain or b"\0" in plain or not _is_text(plain):
        return UNKNOWN
    if plain.startswith(b"MIME-Version:"):
        return HTML
    if _MARKUP.match(plain):
        if _SVG_INSIDE.search(plain):
            return SVG
        return HTML if _HTML_INSIDE.search(plain) or not plain.lstrip().startswith(b"<?xml") else XML
    return JSON if plain.lstrip()[:1] in {b"{", b"["} else TEXT


def _is_text(head: bytes) -> bool:
    """Whether the bytes read as UTF-8 or GB 18030; a character cut off at the end is no fault."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return sum(1 for char in text if char < " " and char not in "\t\r\n\f") == 0
    return False


def check_archive(path: Path) -> None:
    """Read every entry of a ZIP once; raises Refused for a bomb, and for a cut or altered one.

    The sizes an archive declares are not believed: what is unpacked is counted, and each entry's CRC is compared.
    """
    bomb = Refused(_("压缩内容展开后过大，已拒绝。请拆成几个较小的文件。"), code="archive_bomb")
    packed, unpacked = path.stat().st_size, 0
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise bomb
            for entry in entries:
                with archive.open(entry) as content:
                    while chunk := content.read(1 << 20):
                        unpacked += len(chunk)
                        if unpacked > MOST_UNPACKED or unpacked > max(SMALL_ENOUGH, packed * MOST_RATIO):
                            raise bomb
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        raise Refused(_("文件不完整或已损坏，请重新保存后再上传。"), code="broken_archive") from None
