"""The typst compiler, kept warm: certificates as PDF/A-2b, cards as PNG, very many certificates in one document."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from jiangxin.honours.certificates.qr import printer, qr_svg
from jiangxin.honours.certificates.texts import CertificateText

PAGES = Path(__file__).parent / "pages"
UID_LENGTH = 26
MANY = 200
AUTHOR = "匠心"
PDF_A = "a-2b"
_lock = Lock()
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
GETA = "〓"  # the printers' sign for a character that is not in the case


@cache
def _compiler(page: str) -> typst.Compiler:
    fonts = [pylopdf_fonts_zh_cn.serif_path().parent]
    return typst.Compiler(PAGES / f"{page}.typ", root=PAGES, font_paths=fonts, ignore_system_fonts=True)


def typeset(
    page: str, data: Any, *, kind: str = "pdf", title: str = "", when: datetime | None = None
) -> bytes:
    """Set a page template with `data` (plain JSON values). Values stay inert text; no network, no system font.

    `kind` is pdf (PDF/A-2b, the fonts subset and embedded) or png (72 points per inch). One document at a time.
    A character the font lacks (rare ones beyond the 8,105 of the general table) is printed as 〓, never refused.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False), "title": title, "author": AUTHOR}
    options: dict[str, Any] = {"format": "png", "ppi": 72.0}
    if kind == "pdf":
        options = {
            "format": "pdf",
            "pdf_standards": PDF_A,
            "timestamp": (when or datetime.now(UTC)).replace(microsecond=0),
        }
    with _lock:
        made = _set_what_the_font_has(page, inputs, options)
    return made if isinstance(made, bytes) else b"".join(made or [])


def _set_what_the_font_has(page: str, inputs: dict[str, str], options: dict[str, Any]) -> Any:
    """Compile; each time a character turns out to be missing, put the sign for it and set the page again."""
    while True:
        try:
            return _compiler(page).compile(sys_inputs=inputs, **options)
        except typst.TypstError as error:
            missing = _NO_GLYPH.search(str(error))
            if missing is None or GETA in missing[1]:
                raise
            signs = str.maketrans(dict.fromkeys(missing[1], GETA))
            inputs = {name: value.translate(signs) for name, value in inputs.items()}


def certificate_pdf(text: CertificateText, *, when: datetime | None = None) -> bytes:
    """One A4 certificate as PDF/A-2b."""
    data = [text.laid_out(qr_svg(text.check_url))]
    return typeset("certificate", data, title=f"{text.name} {text.honour}", when=when)


def certificates_pdf(texts: Sequence[CertificateText], *, when: datetime | None = None) -> bytes:
    """Many certificates in one PDF/A-2b document, a page each, in the order given; ValueError for none."""
    if not texts:
        raise ValueError("no certificates")
    data = [text.laid_out(drawing) for text, drawing in zip(texts, _drawings(texts), strict=True)]
    return typeset("certificate", data, title=f"荣誉证书（{len(texts)}）", when=when)


def _drawings(texts: Sequence[CertificateText]) -> list[str]:
    """QR codes; addresses that differ only in a trailing uid are drawn by the fast printer when there are many."""
    urls = [text.check_url for text in texts]
    starts = {url[: -UID_LENGTH - 1] for url in urls}
    alike = len(starts) == 1 and all(url.endswith("/") and url.isascii() for url in urls)
    if len(urls) < MANY or not alike or len({len(url) for url in urls}) != 1:
        return [qr_svg(url) for url in urls]
    press = printer(starts.pop(), UID_LENGTH + 1)
    return [press.svg(url[-UID_LENGTH - 1 :]) for url in urls]


def card_png(text: CertificateText) -> bytes:
    """A card of 1200 × 630 pixels."""
    return typeset("card", [text.laid_out(qr_svg(text.check_url))], kind="png")
