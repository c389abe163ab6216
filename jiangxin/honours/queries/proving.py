"""Questions of proof: what our issuers publish, the bundle for offline use, and whether a document holds."""

import json
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from jiangxin.honours.credentials import KeyBundle, PublishedKey, Verdict, controller_document
from jiangxin.honours.credentials import verify_bytes as _verify_bytes
from jiangxin.honours.credentials import verify_path as _verify_path
from jiangxin.honours.credentials.bundle import NotAController, export_bundle
from jiangxin.honours.credentials.canonical import MalformedJson, read_json
from jiangxin.honours.models import Credential, Issuer, IssuerKey, StatusList
from jiangxin.honours.words import KeyState


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
    """Keys of all issuers and the status lists of this moment, for verifiers without a network."""
    documents = [(issuer.name, controller_of(issuer)) for issuer in issuers()]
    lists = [
        json.loads(text) for text in StatusList.objects.order_by("pk").values_list("document", flat=True)
    ]
    return export_bundle(documents, lists, made_at=timezone.now())


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
    return _verify_bytes(raw, trusted=own_bundle(raw))


def read_bundle(path: Path, *, trust: tuple[str, ...] = ()) -> KeyBundle:
    """Read an exported bundle (or one controller document) from a file; ValueError when it is none."""
    try:
        return KeyBundle.from_json(read_json(path.read_bytes()), trust=trust)
    except (OSError, MalformedJson, NotAController) as fault:
        raise ValueError(str(path)) from fault


def verify_file(
    path: Path, bundle: Path | None = None, *, trust: tuple[str, ...] = ()
) -> tuple[int, Verdict]:
    """Verify a file without a network, by an exported bundle or else by this installation's own records.

    Returns (exit code, verdict): 0 valid, 1 altered or not checkable, 2 unreadable, 3 revoked or suspended, 4 unknown
    issuer, 5 out of time. `trust` names did:key issuers to accept. ValueError when the bundle itself cannot be read.
    """
    trusted = read_bundle(bundle, trust=trust) if bundle else own_bundle(trust=trust)
    verdict = _verify_path(path, trusted=trusted)
    return verdict.exit_code, verdict


def credential_of(verdict: Verdict) -> Credential | None:
    """Our own record of the credential that was verified, if it is one of ours and its text is what we signed."""
    name = verdict.document.get("id") if verdict.document else None
    if not isinstance(name, str):
        return None
    return (
        Credential.objects.select_related("conferral__honour", "conferral__person", "conferral__collective")
        .filter(uid=name.rpartition("/")[2])
        .first()
    )
