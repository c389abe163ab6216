"""Certificates as PDF/A-2b, cards as PNG, very many certificates in one document."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
from django.conf import settings

from jiangxin.honours.certificates.press import set_pdf, set_pdf_apart, set_png, without
from jiangxin.honours.certificates.qr import printer, qr_svg
from jiangxin.honours.certificates.texts import CertificateText

FONTS = Path(__file__).parent / "fonts"
COMMON = re.compile(
    r"[\u0000-\u024f\u2010-\u2027\u3000-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]+"
)  # blocks the shipped families hold whole
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
UID_LENGTH = 26
MANY = 200
AUTHOR = "匠心"
_lock = Lock()


def _font_folders() -> tuple[str, ...]:
    """The two families of the package, our font of rare characters, and what the operator put into JX_HOME/fonts."""
    own = Path(settings.JX_HOME) / "fonts"
    shipped = (pylopdf_fonts_zh_cn.serif_path().parent, FONTS)
    return tuple(str(folder) for folder in (*shipped, own) if folder.is_dir())


def typeset(
    page: str, data: Any, *, kind: str = "pdf", title: str = "", when: datetime | None = None
) -> bytes:
    """Set a page template with `data` (plain JSON values). Values stay inert text; no network, no system font.

    `kind` is pdf (PDF/A-2b, the fonts subset and embedded), many (the same, set in a process of its own, which takes its
    memory with it) or png (72 points per inch). A character no font has (see `unprintable`) is printed as 〓, never refused.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False), "title": title, "author": AUTHOR}
    fonts, at = _font_folders(), when or datetime.now(UTC)
    if kind == "many":
        return set_pdf_apart(page, inputs, fonts=fonts, when=at)
    if kind == "png":
        inputs = without(unprintable(inputs["data"]), inputs)
    with _lock:
        if kind == "png":
            return set_png(page, inputs, fonts=fonts)
        return set_pdf(page, inputs, fonts=fonts, when=at)[0]


def unprintable(text: str) -> str:
    """Those characters of a text that would be printed as 〓, each once, in their order; "" when all can be printed."""
    rare = "".join(dict.fromkeys(COMMON.sub("", text)))
    if not rare:
        return ""
    inputs = {"data": json.dumps(rare, ensure_ascii=False)}
    with _lock:
        return set_pdf("probe", inputs, fonts=_font_folders(), when=EPOCH)[1]


def certificate_pdf(text: CertificateText, *, when: datetime | None = None) -> bytes:
    """One A4 certificate as PDF/A-2b."""
    data = [text.laid_out(qr_svg(text.check_url))]
    return typeset("certificate", data, title=f"{text.name} {text.honour}", when=when)


def certificates_pdf(texts: Sequence[CertificateText], *, when: datetime | None = None) -> bytes:
    """Many certificates in one PDF/A-2b document, a page each, in the order given; ValueError for none."""
    if not texts:
        raise ValueError("no certificates")
    data = [text.laid_out(drawing) for text, drawing in zip(texts, _drawings(texts), strict=True)]
    kind = "many" if len(texts) >= MANY else "pdf"
    return typeset("certificate", data, kind=kind, title=f"荣誉证书（{len(texts)}）", when=when)


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
