"""Issuers nobody here made: who is believed, by which key; and a second verifier for what we sign."""

from typing import Any

import pytest

from jiangxin.honours.credentials import KeyBundle, did_web, did_web_url, verify_document
from jiangxin.honours.tests.foreign import (
    Signer,
    bit_of,
    credential,
    holds,
)
from jiangxin.honours.tests.signing import LISTS, UNION, published, signed_badge, status_lists, union_key
from jiangxin.honours.tests.strangers import KEY, NOW, OTHER, RETIRED, WEB, answer, encoded_raw


class TestIssuers:
    """Whose signature it is."""

    @pytest.mark.parametrize("signer", [KEY, WEB])
    @pytest.mark.parametrize("as_object", [False, True])
    def test_a_valid_credential_of_a_trusted_stranger_holds(self, signer: Signer, as_object: bool) -> None:
        issuer = {"id": signer.name, "name": "A School"} if as_object else signer.name

        assert answer(signer.signed(credential(issuer))) == "valid"

    def test_a_proof_may_leave_out_its_date_and_its_context(self) -> None:
        assert answer(KEY.signed(credential(KEY.name), created=None)) == "valid"
        bare = KEY.signed(credential(KEY.name), **{"@context": None})
        assert answer(bare) == "valid"

    def test_an_issuer_may_publish_its_key_as_jwk_or_by_a_relative_name(self) -> None:
        raw = WEB.private.public_key().public_bytes_raw()
        jwk = {"kty": "OKP", "crv": "Ed25519", "x": encoded_raw(raw)}
        shapes: list[dict[str, Any]] = [
            {"id": WEB.method, "type": "JsonWebKey2020", "controller": WEB.name, "publicKeyJwk": jwk},
            {"id": "#key-1", "type": "Multikey", "controller": WEB.name, "publicKeyMultibase": WEB.multikey},
        ]
        signed = WEB.signed(credential(WEB.name))

        listed = [KeyBundle.of([WEB.document(verificationMethod=[each])]) for each in shapes]
        embedded = KeyBundle.of([WEB.document(verificationMethod=[], assertionMethod=[shapes[1]])])
        private = KeyBundle.of(
            [WEB.document(verificationMethod=[{**shapes[0], "publicKeyJwk": {**jwk, "d": "x"}}])]
        )

        assert [answer(signed, trusted=each) for each in (*listed, embedded)] == ["valid"] * 3
        assert answer(signed, trusted=private) == "unknown_key"

    def test_a_did_web_name_with_port_and_path_leads_to_its_document(self) -> None:
        address = "https://school.example:8443/staff/issuers/did.json"

        assert did_web_url(WEB.name) == address
        assert did_web("https://school.example:8443/staff/issuers") == WEB.name
        assert did_web_url("did:web:school.example") == "https://school.example/.well-known/did.json"

    def test_an_issuer_not_at_hand_is_named_with_the_address_of_its_document(self) -> None:
        verdict = verify_document(WEB.signed(credential(WEB.name)), trusted=KeyBundle(), now=NOW)

        assert (verdict.code, verdict.exit_code) == ("unknown_issuer", 4)
        assert verdict.lacking == "https://school.example:8443/staff/issuers/did.json"

    @pytest.mark.parametrize(
        ("signer", "issuer", "code"),
        [
            (OTHER, OTHER.name, "unknown_issuer"),
            (OTHER, KEY.name, "issuer_mismatch"),
            (OTHER, WEB.name, "issuer_mismatch"),
            (KEY, WEB.name, "issuer_mismatch"),
            (RETIRED, WEB.name, "unknown_key"),
            (Signer(31, codec=b"\xec\x01"), Signer(31, codec=b"\xec\x01").name, "unsupported_key"),
            (Signer(31, KEY.name, "z6Mkother"), KEY.name, "unknown_key"),
        ],
    )
    def test_a_key_that_is_not_the_issuers_is_refused(self, signer: Signer, issuer: str, code: str) -> None:
        assert answer(signer.signed(credential(issuer))) == code

    def test_a_key_the_issuer_did_not_authorise_is_refused(self) -> None:
        signed = WEB.signed(credential(WEB.name))
        foreign = {**WEB.document()["verificationMethod"][0], "controller": OTHER.name}
        answers = {
            name: answer(signed, trusted=KeyBundle.of([WEB.document(**changes)]))
            for name, changes in {
                "no assertion": {"assertionMethod": []},
                "only sign-in": {"assertionMethod": [], "authentication": [WEB.method]},
                "key of another": {"verificationMethod": [foreign]},
            }.items()
        }

        assert answers == {
            "no assertion": "key_not_authorised",
            "only sign-in": "key_not_authorised",
            "key of another": "unknown_key",
        }

    def test_an_address_may_be_an_issuer(self) -> None:
        school = Signer(35, "https://school.example/issuers/5678", "key")

        trusted = KeyBundle.of([school.document()])

        assert answer(school.signed(credential(school.name)), trusted=trusted) == "valid"


class TestOurs:
    """Our credentials before the same judge."""

    controller = Signer(7, UNION).document()

    def test_the_second_verifier_accepts_ours_and_refuses_it_altered(self) -> None:
        document = signed_badge()

        assert holds(document, self.controller)
        assert not holds({**document, "name": "别的荣誉"}, self.controller)
        assert not holds({**document, "issuer": KEY.name}, self.controller)
        assert not holds(document, {**self.controller, "assertionMethod": []})

    def test_the_second_reader_finds_our_bits(self) -> None:
        lists = status_lists(revoked=True)

        found = {url: [bit_of(each, index) for index in (93, 94, 95)] for url, each in lists.items()}

        assert found == {LISTS + "revocation": [0, 1, 0], LISTS + "suspension": [0, 0, 0]}
        assert all(holds(each, self.controller) for each in lists.values())

    def test_both_name_one_key_alike(self) -> None:
        assert published(union_key()).multibase == Signer(7).multikey
