"""Data Integrity proofs of the suite eddsa-jcs-2022 (W3C vc-di-eddsa 3.3): one, several side by side, or in a chain."""

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature

from jiangxin.honours.credentials.bundle import KeyBundle, PublishedKey
from jiangxin.honours.credentials.canonical import canonical
from jiangxin.honours.credentials.keys import SigningKey, decode_base58, encode_base58, public_key
from jiangxin.honours.credentials.moments import moment, stamp
from jiangxin.honours.credentials.verdict import Failure, Status

SUITE = "eddsa-jcs-2022"
PROOF_TYPE = "DataIntegrityProof"
PURPOSE = "assertionMethod"
CLOCK_LEEWAY = timedelta(minutes=5)
MAX_PROOFS = 16

Document = Mapping[str, Any]


def sign(
    document: Document, key: SigningKey, *, created: datetime, expires: datetime | None = None
) -> dict[str, Any]:
    """Return the document with one proof; ValueError when it already carries one."""
    if "proof" in document:
        raise ValueError("already signed; use add_proof")
    return {**document, "proof": _make(document, key, created=created, expires=expires)}


def add_proof(
    document: Document,
    key: SigningKey,
    *,
    created: datetime,
    proof_id: str = "",
    previous: Iterable[str] = (),
) -> dict[str, Any]:
    """Add a proof to those that are there: a proof set, or, with the ids in `previous`, a link of a proof chain.

    Proofs named in `previous` are covered by the new signature (vc-data-integrity 4.3). ValueError when one is missing.
    """
    present = proofs_of(document)
    names = list(previous)
    unsecured = _without_proof(document)
    if names:
        unsecured["proof"] = _named(present, names)
    fresh = _make(unsecured, key, created=created, proof_id=proof_id, previous=names)
    return {**document, "proof": [*present, fresh] if present else fresh}


def _make(
    unsecured: Document,
    key: SigningKey,
    *,
    created: datetime,
    expires: datetime | None = None,
    proof_id: str = "",
    previous: list[str] | None = None,
) -> dict[str, Any]:
    options: dict[str, Any] = {"type": PROOF_TYPE, "cryptosuite": SUITE, "created": stamp(created)}
    if expires is not None:
        options["expires"] = stamp(expires)
    options |= {"verificationMethod": key.method_id, "proofPurpose": PURPOSE}
    if proof_id:
        options["id"] = proof_id
    if previous:
        options["previousProof"] = previous if len(previous) > 1 else previous[0]
    if "@context" in unsecured:
        options["@context"] = unsecured["@context"]
    return {**options, "proofValue": encode_base58(key.private.sign(_digest(options, unsecured)))}


def _digest(options: Document, unsecured: Document) -> bytes:
    return hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(unsecured)).digest()


def _without_proof(document: Document) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def proofs_of(document: Document) -> list[dict[str, Any]]:
    """List the proofs; ValueError when the member is neither an object nor a list of objects, or holds too many."""
    proof = document.get("proof", [])
    listed = proof if isinstance(proof, list) else [proof]
    if not all(isinstance(each, dict) for each in listed) or len(listed) > MAX_PROOFS:
        raise ValueError("proof must be an object or a list of objects")
    return listed


def _named(present: list[dict[str, Any]], names: list[str]) -> list[dict[str, Any]]:
    found = [proof for proof in present if proof.get("id") in names]
    if {proof["id"] for proof in found} != set(names) or len(found) != len(names):
        raise ValueError("previousProof names a proof that is not there")
    return found


def verify_proof(document: Document, proof: dict[str, Any], *, trusted: KeyBundle, now: datetime) -> None:
    """Check one proof of the document; Failure with the status and code of the first thing wrong."""
    signature = _check_form(proof)
    key = trusted.key_of(proof["verificationMethod"])
    forms = itertools.product(_option_forms(proof, document), _covered(document, proof))
    if not any(_is_signature(key, signature, _digest(options, unsecured)) for options, unsecured in forms):
        raise Failure(Status.ALTERED, "bad_signature")
    _check_key(key, proof)
    _check_times(proof, now)


