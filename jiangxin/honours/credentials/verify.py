"""Verification of a whole credential: form, issuer, every proof, dates, status; in this order, first fault decides."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from jiangxin.honours.credentials.baked import MOST_PICTURE, PNG, BadlyBaked, baked_in
from jiangxin.honours.credentials.bundle import KeyBundle
from jiangxin.honours.credentials.canonical import MAX_BYTES, MalformedJson, check_value, read_json
from jiangxin.honours.credentials.moments import moment
from jiangxin.honours.credentials.proofs import CLOCK_LEEWAY, names_before, proofs_of, verify_proof
from jiangxin.honours.credentials.shape import check_shape, issuer_of
from jiangxin.honours.credentials.status import Entry, ReadList, entries_of, read_status, unpack
from jiangxin.honours.credentials.successions import led_to
from jiangxin.honours.credentials.verdict import Check, Failure, Status, Verdict

FRESH = timedelta(minutes=1)
_JWT = re.compile(rb"\s*ey[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.")
_UNTRUSTED = (Status.STATUS_UNKNOWN, "status_untrusted")
_BAD_PURPOSES = {"revocation": Status.REVOKED, "suspension": Status.SUSPENDED}


def verify_bytes(raw: bytes, *, trusted: KeyBundle, now: datetime | None = None) -> Verdict:
    """Verify the text of a credential; whatever is wrong with it is in the verdict, nothing is raised."""
    try:
        document = read_json(raw)
    except MalformedJson as fault:
        if fault.code == "not_json" and _JWT.match(raw):
            return Verdict(Status.UNSUPPORTED, "jwt_form")
        return Verdict(Status.MALFORMED, fault.code, (Check("read", ok=False, detail=str(fault)),))
    return verify_document(document, trusted=trusted, now=now)


def verify_path(path: Path, *, trusted: KeyBundle, now: datetime | None = None) -> Verdict:
    """Verify a file, or the credential baked into a PNG; an unreadable one is malformed with code `unreadable`."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
            raw = (
                (baked_in(raw + stream.read(MOST_PICTURE - len(raw))) or raw) if raw.startswith(PNG) else raw
            )
    except (OSError, BadlyBaked):
        return Verdict(Status.MALFORMED, "unreadable")
    return verify_bytes(raw, trusted=trusted, now=now)


def verify_document(
    document: Any,
    *,
    trusted: KeyBundle,
    status_lists: Mapping[str, Mapping[str, Any]] | None = None,
    now: datetime | None = None,
) -> Verdict:
    """Verify a parsed credential against the issuers in `trusted`; never raises for what is in the document.

    `status_lists` maps addresses to signed status list credentials and is looked at before those of the bundle.
    """
    return _Verification(
        trusted, {**trusted.status_lists, **(status_lists or {})}, now or datetime.now(UTC)
    ).of(document)


def _signer_of(proof: dict[str, Any]) -> str:
    method = proof.get("verificationMethod")
    return method.partition("#")[0] if isinstance(method, str) else ""


