"""Second-factor secrets as they lie in allauth's rows: sealed for that place."""

from __future__ import annotations

from jiangxin.kernel.privacy import seal, unseal

PLACE = {"table": "mfa_authenticator", "column": "data", "row": "secret"}


def seal_secret(text: str) -> str:
    """Seal a second-factor secret for the place allauth keeps it in."""
    return seal(text, **PLACE)


def open_secret(sealed: str) -> str:
    """Open a sealed second-factor secret."""
    return unseal(sealed, **PLACE)
