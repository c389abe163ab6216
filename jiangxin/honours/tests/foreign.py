"""A second signer and verifier, written from the standards alone: it shares no line with the code it judges.

Sources: vc-di-eddsa 1.0 §3.3 (eddsa-jcs-2022), vc-data-integrity 1.0 §4, did:key (Ed25519: multicodec 0xed), did:web, RFC 8785,
vc-bitstring-status-list 1.0 §3. Uses `cryptography` and `rfc8785` only.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Json = dict[str, Any]
DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CREATED = "2026-05-01T08:00:00Z"


def base58(raw: bytes) -> str:
    """Multibase base58-btc."""
    number, found = int.from_bytes(raw, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        found = DIGITS[rest] + found
    return "z" + "1" * (len(raw) - len(raw.lstrip(b"\0"))) + found


def unbase58(text: str) -> bytes:
    """The bytes of multibase base58-btc."""
    number = 0
    for digit in text[1:]:
        number = number * 58 + DIGITS.index(digit)
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


class Signer:
    """A foreign issuer: by its own did:key, or under a did:web name or an https address."""

    def __init__(self, seed: int, name: str = "", fragment: str = "", codec: bytes = b"\xed\x01") -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.multikey = base58(codec + self.private.public_key().public_bytes_raw())
        self.name = name or f"did:key:{self.multikey}"
        self.method = f"{self.name}#{fragment or self.multikey}"

    def document(self, **changes: Any) -> Json:
        """The controller document of a did:web or https name."""
        method = {
            "id": self.method,
            "type": "Multikey",
            "controller": self.name,
            "publicKeyMultibase": self.multikey,
        }
        return {
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": self.name,
            "verificationMethod": [method],
            "assertionMethod": [self.method],
            **changes,
        }

    def proof(self, credential: Json, *, before: list[Json] | None = None, **options: Any) -> Json:
        """One proof of the credential; `before` are the proofs it builds on; an option of None is left out."""
        unsecured = {name: value for name, value in credential.items() if name != "proof"}
        config = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": CREATED,
            "verificationMethod": self.method,
            "proofPurpose": "assertionMethod",
            "@context": credential.get("@context"),
            **options,
        }
        config = {name: value for name, value in config.items() if value is not None}
        if before:
            unsecured["proof"] = before
        digest = hashlib.sha256(rfc8785.dumps(config)).digest()
        digest += hashlib.sha256(rfc8785.dumps(unsecured)).digest()
        return {**config, "proofValue": base58(self.private.sign(digest))}

    def signed(self, credential: Json, **options: Any) -> Json:
        """The credential with this issuer's proof alone."""
        return {**credential, "proof": self.proof(credential, **options)}


def credential(issuer: Any, /, **changes: Any) -> Json:
    """A credential that has nothing to do with honours or badges; a change of None takes the member out."""
    made = {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "issuer": issuer,
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


def encoded(bits: bytes, *, prefix: str = "u") -> str:
    """An encodedList."""
    return prefix + base64.urlsafe_b64encode(gzip.compress(bits)).decode().rstrip("=")


def bits(*ones: int, size: int = 131_072) -> bytes:
    """A bitstring in which the named bits, counted from the left, are 1."""
    raw = bytearray(size // 8)
    for place in ones:
        raw[place // 8] |= 128 >> place % 8
    return bytes(raw)


def status_list(url: str, issuer: str, encoded_list: str, /, **changes: Any) -> Json:
    """An unsigned status list credential of purpose revocation; those that begin with _ go into its subject."""
    inner = {name[1:]: value for name, value in changes.items() if name.startswith("_")}
    outer = {name: value for name, value in changes.items() if not name.startswith("_")}
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": "2026-04-30T00:00:00Z",
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded_list,
            **inner,
        },
        **outer,
    }


def entry(url: str, index: str = "94567", /, **changes: Any) -> Json:
    """A credentialStatus that points into a list."""
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": url,
        **changes,
    }


def holds(document: Json, controller: Json) -> bool:
    """The strict second opinion on one proof: form, context, controller, relationship and signature."""
    proof = dict(document["proof"])
    signature = unbase58(proof.pop("proofValue"))
    if document["@context"][: len(proof["@context"])] != proof["@context"]:
        return False
    if (proof["type"], proof["cryptosuite"]) != ("DataIntegrityProof", "eddsa-jcs-2022"):
        return False
    name = proof["verificationMethod"]
    issuer = document["issuer"] if isinstance(document["issuer"], str) else document["issuer"]["id"]
    if controller["id"] != issuer or name not in controller[proof["proofPurpose"]]:
        return False
    (method,) = [each for each in controller["verificationMethod"] if each["id"] == name]
    raw = unbase58(method["publicKeyMultibase"])
    unsecured = {key: value for key, value in document.items() if key != "proof"} | {
        "@context": proof["@context"]
    }
    digest = hashlib.sha256(rfc8785.dumps(proof)).digest()
    digest += hashlib.sha256(rfc8785.dumps(unsecured)).digest()
    try:
        Ed25519PublicKey.from_public_bytes(raw[2:]).verify(signature, digest)
    except InvalidSignature:
        return False
    return method["controller"] == issuer and raw[:2] == b"\xed\x01" and len(signature) == 64


def bit_of(status_list_credential: Json, index: int) -> int:
    """One bit of a list, read as the standard says."""
    packed = status_list_credential["credentialSubject"]["encodedList"]
    raw = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    return raw[index // 8] >> (7 - index % 8) & 1
