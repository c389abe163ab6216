"""Signers nobody here made, what is trusted of them, and the answer to what they signed."""

import base64
from datetime import UTC, datetime
from typing import Any

from jiangxin.honours.credentials import KeyBundle, verify_document
from jiangxin.honours.tests.foreign import Signer

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
KEY = Signer(31)
WEB = Signer(32, "did:web:school.example%3A8443:staff:issuers", "key-1")
OTHER = Signer(33)
URL = "https://school.example/status/3"
RETIRED = Signer(34, WEB.name, "key-0")
TRUSTED = KeyBundle.of([WEB.document()], trust=[KEY.name])


def answer(document: Any, *lists: dict[str, Any], trusted: KeyBundle = TRUSTED, now: datetime = NOW) -> str:
    """The code of the verdict on a document, with these status lists at hand."""
    found = {each["id"]: each for each in lists}
    return verify_document(document, trusted=trusted, status_lists=found, now=now).code


def encoded_raw(raw: bytes) -> str:
    """Base64url without padding, of any bytes."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
