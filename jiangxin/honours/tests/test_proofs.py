"""Signing and checking proofs of eddsa-jcs-2022."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import base58
import pytest

from jiangxin.honours.credentials import SigningKey, Status, add_proof, sign, verify_document
from jiangxin.honours.tests.signing import NOW, UNION, badge, published, signed_badge, union_bundle, union_key

W3C_KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
W3C_SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
W3C_DOCUMENT = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}


def answer(document: Any, **bundle: Any) -> tuple[str, str]:
    verdict = verify_document(document, trusted=union_bundle(**bundle), now=NOW + timedelta(days=1))
    return verdict.status.value, verdict.code


def test_the_example_of_the_standard_is_reproduced_to_the_byte() -> None:
    seed = base58.b58decode(W3C_SECRET[1:])[2:]
    key = SigningKey.from_seed(seed, f"did:key:{W3C_KEY}")

    proof = sign(W3C_DOCUMENT, key, created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC))["proof"]

    assert key.public_multibase == W3C_KEY
    assert proof["proofValue"] == (
        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
    )


def test_a_signed_badge_is_valid() -> None:
    assert answer(signed_badge()) == ("valid", "valid")


def change(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    *steps, last = path.split("/")
    node = changed
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]
    node[last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("credentialSubject/identifier/0/identityHash", "林小滿", ("altered", "bad_signature")),
        ("name", "滨海市劳动模范 ", ("altered", "bad_signature")),
        ("validFrom", "2026-05-01T08:00:01Z", ("altered", "bad_signature")),
        ("validUntil", "2026-04-01T08:00:00Z", ("malformed", "bad_date")),
        ("proof/proofPurpose", "authentication", ("altered", "wrong_purpose")),
        ("proof/created", "2026-05-01T08:00:01Z", ("altered", "bad_signature")),
        ("proof/created", "2026-05-01", ("malformed", "bad_proof_date")),
        ("proof/cryptosuite", "ecdsa-jcs-2019", ("unsupported", "unsupported_cryptosuite")),
        ("proof/type", "Ed25519Signature2020", ("unsupported", "unsupported_proof_type")),
        ("proof/proofValue", "z111", ("malformed", "bad_proof_value")),
        ("proof/proofValue", "m" + "A" * 86, ("malformed", "bad_proof_value")),
        ("proof/verificationMethod", f"{UNION}#other", ("unknown_issuer", "unknown_key")),
        ("proof/verificationMethod", 5, ("malformed", "no_verification_method")),
        ("proof", [], ("malformed", "no_proof")),
        ("proof", "x", ("malformed", "bad_proof")),
        ("issuer", "did:web:elsewhere.example", ("altered", "bad_signature")),
    ],
)
def test_every_alteration_is_named(path: str, value: Any, expected: tuple[str, str]) -> None:
    assert answer(change(signed_badge(), path, value)) == expected


def test_the_number_one_written_as_one_point_nought_stays_valid() -> None:
    document = sign(badge(credentialSubject={"id": "urn:x:1", "type": "AchievementSubject", "n": 1,
                                             "achievement": badge()["credentialSubject"]["achievement"]}),
                    union_key(), created=NOW)  # fmt: skip

    assert answer(change(document, "credentialSubject/n", 1.0)) == ("valid", "valid")


def test_the_order_of_contexts_counts_and_a_context_added_behind_does_not() -> None:
    document = signed_badge()
    first, second = document["@context"]

    swapped = change(document, "proof/@context", [second, first])
    longer = change(document, "@context", [first, second, "https://example.org/more"])

    assert answer(swapped) == ("altered", "context_mismatch")
    assert answer(longer) == ("valid", "valid")


def test_a_stranger_who_signs_in_the_unions_name_is_refused() -> None:
    stranger = union_key(9, "did:web:stranger.example")
    self_named = SigningKey.self_named(stranger.private)

    assert answer(signed_badge(stranger)) == ("altered", "issuer_mismatch")
    assert answer(signed_badge(self_named)) == ("altered", "issuer_mismatch")


def test_time_limits_of_a_proof_each_have_their_own_code() -> None:
    future = signed_badge(created=NOW + timedelta(days=2))
    short = sign(badge(), union_key(), created=NOW, expires=NOW + timedelta(hours=1))

    assert answer(future) == ("not_yet_valid", "created_in_future")
    assert answer(short) == ("expired", "proof_expired")


def test_an_old_key_still_verifies_what_it_signed_in_its_time() -> None:
    ended = published(union_key(), ended=NOW + timedelta(hours=1))
    revoked = published(union_key(), revoked=NOW)
    idle = published(union_key(), purposes=frozenset())
    bundle = union_bundle(ended, published(union_key(8)))

    early = verify_document(signed_badge(), trusted=bundle, now=NOW + timedelta(days=900))
    late = verify_document(
        signed_badge(created=NOW + timedelta(hours=2)), trusted=bundle, now=NOW + timedelta(days=1)
    )
    taken = verify_document(signed_badge(), trusted=union_bundle(revoked), now=NOW)

    assert (early.code, late.code, taken.code) == ("valid", "key_ended", "key_revoked")
    assert idle.purposes == frozenset()


class TestProofSets:
    """Several signatures side by side, or one built on another."""

    upper = union_key(3, "did:web:upper.example")

    def test_a_second_signature_by_a_known_union_is_checked_too(self) -> None:
        document = add_proof(signed_badge(), union_key(8), created=NOW)
        bundle = union_bundle(published(union_key()), published(union_key(8)))
        broken = change(document, "proof/1/proofValue", document["proof"][0]["proofValue"])

        assert verify_document(document, trusted=bundle, now=NOW).code == "valid"
        assert verify_document(broken, trusted=bundle, now=NOW).code == "bad_signature"

    def test_signatures_of_unknown_suites_or_strangers_are_noted_and_do_not_decide(self) -> None:
        document = add_proof(signed_badge(), self.upper, created=NOW)
        document["proof"].append({"type": "DataIntegrityProof", "cryptosuite": "sm2-jcs-2026"})

        verdict = verify_document(document, trusted=union_bundle(), now=NOW)

        assert verdict.status is Status.VALID
        assert [check.name for check in verdict.checks if check.ok is None] == [
            "unknown_issuer",
            "unsupported_cryptosuite",
        ]

    def test_a_set_without_the_issuers_own_signature_is_refused(self) -> None:
        document = sign(badge(), self.upper, created=NOW)

        assert answer(document) == ("altered", "issuer_mismatch")

    def test_a_chain_covers_the_signature_it_builds_on(self) -> None:
        first = {**badge()}
        first = add_proof(first, union_key(), created=NOW, proof_id="urn:uuid:1")
        chained = add_proof(first, union_key(), created=NOW, proof_id="urn:uuid:2", previous=["urn:uuid:1"])
        renamed = change(chained, "proof/0/id", "urn:uuid:9")
        swapped = copy.deepcopy(chained)
        swapped["proof"][0] = add_proof(
            badge(), union_key(), created=NOW + timedelta(1), proof_id="urn:uuid:1"
        )["proof"]

        assert answer(chained) == ("valid", "valid")
        assert answer(renamed) == ("altered", "bad_signature")
        assert answer({**chained, "proof": [chained["proof"][1]]}) == ("altered", "previous_proof_missing")
        assert answer(swapped) == ("altered", "bad_signature")

    def test_a_chain_cannot_build_on_nothing(self) -> None:
        with pytest.raises(ValueError, match="not there"):
            add_proof(badge(), union_key(), created=NOW, previous=["urn:uuid:1"])
