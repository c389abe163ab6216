"""Seal and open single values (AES-256-GCM bound to table, column and row) and make blind indexes; no ORM needed."""

import base64
import binascii
import hmac
import os
import unicodedata
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jiangxin.kernel.privacy.keys import KeyRing, key_store

VERSION = "1"
NONCE_BYTES = 12
INDEX_BYTES = 24
_BLOCK = 64  # bytes of a block of SHA-256
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))
_NONCES_AT_ONCE = 512
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Unreadable(ValueError):  # noqa: N818 - says what the value is
    """A sealed value cannot be opened: altered, moved from another row or column, or its key is gone."""


class Sealer:
    """Seals values of one column fast: `Sealer("people_person", "id_number").seal(value, uid)`; about 2 µs each.

    A sealed value is text `version.key id.base64url(nonce ‖ ciphertext)`; table, column and row are associated data,
    so a value copied to another row or column refuses to open.
    """

    def __init__(self, table: str, column: str, ring: KeyRing | None = None) -> None:
        self._place = f"{table}.{column}:"
        self._ring = ring or key_store.ring()
        self._prefix = f"{VERSION}.{self._ring.active}."
        self._encrypt = AESGCM(self._ring.keys[self._ring.active]).encrypt
        self._nonces: list[bytes] = []

    def seal(self, value: str, row: str) -> str:
        """Return the sealed text of `value` for the row with this uid; empty stays empty."""
        if not value:
            return value
        if not row:
            raise ValueError("a value can only be sealed for a row that has its uid")
        if not self._nonces:
            self._nonces = _fresh_nonces()
        nonce = self._nonces.pop()
        sealed = nonce + self._encrypt(nonce, value.encode(), (self._place + row).encode())
        return self._prefix + binascii.b2a_base64(sealed, newline=False).translate(_URL_SAFE).decode()


def _fresh_nonces() -> list[bytes]:
    drawn = os.urandom(NONCE_BYTES * _NONCES_AT_ONCE)
    return [drawn[start : start + NONCE_BYTES] for start in range(0, len(drawn), NONCE_BYTES)]


def seal(value: str, *, table: str, column: str, row: str) -> str:
    """Seal one value with the active key; see Sealer for many."""
    return Sealer(table, column).seal(value, row)


def unseal(sealed: str, *, table: str, column: str, row: str) -> str:
    """Open one value with whichever key sealed it; raises Unreadable."""
    if not sealed:
        return sealed
    version, _, rest = sealed.partition(".")
    key_id, _, body = rest.partition(".")
    if version != VERSION or not body:
        raise Unreadable("not a sealed value")
    try:
        blob = base64.b64decode(body, altchars=b"-_", validate=True)
        plain = AESGCM(_key(key_id)).decrypt(
            blob[:NONCE_BYTES], blob[NONCE_BYTES:], f"{table}.{column}:{row}".encode()
        )
    except (InvalidTag, binascii.Error, ValueError):
        raise Unreadable(f"the value of {table}.{column} in row {row} cannot be opened") from None
    return plain.decode()


def _key(key_id: str) -> bytes:
    ring = key_store.ring()
    if key_id not in ring.keys:
        key_store.forget()
        ring = key_store.ring()
    if key_id not in ring.keys:
        raise ValueError(key_id)
    return ring.keys[key_id]


class BlindIndexer:
    """Makes blind indexes of one kind fast: equal input gives equal text, which tells nothing without the key."""

    def __init__(self, kind: str, ring: KeyRing | None = None) -> None:
        key = hmac.digest((ring or key_store.ring()).index_key, kind.encode(), "sha256").ljust(_BLOCK, b"\0")
        self._inner = sha256(key.translate(_INNER))  # RFC 2104, begun once for all values
        self._outer = sha256(key.translate(_OUTER))

    def index(self, value: str) -> str:
        """Return 32 characters: HMAC-SHA256 of the normalised value, cut to 192 bits (NIST SP 800-107 5.3.4)."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(normalise(value).encode())
        outer.update(inner.digest())
        digest = binascii.b2a_base64(outer.digest()[:INDEX_BYTES], newline=False)
        return digest.translate(_URL_SAFE).decode()


def blind_index(value: str, *, kind: str) -> str:
    """Return the blind index of one value; `kind` ("id_number", "phone") keeps indexes of two columns apart."""
    return BlindIndexer(kind).index(value)


def normalise(value: str) -> str:
    """Full-width to half-width, no blanks or dashes, upper case: how a number is written must not matter."""
    if value.isascii() and value.isalnum():
        return value.upper()
    return "".join(unicodedata.normalize("NFKC", value).replace("-", "").split()).upper()
