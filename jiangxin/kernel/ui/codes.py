"""QR codes as inline SVG."""

from __future__ import annotations

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(value: str) -> SafeString:
    """Return a full QR code (never Micro QR) of the value, error level M, four modules of quiet zone."""
    target = BytesIO()
    segno.make_qr(value, error="m").save(
        target,
        kind="svg",
        xmldecl=False,
        svgns=False,
        border=4,
        svgclass="qr-code",
        lineclass=None,
        omitsize=True,
        dark="#000",
        light="#fff",
    )
    return mark_safe(target.getvalue().decode())  # noqa: S308  drawn by segno; the value is not in the text
