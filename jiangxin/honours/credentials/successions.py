"""Leads from a replaced credential to the one that counts without a network, and only who holds the old one.

A plain list of numbers would let anybody walk through the check pages of all credentials that were replaced. So the
place of an entry is a digest of the old credential's id, and the new number is masked by another: both open with the id,
which nobody knows but who holds the credential or was given its address.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import shake_256

from jiangxin.kernel.text.ids import UID_LENGTH, is_uid

_PLACE_BYTES = 16
_PATH = "/credentials/"


def succession(old_id: str, uid: str) -> tuple[str, str]:
    """The entry of a bundle for one replaced credential: its place, and the masked number of what counts now."""
    return _place(old_id), urlsafe_b64encode(_masked(old_id, uid.encode("ascii"))).decode("ascii").rstrip("=")


def led_to(old_id: str, successions: Mapping[str, str]) -> str:
    """The check page of what took the place of this credential, at the same issuer's address; "" when none is named."""
    hidden = successions.get(_place(old_id), "")
    base, found, _own = old_id.rpartition(_PATH)
    try:
        uid = _masked(old_id, urlsafe_b64decode(hidden + "=" * (-len(hidden) % 4))).decode("ascii")
    except ValueError:
        return ""
    is_address = found and base.startswith(("https://", "http://"))
    return f"{base}/verify/{uid}/" if is_address and is_uid(uid) else ""


def _place(old_id: str) -> str:
    return shake_256(b"place\0" + old_id.encode()).hexdigest(_PLACE_BYTES)


def _masked(old_id: str, text: bytes) -> bytes:
    """Masks and unmasks."""
    mask = shake_256(b"successor\0" + old_id.encode()).digest(UID_LENGTH)
    return bytes(one ^ other for one, other in zip(text, mask, strict=True))
