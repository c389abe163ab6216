"""What stands in a picture or PDF somebody uploads to have it verified: a baked credential, or what its QR code says."""

from __future__ import annotations

import io
import re

from jiangxin.honours.credentials.baked import MOST_PICTURE, PNG, BadlyBaked, baked_in

MOST_PIXELS = 60_000_000
WORKING_SIDE = 2400  # pixels; a QR code of a certificate photographed whole is still legible
_JPEG, _WEBP, _PDF = b"\xff\xd8\xff", b"RIFF", b"%PDF-"
_ADDRESS = re.compile(rb"https?://[^\s<>\"()]{1,300}/verify/[0-9A-HJKMNP-TV-Z]{26}/?")


class NothingFound(ValueError):  # noqa: N818 - says what came of the search
    """A picture or PDF with nothing to verify; `code`: no_code, unreadable, too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_picture(raw: bytes) -> bool:
    """Whether the bytes are those of a PNG, JPEG or WebP picture or of a PDF, by content and not by name."""
    return raw.startswith((PNG, _JPEG, _PDF)) or (raw.startswith(_WEBP) and raw[8:12] == b"WEBP")


def read_picture(raw: bytes) -> bytes:
    """The credential baked into a PNG (Open Badges 3.0, 5.3), the check address of a PDF of ours, else the QR code's text.

    NothingFound when there is none, when the file cannot be opened, or above 12 MB or 60 million pixels.
    """
    if len(raw) > MOST_PICTURE:
        raise NothingFound("too_large")
    if raw.startswith(_PDF):
        return _address_in(raw)
    try:
        baked = baked_in(raw) if raw.startswith(PNG) else b""
    except BadlyBaked:
        raise NothingFound("unreadable") from None
    return baked or _code_in(raw)


def _address_in(pdf: bytes) -> bytes:
    """The check address in the document's description, which PDF/A keeps as plain text; a batch holds several."""
    found: set[bytes] = set(_ADDRESS.findall(pdf))
    if len(found) != 1:
        raise NothingFound("no_code")
    return found.pop()


def _code_in(raw: bytes) -> bytes:
    import zxingcpp  # noqa: PLC0415 - slow: only pictures need it
    from PIL import Image, ImageOps  # noqa: PLC0415 - slow: only pictures need it

    try:
        with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NothingFound("too_large")
            picture.draft("L", (WORKING_SIDE, WORKING_SIDE))
            grey = ImageOps.exif_transpose(picture).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        if isinstance(fault, NothingFound):
            raise
        raise NothingFound("unreadable") from None
    grey.thumbnail((WORKING_SIDE, WORKING_SIDE))
    for code in zxingcpp.read_barcodes(
        grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    ):
        if code.text:
            return bytes(code.text.encode("utf-8", "surrogatepass"))
    raise NothingFound("no_code")
