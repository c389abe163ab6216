"""Certificates one by one and in one document, with QR codes; a page without our drawing of codes is the baseline."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from jiangxin.honours.certificates import CertificateText, card_png, certificate_pdf, certificates_pdf
from jiangxin.honours.certificates.qr import qr_svg
from jiangxin.kernel.text.ids import new_uid

BATCHES = 5


def run() -> dict[str, object]:
    """Milliseconds of one PDF and one card, certificates a second in one document, and the time segno alone would take.

    The batch is one document: this process draws the codes, the press lays pages out on as many threads as there are
    cores. `batch_per_s` is by the clock, so it suffers from other work; `batch_per_cpu_s` counts the time both
    processes spent computing and is what one core does. Each is the median of several documents.
    """
    many = int(os.environ.get("JX_BENCH_CERTIFICATES", "1000"))
    certificate_pdf(_text(0))
    single = [_milliseconds(lambda number=number: certificate_pdf(_text(number))) for number in range(31)]
    card = [_milliseconds(lambda number=number: card_png(_text(number))) for number in range(5)]
    texts = [_text(number) for number in range(many)]
    first = _milliseconds(lambda: certificates_pdf(texts[:200]))
    size = len(certificates_pdf(texts))
    spent = [_spent(lambda: certificates_pdf(texts)) for _each in range(BATCHES)]
    whole, computing = (median(each) for each in zip(*spent, strict=True))
    codes = _milliseconds(lambda: [qr_svg(text.check_url) for text in texts[:100]]) / 100
    return {
        "certificates": many,
        "single_pdf_ms": [round(median(single), 2), round(sorted(single)[-2], 2)],
        "card_png_ms": round(median(card), 2),
        "first_batch_of_200_ms": round(first, 1),
        "batch_per_s": round(many / whole),
        "batch_per_cpu_s": round(many / computing),
        "batch_threads": os.cpu_count(),
        "batch_bytes_each": size // many,
        "resident_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "press_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "qr_alone_one_by_one_ms": round(codes, 2),
        "ratio_to_one_by_one": round(median(single) * many / whole / 1000, 1),
    }


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and seconds of computing, children included."""
    clock, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return time.perf_counter() - clock, sum(after[:4]) - sum(before[:4])


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
