"""Credentials of strangers, made by a signer that knows only the standards: valid ones hold, each fault has its own answer."""

import gzip
import json
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest

from jiangxin.honours.credentials import KeyBundle, did_web, did_web_url, verify_bytes, verify_document
from jiangxin.honours.tests.foreign import (
    Signer,
    bit_of,
    bits,
    credential,
    encoded,
    entry,
    holds,
    status_list,
    unbase58,
)
from jiangxin.honours.tests.signing import LISTS, UNION, published, signed_badge, status_lists, union_key

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
KEY = Signer(31)
WEB = Signer(32, "did:web:school.example%3A8443:staff:issuers", "key-1")
OTHER = Signer(33)
URL = "https://school.example/status/3"
RETIRED = Signer(34, WEB.name, "key-0")
TRUSTED = KeyBundle.of([WEB.document()], trust=[KEY.name])


def answer(document: Any, *lists: dict[str, Any], trusted: KeyBundle = TRUSTED, now: datetime = NOW) -> str:
    found = {each["id"]: each for each in lists}
    return verify_document(document, trusted=trusted, status_lists=found, now=now).code


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


def encoded_raw(raw: bytes) -> str:
    import base64

    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class TestForms:
    """What is written in the credential."""

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, "old_data_model"),
            ({"@context": "https://www.w3.org/ns/credentials/v2"}, "bad_context"),
            ({"@context": ["https://www.w3.org/ns/credentials/examples/v2", "https://www.w3.org/ns/credentials/v2"]},
             "bad_context"),
            ({"@context": None}, "not_credential"),
            ({"@context": ["https://www.w3.org/ns/credentials/v2", {"issuer": "https://x.example/#i"}]}, "bad_context"),
            ({"@context": ["https://www.w3.org/ns/credentials/v2", {"alumniOf": "https://x.example/#a"}]}, "valid"),
            ({"type": "VerifiableCredential"}, "valid"),
            ({"type": ["AlumniCredential"]}, "bad_type"),
            ({"type": ["VerifiablePresentation"]}, "presentation"),
            ({"credentialSubject": [{"id": "did:example:a"}, {"id": "did:example:b"}]}, "valid"),
            ({"credentialSubject": None}, "bad_subject"),
            ({"validFrom": "2026-05-01T09:06:00Z"}, "not_yet_valid"),
            ({"validFrom": "2026-05-01T17:06:00+08:00"}, "not_yet_valid"),
            ({"validFrom": "2026-05-01T09:04:00.123456789012Z"}, "valid"),
            ({"validFrom": "2026-05-01"}, "bad_date"),
            ({"validFrom": "0001-01-01T00:00:00+14:00"}, "bad_date"),
            ({"validUntil": "9999-12-31T23:59:59Z"}, "valid"),
            ({"validUntil": "2026-05-01T09:00:00Z"}, "expired"),
            ({"validUntil": "2022-05-01T09:00:00Z"}, "bad_date"),
            ({"relatedResource": {"id": "https://x.example/a", "digestMultibase": "uEi"}}, "valid"),
            ({"relatedResource": ["https://x.example/a"]}, "bad_related"),
            ({"relatedResource": {"id": "https://x.example/a"}}, "bad_related"),
            ({"relatedResource": [{"id": "urn:a", "digestSRI": "s"}, {"id": "urn:a", "digestSRI": "s"}]}, "bad_related"),
            ({"issuer": {"name": "nobody"}}, "bad_issuer"),
        ],
    )  # fmt: skip
    def test_each_form_has_its_answer(self, changes: dict[str, Any], code: str) -> None:
        assert answer(KEY.signed(credential(KEY.name, **changes))) == code

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"proofPurpose": "authentication"}, "wrong_purpose"),
            ({"cryptosuite": "eddsa-rdfc-2022"}, "unsupported_cryptosuite"),
            ({"type": "Ed25519Signature2020"}, "unsupported_proof_type"),
            ({"created": "2026-05-01T09:06:00Z"}, "created_in_future"),
            ({"created": "yesterday"}, "bad_proof_date"),
            ({"expires": "2026-05-01T08:59:59Z"}, "proof_expired"),
            ({"expires": "2026-05-01T09:00:01Z"}, "valid"),
            ({"domain": "school.example", "challenge": "1f44d55f", "nonce": "x"}, "valid"),
            ({"@context": ["https://www.w3.org/ns/credentials/v2"]}, "valid"),
            ({"@context": ["https://www.w3.org/ns/credentials/examples/v2"]}, "context_mismatch"),
        ],
    )
    def test_each_kind_of_proof_has_its_answer(self, options: dict[str, Any], code: str) -> None:
        document = credential(KEY.name)
        if "@context" in options:  # what is signed then is the document with the context of the proof
            proof = KEY.proof({**document, "@context": options["@context"]})
            assert answer({**document, "proof": proof}) == code
        else:
            assert answer(KEY.signed(document, **options)) == code


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


