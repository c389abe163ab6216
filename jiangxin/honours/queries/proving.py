"""Questions of proof: what our issuers publish, the bundle for offline use, and whether a document holds."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.honours.credentials import KeyBundle, PublishedKey, Status, Verdict, controller_document
from jiangxin.honours.credentials import verify_bytes as _verify_bytes
from jiangxin.honours.credentials import verify_path as _verify_path
from jiangxin.honours.credentials.bundle import NotAController, export_bundle
from jiangxin.honours.credentials.canonical import MalformedJson, read_json
from jiangxin.honours.credentials.moments import moment
from jiangxin.honours.models import Credential, Issuer, IssuerKey, Revocation, StatusList
from jiangxin.honours.queries.successors import led_on, successions
from jiangxin.honours.words import CredentialState, KeyState
from jiangxin.kernel.text.ids import is_uid


def _published(key: IssuerKey) -> PublishedKey:
    ended = key.ended_at if key.state == KeyState.RETIRED else None
    revoked = key.ended_at if key.state == KeyState.COMPROMISED else None
    return PublishedKey(key.method_id, key.public_multibase, ended=ended, revoked=revoked)


def controller_of(issuer: Issuer) -> dict[str, Any]:
    """The controller document of an issuer: every key it ever had, newest first."""
    keys = sorted(issuer.keys.all(), key=lambda key: key.valid_from, reverse=True)
    for key in keys:
        key.issuer = issuer
    address = f"{issuer.base_url}/issuers/{issuer.uid}"
    return controller_document(issuer.did, [_published(key) for key in keys], also_known_as=(address,))


def issuers() -> list[Issuer]:
    """Every issuer with its keys. Two queries."""
    return list(Issuer.objects.prefetch_related(Prefetch("keys", IssuerKey.objects.all())).order_by("pk"))


def issuer_addressed(uid: str) -> Issuer | None:
    """The issuer with this outside address, with its keys."""
    return Issuer.objects.prefetch_related("keys").filter(uid=uid).first()


def status_list_text(uid: str) -> str | None:
    """The signed status list as published, byte for byte."""
    return StatusList.objects.filter(uid=uid).values_list("document", flat=True).first()


def bundle_file() -> dict[str, Any]:
    """Keys of all issuers, the status lists of this moment and what replaced what, for verifiers without a network."""
    documents = [(issuer.name, controller_of(issuer)) for issuer in issuers()]
    lists = [
        json.loads(text) for text in StatusList.objects.order_by("pk").values_list("document", flat=True)
    ]
    return export_bundle(documents, lists, made_at=timezone.now(), successors=successions())


def own_bundle(raw: bytes = b"", *, trust: tuple[str, ...] = ()) -> KeyBundle:
    """The bundle of this installation; of the status lists only those the text of a credential names."""
    found = issuers()
    names = {issuer.did: issuer.name for issuer in found}
    wanted = [(uid, text) for uid, text in _lists() if not raw or uid.encode() in raw]
    lists = [json.loads(text) for _uid, text in wanted]
    return KeyBundle.of(
        [controller_of(issuer) for issuer in found], names=names, status_lists=lists, trust=trust
    )


def _lists() -> list[tuple[str, str]]:
    return list(StatusList.objects.values_list("uid", "document"))


def verify_text(raw: bytes) -> Verdict:
    """Verify the text of a credential with the issuers and status lists of this installation."""
    verdict = _verify_bytes(raw, trusted=own_bundle(raw))
    return led_on(verdict, credential_of(verdict))


def read_bundle(path: Path, *, trust: tuple[str, ...] = ()) -> KeyBundle:
    """Read an exported bundle (or one controller document) from a file; ValueError when it is none."""
    try:
        return KeyBundle.from_json(read_json(path.read_bytes()), trust=trust)
    except (OSError, MalformedJson, NotAController) as fault:
        raise ValueError(str(path)) from fault


def verify_file(
    path: Path,
    bundle: Path | None = None,
    *,
    trust: tuple[str, ...] = (),
    issuers: tuple[Path, ...] = (),
    lists: tuple[Path, ...] = (),
) -> tuple[int, Verdict]:
    """Verify a file without a network, by the bundle or issuers given or else by this installation's own records.

    Returns (exit code, verdict): 0 valid, 1 altered or not checkable, 2 unreadable, 3 revoked or suspended, 4 unknown
    issuer, 5 out of time, 6 status not to be had. `trust` names did:key issuers to accept, `issuers` are controller
    documents (did.json) and `lists` status list credentials got by hand. ValueError when one of them cannot be read.
    """
    known = KeyBundle.of([], status_lists=[_object_in(each) for each in lists], trust=trust)
    for each in (bundle, *issuers):
        known = read_bundle(each).joined(known) if each else known
    by_records = not bundle and not issuers
    if by_records:
        known = _records().joined(known)
    verdict = _verify_path(path, trusted=known)
    if by_records and not verdict.is_valid:
        verdict = _led_on_if_known(verdict)
    return verdict.exit_code, verdict


def _records() -> KeyBundle:
    """What this installation knows; nothing where there is none yet."""
    try:
        return own_bundle()
    except DatabaseError:
        return KeyBundle()


def _led_on_if_known(verdict: Verdict) -> Verdict:
    try:
        return led_on(verdict, credential_of(verdict))
    except DatabaseError:
        return verdict


def _object_in(path: Path) -> dict[str, Any]:
    try:
        found = read_json(path.read_bytes())
    except (OSError, MalformedJson) as fault:
        raise ValueError(str(path)) from fault
    if not isinstance(found, dict):
        raise ValueError(str(path))  # noqa: TRY004 - one error for every unusable file
    return found


def credential_of(verdict: Verdict) -> Credential | None:
    """Our own record of the credential that was verified, if it is one of ours and its text is what we signed."""
    name = verdict.document.get("id") if verdict.document else None
    uid = name.rpartition("/")[2] if isinstance(name, str) else ""
    if not is_uid(uid):
        return None
    return (
        Credential.objects.select_related(
            "conferral__honour", "conferral__person", "conferral__collective", "key__issuer"
        )
        .filter(uid=uid)
        .first()
    )


SEALS = {
    Status.VALID: "valid",
    Status.REVOKED: "revoked",
    Status.SUSPENDED: "revoked",
    Status.ALTERED: "altered",
    Status.EXPIRED: "expired",
    Status.NOT_YET_VALID: "expired",
}

WORDS = {
    "replaced": CredentialState.REPLACED.label,
    "suspended": CredentialState.SUSPENDED.label,
    Status.MALFORMED: gettext_lazy("不是凭证"),
    Status.UNSUPPORTED: gettext_lazy("无法核验"),
    Status.STATUS_UNKNOWN: gettext_lazy("状态不明"),
}


@dataclass(frozen=True)
class ShownResult:
    """What the check page prints beside the sentence; everything is taken from the signed text or our own record.

    `word` stands beside the seal where the seal's own is not what happened.
    """

    seal: str
    word: str
    facts: list[tuple[str, str]]
    revocation: Revocation | None
    is_ours: bool


def shown_result(verdict: Verdict, credential: Credential | None) -> ShownResult:
    """Facts of a verified document. Nothing is printed of one whose content cannot be relied on."""
    is_whole = verdict.status not in (Status.ALTERED, Status.MALFORMED, Status.UNSUPPORTED)
    facts = _facts(verdict) if is_whole and verdict.document else []
    revocation = None
    if credential is not None and verdict.status is Status.REVOKED:
        revocation = Revocation.objects.filter(conferral=credential.conferral).first()
    word = str(WORDS.get(verdict.code) or WORDS.get(verdict.status) or "")
    return ShownResult(SEALS.get(verdict.status, "unknown"), word, facts, revocation, credential is not None)


def _facts(verdict: Verdict) -> list[tuple[str, str]]:
    document = verdict.document or {}
    subject = document.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    achievement = subject.get("achievement")
    achievement = achievement if isinstance(achievement, dict) else {}
    creator = achievement.get("creator")
    facts = (
        (_("荣誉"), _text(achievement.get("name")) or _text(document.get("name"))),
        (_("获得者"), _name_in(subject)),
        (_("单位和职务"), _text(subject.get("role"))),
        (_("年份"), _text(subject.get("term"))),
        (_("授予机关"), _text(creator.get("name")) if isinstance(creator, dict) else ""),
        (_("证书编号"), _text(subject.get("licenseNumber"))),
        (_("签发机构"), verdict.issuer_name or verdict.issuer),
        (_("签发时间"), _day(document.get("validFrom"))),
    )
    return [(label, value) for label, value in facts if value]


def _name_in(subject: dict[str, Any]) -> str:
    identifiers = subject.get("identifier")
    for each in identifiers if isinstance(identifiers, list) else []:
        if isinstance(each, dict) and each.get("identityType") == "name" and each.get("hashed") is False:
            return _text(each.get("identityHash"))
    return _("凭证里没有写姓名")


def _day(value: Any) -> str:
    try:
        return date_format(timezone.localtime(moment(value)), "DATE_FORMAT")
    except (ValueError, OverflowError):
        return ""


def _text(value: Any) -> str:
    return value[:300] if isinstance(value, str) else ""