def _well_founded(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the proofs that hold, those whose previous proofs hold too, and theirs (vc-data-integrity 4.5)."""
    while True:
        ids = [proof.get("id") for proof in held]
        kept = [proof for proof in held if all(name in ids for name in names_before(proof))]
        if len(kept) == len(held):
            return kept
        held = kept


class _Verification:
    """One run; gathers the checks as it goes."""

    def __init__(self, trusted: KeyBundle, lists: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
        self.trusted, self.lists, self.now = trusted, lists, now
        self.checks: list[Check] = []
        self.held: list[dict[str, Any]] = []
        self.is_listed = False
        self.status_as_of: datetime | None = None

    def of(self, document: Any) -> Verdict:
        issuer = ""
        try:
            issuer = self._form(document)
            self._proofs(document, issuer)
            self._dates(document)
            self._status(document, issuer)
        except Failure as failure:
            self.checks.append(Check(failure.code, ok=False, detail=failure.detail))
            return self._verdict(failure.status, failure.code, document, issuer)
        return self._verdict(Status.VALID, "valid", document, issuer)

    def _verdict(self, status: Status, code: str, document: Any, issuer: str) -> Verdict:
        shown = document if isinstance(document, dict) else None
        name = self.trusted.names.get(issuer, "")
        new = self._successor(shown) if shown and code == Status.REVOKED.value else ""
        code = "replaced" if new else code
        return Verdict(
            status, code, tuple(self.checks), shown, issuer, name, self.status_as_of, new, self.is_listed
        )

    def _successor(self, document: dict[str, Any]) -> str:
        """Where a bundle leads from this credential, which is whole and revoked."""
        name = document.get("id")
        return led_to(name, self.trusted.successors) if isinstance(name, str) else ""

    def _form(self, document: Any) -> str:
        try:
            check_value(document)
        except MalformedJson as fault:
            raise Failure(Status.MALFORMED, fault.code) from None
        if not isinstance(document, dict) or "@context" not in document:
            raise Failure(Status.MALFORMED, "not_credential")
        check_shape(document)
        self.checks.append(Check("form", ok=True))
        return issuer_of(document)

    def _proofs(self, document: dict[str, Any], issuer: str) -> None:
        try:
            proofs = proofs_of(document)
        except ValueError:
            raise Failure(Status.MALFORMED, "bad_proof") from None
        if not proofs:
            raise Failure(Status.MALFORMED, "no_proof")
        skipped = [failure for proof in proofs if (failure := self._one_proof(document, proof, issuer))]
        own = [proof for proof in self.held if _signer_of(proof) == issuer]
        if not own:
            raise skipped[0] if skipped else Failure(Status.ALTERED, "issuer_mismatch")
        if not any(proof in own for proof in _well_founded(self.held)):
            raise Failure(Status.UNSUPPORTED, "previous_proof_unverified")
        if not self.trusted.knows(issuer):
            raise Failure(Status.UNKNOWN_ISSUER, "unknown_issuer")
        self.checks.append(Check("issuer_known", ok=True, detail=issuer))

    def _one_proof(self, document: dict[str, Any], proof: dict[str, Any], issuer: str) -> Failure | None:
        """Check one proof. A second signature in another suite or by a stranger is noted; one that is wrong decides."""
        method = proof.get("verificationMethod")
        is_own = _signer_of(proof) == issuer
        try:
            verify_proof(document, proof, trusted=self.trusted, now=self.now)
        except Failure as failure:
            if failure.status is Status.UNSUPPORTED or (failure.code == "unknown_issuer" and not is_own):
                self.checks.append(Check(failure.code, ok=None, detail=str(method)))
                return failure if is_own or failure.status is Status.UNSUPPORTED else None
            raise
        self.checks.append(Check("issuer_proof" if is_own else "other_proof", ok=True, detail=str(method)))
        self.held.append(proof)
        return None

    def _dates(self, document: dict[str, Any]) -> None:
        if "validFrom" in document and moment(document["validFrom"]) > self.now + CLOCK_LEEWAY:
            raise Failure(Status.NOT_YET_VALID, "not_yet_valid")
        if "validUntil" in document and moment(document["validUntil"]) <= self.now:
            self._worse_than_expired(document)
            raise Failure(Status.EXPIRED, "expired")
        self.checks.append(Check("dates", ok=True))

    def _worse_than_expired(self, document: dict[str, Any]) -> None:
        try:
            self._status(document, issuer_of(document))
        except Failure as failure:
            if failure.status in _BAD_PURPOSES.values():
                raise

    def _status(self, document: dict[str, Any], issuer: str) -> None:
        """Revoked counts before suspended, and both before a list that is not at hand; other purposes do not decide."""
        hits, lacking = set(), []
        for entry in entries_of(document):
            if entry.purpose not in _BAD_PURPOSES:
                self.checks.append(Check("status_not_deciding", ok=None, detail=entry.purpose))
                continue
            try:
                if read_status(self._list(entry, issuer), entry):
                    hits.add(entry.purpose)
                self.is_listed |= entry.purpose == "revocation"
            except Failure as failure:
                lacking.append(failure)
        for purpose, status in _BAD_PURPOSES.items():
            if purpose in hits:
                raise Failure(status, status.value)
        if lacking:
            raise lacking[0]
        if "credentialStatus" in document:
            self.checks.append(Check("status", ok=True))

    def _list(self, entry: Entry, issuer: str) -> ReadList:
        """The list of this entry, once its own form, issuer, proof and dates hold; its issuer may be another trusted one."""
        found = self.lists.get(entry.url)
        if found is None:
            raise Failure(Status.STATUS_UNKNOWN, "status_unavailable", entry.url)
        is_kept = found is self.trusted.status_lists.get(entry.url)
        known = self.trusted.checked.get(entry.url) if is_kept else None
        if known is None or not timedelta() <= self.now - known.checked_at < FRESH:
            known = self._read_list(dict(found))
            if is_kept:
                self.trusted.checked[entry.url] = known
        if known.document.get("id", entry.url) != entry.url:
            raise Failure(*_UNTRUSTED)
        if known.owner != issuer:
            self.checks.append(Check("status_by_another_issuer", ok=None, detail=known.owner))
        if "validFrom" in known.document:
            self.status_as_of = moment(known.document["validFrom"])
        return known

    def _read_list(self, document: dict[str, Any]) -> ReadList:
        inner = _Verification(self.trusted, {}, self.now)
        try:
            owner = inner._form(document)
            inner._proofs(document, owner)
            inner._dates(document)
        except Failure:
            raise Failure(*_UNTRUSTED) from None
        if "credentialStatus" in document:
            raise Failure(*_UNTRUSTED)
        return unpack(document, owner=owner, at=self.now)
