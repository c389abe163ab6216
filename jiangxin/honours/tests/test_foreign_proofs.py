"""Several proofs on one credential of a stranger: sets and chains."""

from typing import Any

import pytest

from jiangxin.honours.tests.foreign import (
    Signer,
    credential,
)
from jiangxin.honours.tests.strangers import KEY, WEB, answer


class TestProofSets:
    """Several proofs on one credential."""

    document = credential(KEY.name)
    good = KEY.proof(document)
    beside = WEB.proof(document)
    stranger = Signer(36, "did:web:nobody.example").proof(document)
    newer = {"type": "DataIntegrityProof", "cryptosuite": "mldsa44-jcs-2026", "verificationMethod": KEY.method,
             "proofPurpose": "assertionMethod", "proofValue": "zabc"}  # fmt: skip
    broken = {**WEB.proof(document), "proofValue": good["proofValue"]}

    @pytest.mark.parametrize(
        ("proofs", "code"),
        [
            ([good], "valid"),
            ([good, beside], "valid"),
            ([newer, stranger, good], "valid"),
            ([good, broken], "bad_signature"),
            ([good, newer, broken], "bad_signature"),
            ([newer], "unsupported_cryptosuite"),
            ([beside], "issuer_mismatch"),
            ([stranger], "issuer_mismatch"),
            ([], "no_proof"),
            ([good] * 17, "bad_proof"),
            ("none", "bad_proof"),
        ],
    )
    def test_every_proof_that_can_be_checked_must_hold(self, proofs: Any, code: str) -> None:
        assert answer({**self.document, "proof": proofs}) == code

    def chain(self, first: dict[str, Any], second: dict[str, Any], **options: Any) -> dict[str, Any]:
        names = {"previousProof": [first["id"], second["id"]], **options}
        last = KEY.proof(self.document, before=[first, second], **names)
        return {**self.document, "proof": [first, second, last]}

    def test_a_chain_of_three_holds_in_either_order_of_its_names(self) -> None:
        first, second = (WEB.proof(self.document, id="urn:p:1"), KEY.proof(self.document, id="urn:p:2"))

        straight = self.chain(first, second)
        turned = KEY.proof(self.document, before=[second, first], previousProof=["urn:p:2", "urn:p:1"])

        assert answer(straight) == "valid"
        assert answer({**self.document, "proof": [first, second, turned]}) == "valid"
        assert answer({**straight, "proof": straight["proof"][1:]}) == "previous_proof_missing"
        changed = [{**first, "created": "2026-05-01T08:00:01Z"}, *straight["proof"][1:]]
        assert answer({**straight, "proof": changed}) == "bad_signature"

    def test_a_signature_upon_one_that_cannot_be_checked_counts_for_nothing(self) -> None:
        unknown = {**self.stranger, "id": "urn:p:1"}
        upon = KEY.proof(self.document, before=[unknown], previousProof="urn:p:1")
        upon_that = KEY.proof(self.document, before=[{**upon, "id": "urn:p:2"}], previousProof="urn:p:2")

        assert answer({**self.document, "proof": [unknown, upon]}) == "previous_proof_unverified"
        proofs = [unknown, {**upon, "id": "urn:p:2"}, upon_that]
        assert answer({**self.document, "proof": proofs}) == "bad_signature"

    @pytest.mark.parametrize("previous", [5, {"id": "x"}, [["x"]], "urn:p:none"])
    def test_a_chain_upon_nonsense_is_refused(self, previous: Any) -> None:
        proof = KEY.proof(self.document, previousProof=previous)

        expected = "previous_proof_missing" if previous == "urn:p:none" else "bad_previous_proof"
        assert answer({**self.document, "proof": [proof]}) == expected

    def test_a_proof_cannot_build_on_itself(self) -> None:
        proof = KEY.proof(self.document, id="urn:p:1", previousProof="urn:p:1")

        assert answer({**self.document, "proof": [proof]}) == "bad_signature"
