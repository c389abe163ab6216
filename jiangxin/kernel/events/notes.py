"""Signed notes: the text form of a checkpoint, after the C2SP specifications signed-note and tlog-checkpoint."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext as _

from jiangxin.kernel.events.merkle import HASH_BYTES

ED25519 = b"\x01"
KEY_ID_BYTES = 4
LINES = 4  # origin, size, root, time


class BadNote(ValueError):  # noqa: N818 - reads as a sentence
    """A checkpoint that cannot be read or whose signature does not hold; the text says why."""


@dataclass(frozen=True)
class Note:
    """What a checkpoint states: which log, how many entries, which root, when (UTC text)."""

    origin: str
    size: int
    root: bytes
    at: str

    def body(self) -> str:
        """The signed text."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\ntime {self.at}\n"


@dataclass(frozen=True)
class Verifier:
    """A public key under its name."""

    name: str
    key: Ed25519PublicKey

    @classmethod
    def read(cls, text: str) -> Verifier:
        """Read `name+hash+key`, the verifier key form of signed-note; BadNote if it is broken."""
        try:
            name, digest, packed = text.strip().split("+", 2)
            raw = b64decode(packed, validate=True)
            verifier = cls(name, Ed25519PublicKey.from_public_bytes(raw[1:]))
        except (ValueError, binascii.Error) as error:
            raise BadNote(_("公钥读不出来")) from error
        if raw[:1] != ED25519 or digest != verifier.key_id().hex():
            raise BadNote(_("公钥与它的名称不符"))
        return verifier

    def written(self) -> str:
        """The verifier key form."""
        packed = b64encode(ED25519 + self.key.public_bytes_raw()).decode()
        return f"{self.name}+{self.key_id().hex()}+{packed}"

    def key_id(self) -> bytes:
        """First four bytes of the hash over name and key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key.public_bytes_raw()).digest()[
            :KEY_ID_BYTES
        ]


@dataclass(frozen=True)
class Signer:
    """A private key under its name."""

    name: str
    key: Ed25519PrivateKey

    def verifier(self) -> Verifier:
        return Verifier(self.name, self.key.public_key())

    def sign(self, note: Note) -> str:
        """The signed note as text."""
        body = note.body()
        packed = b64encode(self.verifier().key_id() + self.key.sign(body.encode())).decode()
        return f"{body}\n\N{EM DASH} {self.name} {packed}\n"


def read_note(text: str, verifiers: list[Verifier]) -> Note:
    """Read a signed note and check it by one of the known keys; BadNote if it is broken or signed by none of them."""
    body, gap, signatures = text.partition("\n\n")
    body += "\n"
    if not gap:
        raise BadNote(_("没有签名"))
    if not any(_signed_by(verifier, body, signatures) for verifier in verifiers):
        raise BadNote(_("不是已知的密钥签的"))
    return _stated(body)


def _signed_by(verifier: Verifier, body: str, signatures: str) -> bool:
    for line in signatures.splitlines():
        dash, name, packed = [*line.split(" "), "", "", ""][:3]
        if dash != "\N{EM DASH}" or name != verifier.name:
            continue
        try:
            raw = b64decode(packed, validate=True)
            if raw[:KEY_ID_BYTES] == verifier.key_id():
                verifier.key.verify(raw[KEY_ID_BYTES:], body.encode())
                return True
        except (InvalidSignature, binascii.Error):
            continue
    return False


def _stated(body: str) -> Note:
    lines = body.splitlines()
    try:
        origin, size, root, time = lines[:LINES]
        note = Note(origin, int(size), b64decode(root, validate=True), time.removeprefix("time "))
    except (ValueError, binascii.Error) as error:
        raise BadNote(_("内容读不出来")) from error
    if note.size < 0 or len(note.root) != HASH_BYTES or note.body() != body:
        raise BadNote(_("内容读不出来"))
    return note
