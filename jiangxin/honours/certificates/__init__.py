"""Honours on paper: certificates and the passport as PDF, cards as PNG, set by typst with fonts that ship with it."""

from jiangxin.honours.certificates.passport import passport_pdf
from jiangxin.honours.certificates.texts import CertificateText
from jiangxin.honours.certificates.typesetting import card_png, certificate_pdf, certificates_pdf, unprintable

__all__ = [
    "CertificateText",
    "card_png",
    "certificate_pdf",
    "certificates_pdf",
    "passport_pdf",
    "unprintable",
]
