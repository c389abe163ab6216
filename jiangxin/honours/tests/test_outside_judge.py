"""An independent implementation judges our credentials, and we judge its."""

from typing import Any

import pytest
from openvc import VerificationPolicy, verify_credential
from openvc.did.base import DidResolverRegistry
from openvc.did.did_key import DidKeyResolver
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.keys import Ed25519SigningKey
from openvc.proof.di_jcs import EddsaJcsProofSuite
from openvc.status.bitstring import new_bitstring, set_status_bit
from openvc.status.issue import build_status_list_credential, build_status_list_entry

from jiangxin.honours.credentials import KeyBundle, SigningKey, controller_document, verify_document
from jiangxin.honours.tests.signing import (
    LISTS,
    NOW,
    UNION,
    badge,
    published,
    signed_badge,
    status_lists,
    union_bundle,
    union_key,
)

POLICY = VerificationPolicy(now=NOW, expected_types=["OpenBadgeCredential"])


def judge(document: dict[str, Any], lists: dict[str, Any] | None = None) -> str:
    """The outside verdict; did:web documents come from our own controller document."""
    document_of_union = controller_document(UNION, [published(union_key())])
    addresses = {"https://union.example/issuers/a/did.json": document_of_union}
    resolver = DidResolverRegistry([DidKeyResolver(), DidWebResolver(addresses.__getitem__)])
    try:
        verify_credential(document, policy=POLICY, resolver=resolver, resolve_status_list=(lists or {}).get)
    except OpenvcError as fault:
        return type(fault).__name__
    return "valid"


def outside_signer(seed: int = 21) -> tuple[Any, str]:
    own = SigningKey.self_named(union_key(seed).private)
    return Ed25519SigningKey(own.private, kid=own.method_id), own.method_id


def signed_outside(document: dict[str, Any]) -> dict[str, Any]:
    key, method = outside_signer()
    return EddsaJcsProofSuite().add_proof(
        {**document, "issuer": method.partition("#")[0]},
        signing_key=key,
        verification_method=method,
        created=NOW,
    )


def test_the_outside_judge_accepts_our_did_web_and_did_key_credentials() -> None:
    own_name = SigningKey.self_named(union_key(4).private)

    assert judge(signed_badge()) == "valid"
    assert judge(signed_badge(own_name, issuer=own_name.controller)) == "valid"


def test_the_outside_judge_reads_our_status_lists() -> None:
    document = signed_badge(status=True)

    answers = [
        judge(document, status_lists(**marks)) for marks in ({}, {"revoked": True}, {"suspended": True})
    ]

    assert answers == ["valid", "CredentialRevoked", "CredentialSuspended"]


def test_both_sides_refuse_the_same_alterations_of_ours() -> None:
    document = signed_badge()
    for altered in ({**document, "name": "别的荣誉"}, {**document, "validFrom": "2026-05-01T08:00:09Z"}):
        assert judge(altered) == "SignatureInvalid"
        assert verify_document(altered, trusted=union_bundle(), now=NOW).code == "bad_signature"


def test_we_accept_what_the_outside_implementation_signed() -> None:
    document = signed_outside(badge())

    verdict = verify_document(document, trusted=KeyBundle(self_certified=True), now=NOW)

    assert "@context" not in document["proof"]
    assert verdict.code == "valid"


@pytest.mark.parametrize("name", ["name", "issuer", "validFrom", "id"])
def test_we_refuse_what_was_altered_after_the_outside_implementation_signed(name: str) -> None:
    document = signed_outside(badge())
    document[name] = {"issuer": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
                      "validFrom": "2026-05-01T07:00:00Z"}.get(name, "urn:uuid:other")  # fmt: skip

    assert verify_document(document, trusted=KeyBundle(self_certified=True), now=NOW).code == "bad_signature"


@pytest.mark.parametrize(("is_set", "code"), [(False, "valid"), (True, "revoked")])
def test_we_read_status_lists_the_outside_implementation_built(is_set: bool, code: str) -> None:
    bits = new_bitstring(131_072)
    set_status_bit(bits, 5, int(is_set))
    _key, method = outside_signer()
    url = LISTS + "outside"
    listed = build_status_list_credential(
        id=url, issuer=method.partition("#")[0], bitstring=bits, valid_from=NOW
    )
    entry = build_status_list_entry(status_list_credential=url, index=5)

    document = signed_outside(badge(credentialStatus=entry))
    verdict = verify_document(
        document, trusted=KeyBundle(self_certified=True), status_lists={url: signed_outside(listed)}, now=NOW
    )

    assert verdict.code == code
