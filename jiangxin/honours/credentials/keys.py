"""Ed25519 keys and the names they go by: Multikey, did:key and did:web."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\xed\x01"
DID_KEY = "did:key:"
DID_WEB = "did:web:"


@dataclass(frozen=True)
class SigningKey:
    """A private key with the verificationMethod it signs for, e.g. "did:web:a.example#z6Mk…"."""

    private: Ed25519PrivateKey
    method_id: str

    @classmethod
    def from_seed(cls, seed: bytes, controller: str) -> "SigningKey":
        """Make the key of a 32-byte seed; its fragment is its own Multikey."""
        private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(private, f"{controller}#{multikey(private.public_key())}")

    @classmethod
    def self_named(cls, private: Ed25519PrivateKey) -> "SigningKey":
        """The key under its own did:key name."""
        name = multikey(private.public_key())
        return cls(private, f"{DID_KEY}{name}#{name}")

    @property
    def controller(self) -> str:
        """The issuer this key signs for."""
        return self.method_id.partition("#")[0]

    @property
    def public_multibase(self) -> str:
        """The public half as Multikey."""
        return multikey(self.private.public_key())


def encode_base58(raw: bytes) -> str:
    """Multibase base58-btc: "z" and the digits."""
    return "z" + base58.b58encode(raw).decode("ascii")


def decode_base58(text: object, *, length: int) -> bytes:
    """Read multibase base58-btc of exactly `length` bytes; ValueError otherwise, also for over-long input."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > 2 * length + 2:
        raise ValueError("not multibase base58-btc")
    raw = base58.b58decode(text[1:])
    if len(raw) != length:
        raise ValueError(f"{len(raw)} bytes instead of {length}")
    return raw


def multikey(key: Ed25519PublicKey) -> str:
    """Return the Multikey form (multicodec 0xed01) of a public key."""
    return encode_base58(ED25519 + key.public_bytes_raw())


@lru_cache(maxsize=512)
def public_key(name: str) -> Ed25519PublicKey:
    """Read an Ed25519 Multikey; ValueError for anything else, other key types included."""
    raw = decode_base58(name, length=34)
    if not raw.startswith(ED25519):
        raise ValueError("not an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def did_key(key: Ed25519PublicKey) -> str:
    """Return the did:key name of a public key."""
    return DID_KEY + multikey(key)


def did_web(url: str) -> str:
    """Turn an https address without query into its did:web name (port as %3A); ValueError when it has none."""
    parts = urlsplit(url)
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(url)
    path = [quote(part) for part in parts.path.split("/") if part]
    return DID_WEB + ":".join([parts.netloc.replace(":", "%3A"), *path])


def did_web_url(did: str) -> str:
    """Return the https address of the document of a did:web name; ValueError when it is none."""
    if not did.startswith(DID_WEB):
        raise ValueError(did)
    host, *path = did[len(DID_WEB) :].split(":")
    host = unquote(host)
    if not host or any(char in host for char in "/@?# ") or not all(path):
        raise ValueError(did)
    return f"https://{host}/{'/'.join(unquote(part) for part in path) or '.well-known'}/did.json"
