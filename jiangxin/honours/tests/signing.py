"""Keys, documents and clocks shared by the credential tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from jiangxin.honours.credentials import (
    Achieved,
    Bitstring,
    KeyBundle,
    PublishedKey,
    SigningKey,
    build_badge,
    build_status_list,
    controller_document,
    sign,
    status_entry,
)

NOW = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
UNION = "did:web:union.example:issuers:a"
LISTS = "https://union.example/status/"


def union_key(seed: int = 7, controller: str = UNION) -> SigningKey:
    return SigningKey.from_seed(bytes([seed]) * 32, controller)


def published(key: SigningKey, **marks: Any) -> PublishedKey:
    return PublishedKey(key.method_id, key.public_multibase, **marks)


def union_bundle(*keys: PublishedKey, **others: Any) -> KeyBundle:
    document = controller_document(UNION, keys or (published(union_key()),))
    return KeyBundle.of([document], names={UNION: "滨海市总工会"}, **others)


def badge(*, status: bool = False, issuer: str = UNION, **changes: Any) -> dict[str, Any]:
    entries = tuple(
        status_entry(LISTS + purpose, index=94, purpose=purpose) for purpose in ("revocation", "suspension")
    )
    achieved = Achieved(
        credential_id="urn:uuid:0f8a",
        subject_id="urn:uuid:11aa",
        honour_id="https://union.example/honours/model",
        honour_code="model",
        title="滨海市劳动模范",
        title_en="Binhai Model Worker",
        criteria="",
        granter="滨海市人民政府",
        granter_en="Binhai City Government",
        name="林小满",
        level="city",
        year=2026,
        status=entries if status else (),
    )
    document = build_badge(
        achieved,
        issuer=issuer,
        issuer_name="滨海市总工会",
        issuer_url="https://union.example/",
        issued_at=NOW,
    )
    return {**document, **changes}


def signed_badge(key: SigningKey | None = None, *, created: datetime = NOW, **changes: Any) -> dict[str, Any]:
    return sign(badge(**changes), key or union_key(), created=created)


def status_lists(
    *, revoked: bool = False, suspended: bool = False, key: SigningKey | None = None
) -> dict[str, Any]:
    found = {}
    for purpose, is_set in (("revocation", revoked), ("suspension", suspended)):
        bits = Bitstring()
        bits[94] = is_set
        signer = key or union_key()
        document = build_status_list(
            LISTS + purpose,
            issuer=signer.controller,
            purpose=purpose,
            bits=bits,
            valid_from=NOW - timedelta(hours=1),
        )
        found[LISTS + purpose] = sign(document, signer, created=NOW - timedelta(hours=1))
    return found