def _check_form(proof: dict[str, Any]) -> bytes:
    if proof.get("type") != PROOF_TYPE:
        raise Failure(Status.UNSUPPORTED, "unsupported_proof_type")
    if proof.get("cryptosuite") != SUITE:
        raise Failure(Status.UNSUPPORTED, "unsupported_cryptosuite")
    if proof.get("proofPurpose") != PURPOSE:
        raise Failure(Status.ALTERED, "wrong_purpose")
    if not isinstance(proof.get("verificationMethod"), str):
        raise Failure(Status.MALFORMED, "no_verification_method")
    try:
        for name in ("created", "expires"):
            if name in proof:
                moment(proof[name])
    except ValueError:
        raise Failure(Status.MALFORMED, "bad_proof_date") from None
    try:
        return decode_base58(proof.get("proofValue"), length=64)
    except ValueError:
        raise Failure(Status.MALFORMED, "bad_proof_value") from None


def names_before(proof: Document) -> list[Any]:
    """The ids of the proofs this one builds on; Failure when previousProof is neither a string nor a list of strings."""
    previous = proof.get("previousProof", [])
    names = previous if isinstance(previous, list) else [previous]
    if not all(isinstance(name, str) for name in names):
        raise Failure(Status.MALFORMED, "bad_previous_proof")
    return names


def _covered(document: Document, proof: dict[str, Any]) -> list[dict[str, Any]]:
    """What the proof may have signed: the document without proofs, with the context the proof names and those it builds on.

    The standard puts several previous proofs in the order of the document; some implementations in that of previousProof.
    """
    unsecured = _without_proof(document)
    if "@context" in proof:
        if not _starts_with(document.get("@context"), proof["@context"]):
            raise Failure(Status.ALTERED, "context_mismatch")
        unsecured["@context"] = proof["@context"]
    names = names_before(proof)
    if not names:
        return [unsecured]
    try:
        found = _named(proofs_of(document), names)
    except ValueError:
        raise Failure(Status.ALTERED, "previous_proof_missing") from None
    ordered = sorted(found, key=lambda each: names.index(each["id"]))
    return [{**unsecured, "proof": each} for each in ([found] if ordered == found else [found, ordered])]


def _starts_with(whole: Any, start: Any) -> bool:
    listed = whole if isinstance(whole, list) else [whole]
    wanted = start if isinstance(start, list) else [start]
    return bool(wanted) and listed[: len(wanted)] == wanted


def _option_forms(proof: dict[str, Any], document: Document) -> list[dict[str, Any]]:
    """The proof options as hashed. Some implementations hash the document's context without writing it into the proof."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "@context" in options or "@context" not in document:
        return [options]
    return [options, {**options, "@context": document["@context"]}]


def _is_signature(key: PublishedKey, signature: bytes, message: bytes) -> bool:
    try:
        public_key(key.multibase).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _check_key(key: PublishedKey, proof: dict[str, Any]) -> None:
    if key.revoked is not None:
        raise Failure(Status.UNKNOWN_ISSUER, "key_revoked")
    if PURPOSE not in key.purposes:
        raise Failure(Status.UNKNOWN_ISSUER, "key_not_authorised")
    if key.ended is not None and ("created" not in proof or moment(proof["created"]) > key.ended):
        raise Failure(Status.UNKNOWN_ISSUER, "key_ended")


def _check_times(proof: dict[str, Any], now: datetime) -> None:
    if "created" in proof and moment(proof["created"]) > now + CLOCK_LEEWAY:
        raise Failure(Status.NOT_YET_VALID, "created_in_future")
    if "expires" in proof and moment(proof["expires"]) <= now:
        raise Failure(Status.EXPIRED, "proof_expired")
