"""Status lists of strangers: what is looked up, what decides, what is not trusted."""

import gzip
from typing import Any

import pytest

from jiangxin.honours.credentials import verify_document
from jiangxin.honours.tests.foreign import (
    Signer,
    bits,
    credential,
    encoded,
    entry,
    status_list,
)
from jiangxin.honours.tests.strangers import KEY, NOW, OTHER, TRUSTED, URL, WEB, answer, encoded_raw


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
