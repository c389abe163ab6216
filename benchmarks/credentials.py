"""Credentials signed and verified on one core; the bare Ed25519 operations over the same bytes are the baseline."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxin.honours.credentials import (
    Achieved,
    Bitstring,
    KeyBundle,
    PublishedKey,
    SigningKey,
    build_badge,
    build_status_list,
    canonical,
    controller_document,
    sign,
    status_entry,
    verify_bytes,
)

UNION = "did:web:bench.example:issuers:a"
LIST = "https://bench.example/status/"


def run() -> dict[str, object]:
    """Credentials a second: signed, verified with two status lists, and the bare operations beside them."""
    rounds = int(os.environ.get("JX_BENCH_CREDENTIALS", "4000"))
    private = Ed25519PrivateKey.generate()
    key = SigningKey.from_seed(private.private_bytes_raw(), UNION)
    now = datetime.now(UTC)
    document = build_badge(
        _achieved(),
        issuer=UNION,
        issuer_name="基准总工会",
        issuer_url="https://bench.example/",
        issued_at=now,
    )
    raw = json.dumps(sign(document, key, created=now), ensure_ascii=False).encode()
    bundle = _bundle(key, now)
    message = canonical(document)
    signature = private.sign(message)
    public = private.public_key()
    found = {
        "signed_per_s": _rate(rounds, lambda: sign(document, key, created=now)),
        "verified_per_s": _rate(rounds, lambda: verify_bytes(raw, trusted=bundle)),
        "bare_sign_per_s": _rate(rounds, lambda: private.sign(message)),
        "bare_verify_per_s": _rate(rounds, lambda: public.verify(signature, message)),
    }
    verdict = verify_bytes(raw, trusted=bundle)
    return {
        "credential_bytes": len(raw),
        "verdict": verdict.code,
        **found,
        "sign_ratio": round(found["signed_per_s"] / found["bare_sign_per_s"], 2),
        "verify_ratio": round(found["verified_per_s"] / found["bare_verify_per_s"], 2),
    }


def _achieved() -> Achieved:
    return Achieved(
        credential_id="https://bench.example/credentials/01J9Z3M6Y8ABCDEFGHJKMNPQRS",
        subject_id="urn:uuid:00000000-0000-5000-8000-000000000000",
        honour_id="https://bench.example/honours/model/",
        honour_code="model",
        title="基准市劳动模范",
        title_en="Bench Model Worker",
        criteria="",
        granter="基准市人民政府",
        granter_en="the Bench City Government",
        name="林小满",
        level="city",
        unit="宏远重工集团有限公司",
        year=2026,
        status=tuple(
            status_entry(LIST + word, index=94567, purpose=word) for word in ("revocation", "suspension")
        ),
    )


def _bundle(key: SigningKey, now: datetime) -> KeyBundle:
    document = controller_document(UNION, [PublishedKey(key.method_id, key.public_multibase)])
    lists = [
        sign(
            build_status_list(LIST + word, issuer=UNION, purpose=word, bits=Bitstring(), valid_from=now),
            key,
            created=now,
        )
        for word in ("revocation", "suspension")
    ]
    return KeyBundle.of([document], names={UNION: "基准总工会"}, status_lists=lists)


def _rate(rounds: int, work: Callable[[], object]) -> int:
    work()
    start = time.perf_counter()
    for _round in range(rounds):
        work()
    return round(rounds / (time.perf_counter() - start))
