"""The typst compiler, kept warm: certificates as PDF/A-2b, cards as PNG, very many certificates in one document."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings

from jiangxin.honours.certificates.qr import printer, qr_svg
from jiangxin.honours.certificates.texts import CertificateText

PAGES = Path(__file__).parent / "pages"
FONTS = Path(__file__).parent / "fonts"
COMMON = re.compile(
    r"[\u0000-\u024f\u2010-\u2027\u3000-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]+"
)  # blocks the shipped families hold whole
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
UID_LENGTH = 26
MANY = 200
AUTHOR = "匠心"
PDF_A: Literal["a-2b"] = "a-2b"
_lock = Lock()
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
GETA = "〓"  # the printers' sign for a character that is not in the case


@cache
def _compiler(page: str) -> typst.Compiler:
    return typst.Compiler(
        PAGES / f"{page}.typ", root=PAGES, font_paths=_font_folders(), ignore_system_fonts=True
    )


def _font_folders() -> list[Path]:
    """The two families of the package, our font of rare characters, and what the operator put into JX_HOME/fonts."""
    own = Path(settings.JX_HOME) / "fonts"
    shipped = [pylopdf_fonts_zh_cn.serif_path().parent, FONTS]
    return [*shipped, own] if own.is_dir() else shipped


def typeset(
    page: str, data: Any, *, kind: str = "pdf", title: str = "", when: datetime | None = None
) -> bytes:
    """Set a page template with `data` (plain JSON values). Values stay inert text; no network, no system font.

    `kind` is pdf (PDF/A-2b, the fonts subset and embedded) or png (72 points per inch). One document at a time.
    A character no font has (see `unprintable`) is printed as 〓, never refused.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False), "title": title, "author": AUTHOR}
    if kind == "png":
        signs = str.maketrans(dict.fromkeys(unprintable(inputs["data"]), GETA))
        inputs = {name: value.translate(signs) for name, value in inputs.items()}
        with _lock:
            return _whole(_compiler(page).compile(sys_inputs=inputs, format="png", ppi=72.0))
    with _lock:
        return _set_what_the_fonts_have(page, inputs, when or datetime.now(UTC))[0]


def unprintable(text: str) -> str:
    """Those characters of a text that would be printed as 〓, each once, in their order; "" when all can be printed."""
    rare = "".join(dict.fromkeys(COMMON.sub("", text)))
    if not rare:
        return ""
    inputs = {"data": json.dumps(rare, ensure_ascii=False)}
    with _lock:
        return _set_what_the_fonts_have("probe", inputs, EPOCH)[1]


def _set_what_the_fonts_have(page: str, inputs: dict[str, str], when: datetime) -> tuple[bytes, str]:
    """Compile; each time characters turn out to be missing, put the sign for them and set the page again."""
    lacking = ""
    while True:
        try:
            made = _compiler(page).compile(
                sys_inputs=inputs, format="pdf", pdf_standards=PDF_A, timestamp=when.replace(microsecond=0)
            )
        except typst.TypstError as error:
            missing = _NO_GLYPH.search(str(error))
            if missing is None or GETA in missing[1]:
                raise
            lacking += missing[1]
            signs = str.maketrans(dict.fromkeys(missing[1], GETA))
            inputs = {name: value.translate(signs) for name, value in inputs.items()}
        else:
            return _whole(made), lacking


def _whole(made: Any) -> bytes:
    return made if isinstance(made, bytes) else b"".join(made or [])


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