class TestStatus:
    """Status lists of strangers."""

    def listed(self, *ones: int, signer: Signer = KEY, **changes: Any) -> dict[str, Any]:
        size = changes.pop("size", 131_072)
        return signer.signed(status_list(URL, signer.name, encoded(bits(*ones, size=size)), **changes))

    def signed(self, status: Any) -> dict[str, Any]:
        return KEY.signed(credential(KEY.name, credentialStatus=status))

    @pytest.mark.parametrize("as_list", [False, True])
    def test_an_entry_alone_or_in_a_list_is_looked_up(self, as_list: bool) -> None:
        status = [entry(URL)] if as_list else entry(URL)

        answers = [answer(self.signed(status), self.listed(*ones)) for ones in ((), (94567,), (94566, 94568))]

        assert answers == ["valid", "revoked", "valid"]

    @pytest.mark.parametrize(
        ("purpose", "code"),
        [("revocation", "revoked"), ("suspension", "suspended"), ("message", "valid"), ("refresh", "valid")],
    )
    def test_only_revocation_and_suspension_decide(self, purpose: str, code: str) -> None:
        document = self.signed(entry(URL, statusPurpose=purpose))

        assert answer(document, self.listed(94567, _statusPurpose=["refresh", purpose])) == code

    def test_a_list_that_decides_nothing_need_not_be_at_hand(self) -> None:
        assert answer(self.signed(entry(URL, statusPurpose="message", statusSize=2))) == "valid"

    def test_an_entry_of_two_bits_is_read_as_one_number(self) -> None:
        document = self.signed(entry(URL, "5", statusSize=2))
        wide = {"size": 262_144}

        answers = [answer(document, self.listed(*ones, **wide)) for ones in ((5, 9, 12), (10,), (11,))]

        assert answers == ["valid", "revoked", "revoked"]
        assert answer(document, self.listed()) == "status_untrusted"

    def test_revoked_counts_even_when_another_list_is_lacking(self) -> None:
        lacking = entry("https://school.example/status/9", statusPurpose="suspension")

        assert answer(self.signed([lacking, entry(URL)]), self.listed(94567)) == "revoked"
        assert answer(self.signed([lacking, entry(URL)]), self.listed()) == "status_unavailable"

    def test_a_list_not_at_hand_is_named_and_leaves_with_six(self) -> None:
        verdict = verify_document(self.signed(entry(URL)), trusted=TRUSTED, now=NOW)

        assert (verdict.code, verdict.exit_code, verdict.lacking) == ("status_unavailable", 6, URL)

    def test_another_trusted_issuer_may_keep_the_list(self) -> None:
        document = self.signed(entry(URL))

        assert answer(document, self.listed(94567, signer=WEB)) == "revoked"
        assert answer(document, self.listed(signer=OTHER)) == "status_untrusted"

    @pytest.mark.parametrize(
        "changes",
        [
            {"validUntil": "2026-05-01T08:59:59Z"},
            {"validFrom": "2026-05-02T00:00:00Z"},
            {"type": ["VerifiableCredential"]},
            {"issuer": OTHER.name},
            {"@context": ["https://www.w3.org/2018/credentials/v1"]},
            {"credentialStatus": entry(URL, "1")},
            {"id": "https://school.example/status/4"},
            {"_statusPurpose": "suspension"},
            {"_type": "StatusList2021"},
            {"_encodedList": encoded(bits(size=131_064))},
            {"_encodedList": encoded(bits(), prefix="")},
            {"_encodedList": encoded(bits(), prefix="z")},
            {"_encodedList": encoded(bits()) + "="},
            {"_encodedList": encoded(bits())[:-20]},
            {"_encodedList": encoded_raw(b"u" + gzip.compress(bits()) + b"more")},
            {"_encodedList": "u" + encoded_raw(gzip.compress(bits()) + b"more")},
            {"_encodedList": encoded(bytes(50_000_000))},
            {"_encodedList": 5},
        ],
    )  # fmt: skip
    def test_a_list_with_any_fault_is_not_trusted(self, changes: dict[str, Any]) -> None:
        verdict = verify_document(
            self.signed(entry(URL)), trusted=TRUSTED, status_lists={URL: self.listed(**changes)}, now=NOW
        )

        assert (verdict.code, verdict.exit_code) == ("status_untrusted", 6)

    def test_a_list_changed_after_it_was_signed_is_not_trusted(self) -> None:
        changed = self.listed(94567)
        changed["credentialSubject"]["encodedList"] = encoded(bits())

        assert answer(self.signed(entry(URL)), changed) == "status_untrusted"

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"statusListIndex": "131072"}, "status_untrusted"),
            ({"statusListIndex": 94567}, "bad_status"),
            ({"statusListIndex": "-1"}, "bad_status"),
            ({"statusListIndex": "९४"}, "bad_status"),
            ({"statusListIndex": "9" * 5000}, "bad_status"),
            ({"statusListCredential": "status/3"}, "bad_status"),
            ({"statusPurpose": ["revocation"]}, "bad_status"),
            ({"statusSize": 0}, "bad_status"),
            ({"statusSize": True}, "bad_status"),
            ({"statusSize": 10**9}, "bad_status"),
            ({"id": URL}, "bad_status"),
            ({"id": "not a url"}, "bad_status"),
            ({"type": "RevocationList2020Status"}, "status_kind_unknown"),
        ],
    )
    def test_a_broken_entry_is_told_from_a_missing_list(self, changes: dict[str, Any], code: str) -> None:
        assert answer(self.signed(entry(URL, **changes)), self.listed()) == code

    def test_the_draft_of_2021_is_still_read(self) -> None:
        types = {"type": ["VerifiableCredential", "StatusList2021Credential"], "_type": "StatusList2021"}
        old = self.listed(_encodedList=encoded(bits(94567), prefix=""), **types)

        assert answer(self.signed(entry(URL, type="StatusList2021Entry")), old) == "revoked"


