"""What stands on a certificate: words, and sizes that fit them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jiangxin.kernel.text.amounts import year_words
from jiangxin.kernel.text.dates import date_words


@dataclass(frozen=True)
class CertificateText:
    """Plain facts of one certificate; "" and None are left out. `check_url` is what the QR code leads to."""

    name: str
    honour: str
    granter: str
    issuer: str
    check_url: str
    credential_no: str
    year: int | None = None
    conferred_on: date | None = None
    unit: str = ""
    post: str = ""
    certificate_no: str = ""
    decision_no: str = ""
    is_collective: bool = False

    def laid_out(self, qr: str) -> dict[str, Any]:
        """The values the page templates take; `qr` is an SVG drawing."""
        return {
            "name": self.name,
            "name_size": _fitting(self.name, ((6, 34), (10, 28), (18, 22), (30, 17))),
            "name_tracking": 0.3 if len(self.name) <= 3 else 0.08 if len(self.name) <= 6 else 0,
            "salutation": "" if self.is_collective else "同志",
            "place": "　".join(part for part in (self.unit, self.post) if part),
            "lead": self._lead(),
            "honour": self.honour,
            "honour_size": _fitting(self.honour, ((9, 34), (13, 28), (20, 22), (32, 17))),
            "closing": "特发此证。",
            "granters": _granters(self.granter),
            "day": date_words(self.conferred_on) if self.conferred_on else self._year_words(),
            "year_line": f"{self.year}年" if self.year else "荣誉",
            "small": self._small(),
            "qr": qr,
            "address": self.check_url,
        }

    def _year_words(self) -> str:
        return f"{year_words(self.year)}年" if self.year else ""

    def _lead(self) -> str:
        who = "你单位" if self.is_collective else "您"
        when = f"于{self._year_words()}" if self.year else ""
        by = f"根据{self.decision_no}，" if self.decision_no else ""
        return f"{by}{who}{when}被授予"

    def _small(self) -> list[str]:
        lines = [
            f"证书编号　{self.certificate_no}" if self.certificate_no else "",
            f"凭证编号　{self.credential_no}",
        ]
        return [*(line for line in lines if line), f"凭证签发　{self.issuer}", "扫码核验真伪与有效状态"]


def _fitting(text: str, steps: tuple[tuple[int, int], ...]) -> int:
    """The largest size whose limit of characters holds the text, else the smallest less two."""
    return next((size for limit, size in steps if len(text) <= limit), steps[-1][1] - 3)


def _granters(granter: str) -> list[str]:
    """One line for each authority, at most four."""
    parts = [part for part in granter.split("、") if part]
    return parts if len(parts) <= 4 else [granter]
