"""Open Badges 3.0 credentials of honours: who, what, by whom, on which decision."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jiangxin.honours.credentials.moments import stamp
from jiangxin.honours.credentials.shape import BADGE_CONTEXT, VC_CONTEXT


@dataclass(frozen=True)
class Achieved:
    """What a credential says. Texts are Chinese unless the name ends in `_en`; `name` stays "" without consent."""

    credential_id: str
    subject_id: str
    honour_id: str
    honour_code: str
    title: str
    title_en: str
    criteria: str
    granter: str
    granter_en: str
    name: str
    level: str
    version: str = "1"
    unit: str = ""
    post: str = ""
    year: int | None = None
    conferred_on: str = ""
    certificate_no: str = ""
    decision_no: str = ""
    source_url: str = ""
    identity_hash: str = ""
    identity_salt: str = ""
    is_collective: bool = False
    status: tuple[dict[str, str], ...] = field(default_factory=tuple)


def subject_hash(identity: str, salt: str) -> str:
    """Salted SHA-256 of an identity number or mail address as IdentityObject writes it: "sha256$hex" (OB 3.0 B.5.2)."""
    return "sha256$" + hashlib.sha256((identity + salt).encode()).hexdigest()


def is_subject(identity: str, *, identity_hash: str, salt: str) -> bool:
    """Whether the hashed identity in a credential is this one."""
    return hmac.compare_digest(subject_hash(identity, salt), identity_hash)


def build_badge(
    achieved: Achieved, *, issuer: str, issuer_name: str, issuer_url: str, issued_at: datetime
) -> dict[str, Any]:
    """Build the unsigned credential; ids must be URLs, times aware. No term outside the two contexts is used."""
    year = f"{achieved.year} " if achieved.year else ""
    return {
        "@context": [VC_CONTEXT, BADGE_CONTEXT],
        "id": achieved.credential_id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achieved.title,
        "description": f"{year}{achieved.title_en}",
        "issuer": {"id": issuer, "type": ["Profile"], "name": issuer_name, "url": issuer_url},
        "validFrom": stamp(issued_at),
        "credentialSubject": _subject(achieved),
        **_evidence(achieved),
        **({"credentialStatus": list(achieved.status)} if achieved.status else {}),
    }


def _subject(achieved: Achieved) -> dict[str, Any]:
    subject: dict[str, Any] = {"id": achieved.subject_id, "type": ["AchievementSubject"]}
    identifiers = _identifiers(achieved)
    if identifiers:
        subject["identifier"] = identifiers
    if achieved.certificate_no:
        subject["licenseNumber"] = achieved.certificate_no
    role = " · ".join(part for part in (achieved.unit, achieved.post) if part)
    if role:
        subject["role"] = role
    if achieved.year:
        subject["term"] = str(achieved.year)
    if achieved.conferred_on:
        subject["activityEndDate"] = f"{achieved.conferred_on}T00:00:00+08:00"
    subject["achievement"] = _achievement(achieved)
    return subject


def _identifiers(achieved: Achieved) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if achieved.name:
        plain = {
            "type": "IdentityObject",
            "identityHash": achieved.name,
            "identityType": "name",
            "hashed": False,
        }
        found.append(plain)
    if achieved.identity_hash:
        hashed = {"type": "IdentityObject", "hashed": True, "identityHash": achieved.identity_hash}
        found.append({**hashed, "identityType": "nationalIdentityNumber", "salt": achieved.identity_salt})
    return found


def _achievement(achieved: Achieved) -> dict[str, Any]:
    granter = {"id": f"{achieved.honour_id}#granter", "type": ["Profile"], "name": achieved.granter}
    english = (
        f"{achieved.title_en}; conferred by {achieved.granter_en}"
        if achieved.granter_en
        else achieved.title_en
    )
    return {
        "id": achieved.honour_id,
        "type": ["Achievement"],
        "achievementType": "Award",
        "inLanguage": "zh",
        "name": achieved.title,
        "description": f"{achieved.title}，由{achieved.granter}授予。{english}.",
        "humanCode": achieved.honour_code,
        "tag": [achieved.level, "collective" if achieved.is_collective else "person"],
        "version": achieved.version,
        "criteria": {"narrative": achieved.criteria or f"由{achieved.granter}按评选办法评选并授予。"},
        "creator": granter,
    }


def _evidence(achieved: Achieved) -> dict[str, Any]:
    if not (achieved.decision_no or achieved.source_url):
        return {}
    evidence: dict[str, Any] = {"type": ["Evidence"]}
    if achieved.source_url:
        evidence["id"] = achieved.source_url
    evidence["name"] = achieved.decision_no or "公布名单"
    return {"evidence": [evidence]}