class TestText:
    """The bytes of a file, before any signature."""

    raw = json.dumps(KEY.signed(credential(KEY.name, name="劳模")), ensure_ascii=False).encode()

    texts: ClassVar[dict[str, tuple[bytes, str]]] = {
        "as signed": (raw, "valid"),
        "byte order mark": (b"\xef\xbb\xbf" + raw, "valid"),
        "other white space": (json.dumps(json.loads(raw), indent=4).encode(), "valid"),
        "escaped letters": (raw.replace(b'"name"', b'"\\u006eame"'), "valid"),
        "UTF-16": (raw.decode().encode("utf-16"), "not_utf8"),
        "GB 18030": (raw.decode().encode("gb18030"), "not_utf8"),
        "key twice": (
            raw.replace(b'"issuer"', b'"issuer": "did:web:x.example", "issuer"'),
            "duplicate_key",
        ),
        "key twice, once escaped": (raw.replace(b'"name"', b'"name": "a", "\\u006eame"'), "duplicate_key"),
        "big integer": (raw.replace(b'"name"', b'"big": 123456789012345678901, "name"'), "bad_number"),
        "half a pair": (raw.replace(b'"name"', b'"half": "\\ud800", "name"'), "lone_surrogate"),
        "deep": (raw.replace(b'"name"', b'"deep": ' + b"[" * 99 + b"]" * 99 + b', "name"'), "too_deep"),
        "very deep": (
            raw.replace(b'"name"', b'"deep": ' + b"[" * 99_999 + b"]" * 99_999 + b', "name"'),
            "too_deep",
        ),
        "12 MB": (raw + b" " * 12_000_000, "too_large"),
        "cut": (raw[:-1], "not_json"),
        "twice": (raw + raw, "not_json"),
        "empty": (b"", "not_json"),
        "NUL": (b"\0" * 9, "not_json"),
        "JWT": (b"eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6d2ViOnguZXhhbXBsZSJ9.c2ln", "jwt_form"),
    }

    @pytest.mark.parametrize("name", list(texts))
    def test_each_kind_of_text_has_its_answer(self, name: str) -> None:
        raw, code = self.texts[name]

        assert verify_bytes(raw, trusted=TRUSTED, now=NOW).code == code

    def test_every_answer_says_a_sentence_of_its_own(self) -> None:
        cut, old = (verify_bytes(raw, trusted=TRUSTED, now=NOW) for raw in (self.raw[:-1], b"eyJh.eyJh.c2ln"))

        assert len({cut.sentence_zh, cut.sentence_en, old.sentence_zh, old.sentence_en}) == 4


class TestPublishedVectors:
    """Values printed in the standards."""

    def test_the_keys_of_the_did_key_method_are_read(self) -> None:
        printed = {  # did:key method specification, test vectors ed25519-x25519
            "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
        }

        for name, public in printed.items():
            assert Signer(0).multikey == name
            assert unbase58(name).hex() == "ed01" + public

    def test_the_empty_list_of_the_status_list_standard_is_unpacked(self) -> None:
        printed = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"  # example 4
        listed = KEY.signed(status_list(URL, KEY.name, printed))

        assert answer(KEY.signed(credential(KEY.name, credentialStatus=entry(URL))), listed) == "valid"


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
