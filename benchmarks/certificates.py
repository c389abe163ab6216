"""Certificates one by one and in one document, with QR codes; a page without our drawing of codes is the baseline."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from jiangxin.honours.certificates import CertificateText, card_png, certificate_pdf, certificates_pdf
from jiangxin.honours.certificates.qr import qr_svg
from jiangxin.kernel.text.ids import new_uid


def run() -> dict[str, object]:
    """Milliseconds of one PDF and one card, certificates a second in one document, and the time segno alone would take."""
    many = int(os.environ.get("JX_BENCH_CERTIFICATES", "1000"))
    certificate_pdf(_text(0))
    single = [_milliseconds(lambda number=number: certificate_pdf(_text(number))) for number in range(31)]
    card = [_milliseconds(lambda number=number: card_png(_text(number))) for number in range(5)]
    texts = [_text(number) for number in range(many)]
    first = _milliseconds(lambda: certificates_pdf(texts[:200]))
    size = 0

    def batch() -> None:
        nonlocal size
        size = len(certificates_pdf(texts))

    whole = _milliseconds(batch)
    codes = _milliseconds(lambda: [qr_svg(text.check_url) for text in texts[:100]]) / 100
    return {
        "certificates": many,
        "single_pdf_ms": [round(median(single), 2), round(sorted(single)[-2], 2)],
        "card_png_ms": round(median(card), 2),
        "first_batch_of_200_ms": round(first, 1),
        "batch_per_s": round(many / whole * 1000),
        "batch_bytes_each": size // many,
        "qr_alone_one_by_one_ms": round(codes, 2),
        "ratio_to_one_by_one": round(median(single) * many / whole, 1),
    }


def _text(number: int) -> CertificateText:
    uid = new_uid()
    return CertificateText(
        name=f"林小{'满铁敏秋河帆禾'[number % 7]}",
        honour="基准市劳动模范",
        granter="中共基准市委员会、基准市人民政府",
        issuer="基准市总工会",
        check_url=f"https://honours.bench.example/verify/{uid}/",
        credential_no=uid,
        year=2026,
        conferred_on=date(2026, 4, 28),
        unit="宏远重工集团有限公司",
        post="高级技师",
        certificate_no=f"基劳模〔2026〕{number}",
    )


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
