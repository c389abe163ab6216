"""A credential inside a PNG picture: "baked" into an iTXt chunk, as Open Badges 3.0 (section 5.3) has it."""

from __future__ import annotations

import struct
import zlib

from jiangxin.honours.credentials.canonical import MAX_BYTES

PNG = b"\x89PNG\r\n\x1a\n"
MOST_PICTURE = 12_000_000  # bytes
_KEYWORD = b"openbadgecredential"
_HEAD_END = len(PNG) + 25  # the signature and the chunk IHDR, which always stands first


class BadlyBaked(ValueError):  # noqa: N818 - says what the chunk is
    """The chunk is there, but its text cannot be unpacked."""


def bake(png: bytes, credential: str) -> bytes:
    """The picture with the signed text in it, byte for byte and not compressed; it looks as before."""
    chunk = b"iTXt" + _KEYWORD + b"\0" + bytes((0, 0)) + b"\0\0" + credential.encode()
    whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_HEAD_END] + whole + png[_HEAD_END:]


def baked_in(png: bytes) -> bytes:
    """The text baked into a picture, b"" without one; BadlyBaked when it cannot be unpacked. Long texts are cut."""
    place = len(PNG)
    while place + 8 <= len(png):
        length, kind = int.from_bytes(png[place : place + 4]), png[place + 4 : place + 8]
        if kind == b"iTXt" and png[place + 8 :].startswith(_KEYWORD + b"\0"):
            return _text(png[place + 8 : place + 8 + length])
        place += length + 12
    return b""


def _text(chunk: bytes) -> bytes:
    _keyword, _zero, rest = chunk.partition(b"\0")
    is_packed, body = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
    if not is_packed:
        return body
    try:
        return zlib.decompressobj().decompress(body, MAX_BYTES)
    except zlib.error:
        raise BadlyBaked from None
