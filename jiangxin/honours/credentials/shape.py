"""The form of a credential: what W3C VC Data Model 2.0 and Open Badges 3.0 demand of its members."""

import re
from typing import Any

from jiangxin.honours.credentials.moments import moment
from jiangxin.honours.credentials.verdict import Failure, Status

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
OLD_CONTEXT = "https://www.w3.org/2018/credentials/v1"
BADGE_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
_BADGE_TYPES = {"OpenBadgeCredential", "AchievementCredential"}
_PROTECTED = {
    "VerifiableCredential",
    "BitstringStatusListCredential",
    "BitstringStatusList",
    "BitstringStatusListEntry",
    "DataIntegrityProof",
    "issuer",
    "validFrom",
    "validUntil",
    "credentialSubject",
    "credentialStatus",
    "proof",
}


def _demand(condition: bool, code: str) -> None:
    if not condition:
        raise Failure(Status.MALFORMED, code)


def is_url(value: object) -> bool:
    """Whether the value is an absolute URL or URN."""
    return isinstance(value, str) and len(value) <= 2000 and _URL.fullmatch(value) is not None


def types_of(thing: dict[str, Any]) -> set[str]:
    """The types of a node, whether written as one string or a list."""
    value = thing.get("type", [])
    listed = value if isinstance(value, list) else [value]
    return {each for each in listed if isinstance(each, str)}


def listed(value: Any) -> list[Any]:
    """A member that may be one thing or a list of things, as a list."""
    return value if isinstance(value, list) else [value]


def check_shape(document: dict[str, Any]) -> None:
    """Raise Failure(malformed, code) for the first rule the credential breaks."""
    _check_contexts(document.get("@context"))
    if "VerifiablePresentation" in types_of(document):
        raise Failure(Status.UNSUPPORTED, "presentation")
    _demand("VerifiableCredential" in types_of(document), "bad_type")
    _demand("id" not in document or is_url(document["id"]), "bad_id")
    _demand(is_url(issuer_of(document)), "bad_issuer")
    _check_subject(document.get("credentialSubject"))
    _check_dates(document)
    _check_parts(document)
    _check_words(document)
    if types_of(document) & _BADGE_TYPES:
        _check_badge(document)


def _check_contexts(contexts: Any) -> None:
    """The first context is that of the data model 2.0; one written inline may not give its protected terms a new meaning."""
    if listed(contexts)[:1] == [OLD_CONTEXT]:
        raise Failure(Status.UNSUPPORTED, "old_data_model")
    _demand(isinstance(contexts, list) and contexts[:1] == [VC_CONTEXT], "bad_context")
    for each in contexts:
        _demand(is_url(each) or (isinstance(each, dict) and not _PROTECTED & set(each)), "bad_context")


def issuer_of(document: dict[str, Any]) -> str:
    """The issuer's id, "" when there is none."""
    issuer = document.get("issuer")
    value = issuer.get("id") if isinstance(issuer, dict) else issuer
    return value if isinstance(value, str) else ""


def _check_subject(subject: Any) -> None:
    subjects = listed(subject)
    _demand(bool(subjects) and all(isinstance(each, dict) and each for each in subjects), "bad_subject")
    _demand(all("id" not in each or is_url(each["id"]) for each in subjects), "bad_subject")


def _check_dates(document: dict[str, Any]) -> None:
    try:
        moments = {name: moment(document[name]) for name in ("validFrom", "validUntil") if name in document}
    except ValueError:
        raise Failure(Status.MALFORMED, "bad_date") from None
    if len(moments) == len(("validFrom", "validUntil")):
        _demand(moments["validFrom"] <= moments["validUntil"], "bad_date")


_PARTS = {
    "credentialStatus": ("bad_status", False),
    "credentialSchema": ("bad_schema", True),
    "evidence": ("bad_evidence", False),
    "termsOfUse": ("bad_terms", False),
    "refreshService": ("bad_refresh", False),
}


def _check_parts(document: dict[str, Any]) -> None:
    for name, (code, needs_id) in _PARTS.items():
        if name not in document:
            continue
        for part in listed(document[name]):
            _demand(isinstance(part, dict) and bool(types_of(part)), code)
            _demand("id" not in part or is_url(part["id"]), code)
            _demand(not needs_id or "id" in part, code)
    _check_related(listed(document.get("relatedResource", [])))


def _check_related(resources: list[Any]) -> None:
    for each in resources:
        _demand(isinstance(each, dict) and is_url(each.get("id")), "bad_related")
        _demand(isinstance(each.get("digestSRI", each.get("digestMultibase")), str), "bad_related")
    _demand(len({each["id"] for each in resources}) == len(resources), "bad_related")


def _check_words(document: dict[str, Any]) -> None:
    issuer = document["issuer"]
    for node in (document, issuer) if isinstance(issuer, dict) else (document,):
        for name in ("name", "description"):
            if name in node:
                _demand(all(_is_words(each) for each in listed(node[name])), "bad_words")


def _is_words(value: Any) -> bool:
    if isinstance(value, str):
        return True
    if not isinstance(value, dict) or not isinstance(value.get("@value"), str):
        return False
    known = set(value) <= {"@value", "@language", "@direction"}
    return known and all(isinstance(text, str) for text in value.values())


def _check_badge(document: dict[str, Any]) -> None:
    for subject in listed(document["credentialSubject"]):
        _demand("AchievementSubject" in types_of(subject), "bad_achievement")
        achievement = subject.get("achievement")
        _demand(isinstance(achievement, dict) and "Achievement" in types_of(achievement), "bad_achievement")
        _demand(
            is_url(achievement.get("id")) and isinstance(achievement.get("criteria"), dict), "bad_achievement"
        )
        _demand(bool(achievement.get("name")), "bad_achievement")
