"""The form of credentials of strangers: each fault of form, proof or text has its own answer."""

import json
from typing import Any, ClassVar

import pytest

from jiangxin.honours.credentials import verify_bytes
from jiangxin.honours.tests.foreign import (
    Signer,
    credential,
    entry,
    status_list,
    unbase58,
)
from jiangxin.honours.tests.strangers import KEY, NOW, TRUSTED, URL, answer


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
