"""The verdict on whole credentials: form, issuer, dates, status."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.honours.credentials import (
    KeyBundle,
    SigningKey,
    Status,
    sign,
    verify_bytes,
    verify_document,
    verify_path,
)
from jiangxin.honours.credentials.verdict import EXIT_CODES
from jiangxin.honours.tests.signing import (
    LISTS,
    NOW,
    UNION,
    badge,
    signed_badge,
    status_lists,
    union_bundle,
    union_key,
)


def verdict_of(document: Any, **lists: Any) -> str:
    return verify_document(
        document, trusted=union_bundle(), status_lists=lists.pop("lists", None), now=NOW
    ).code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"@context": "https://www.w3.org/ns/credentials/v2"}, "bad_context"),
        ({"@context": ["https://www.w3.org/2018/credentials/v1"]}, "old_data_model"),
        ({"type": ["OpenBadgeCredential"]}, "bad_type"),
        ({"issuer": "union"}, "bad_issuer"),
        ({"issuer": {"name": "x"}}, "bad_issuer"),
        ({"id": "not a url"}, "bad_id"),
        ({"credentialSubject": {}}, "bad_subject"),
        ({"credentialSubject": []}, "bad_subject"),
        ({"credentialSubject": {"id": "x"}}, "bad_subject"),
        ({"credentialSubject": {"id": "urn:x:1"}}, "bad_achievement"),
        ({"validFrom": "2026-05-01T08:00:00"}, "bad_date"),
        ({"validFrom": "2026-02-30T08:00:00Z"}, "bad_date"),
        ({"credentialStatus": {"id": "urn:x:1"}}, "bad_status"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "bad_schema"),
        ({"evidence": ["x"]}, "bad_evidence"),
        ({"name": {"value": "x"}}, "bad_words"),
        ({"description": 5}, "bad_words"),
    ],
)
def test_each_rule_of_the_data_model_is_checked(changes: dict[str, Any], code: str) -> None:
    document = sign(badge(**changes), union_key(), created=NOW)

    assert verdict_of(document) == code


def test_names_may_carry_language_and_direction() -> None:
    words = [
        {"@value": "Model", "@language": "en"},
        {"@value": "劳模", "@language": "zh", "@direction": "ltr"},
    ]

    assert verdict_of(signed_badge(name=words)) == "valid"


def test_dates_decide_after_the_signature() -> None:
    early = signed_badge(validFrom="2027-01-01T00:00:00Z")
    late = signed_badge(validFrom="2020-01-01T00:00:00Z", validUntil="2026-05-01T16:00:00+08:00")

    assert verdict_of(early) == "not_yet_valid"
    assert verdict_of(late) == "expired"
    assert verdict_of({**late, "name": "x"}) == "bad_signature"


@pytest.mark.parametrize(
    ("marks", "code"),
    [({}, "valid"), ({"revoked": True}, "revoked"), ({"suspended": True}, "suspended"),
     ({"revoked": True, "suspended": True}, "revoked")],
)  # fmt: skip
def test_status_lists_tell_revoked_from_suspended(marks: dict[str, bool], code: str) -> None:
    assert verdict_of(signed_badge(status=True), lists=status_lists(**marks)) == code


def test_a_revoked_credential_past_its_date_is_revoked_and_not_merely_expired() -> None:
    document = signed_badge(status=True, validUntil="2026-05-01T08:00:00Z")

    assert verdict_of(document, lists=status_lists(revoked=True)) == "revoked"
    assert verdict_of(document, lists={}) == "expired"


def test_without_a_trustworthy_status_list_nothing_is_called_valid() -> None:
    document = signed_badge(status=True)
    lists = status_lists()
    forged = status_lists(key=union_key(9, "did:web:stranger.example"))
    swapped = {
        LISTS + "revocation": lists[LISTS + "suspension"],
        LISTS + "suspension": lists[LISTS + "suspension"],
    }
    edited = json.loads(json.dumps(lists))
    edited[LISTS + "revocation"]["credentialSubject"]["encodedList"] = "uH4sI"

    answers = [verdict_of(document, lists=each) for each in ({}, forged, swapped, edited)]

    assert answers == ["status_unavailable", *["status_untrusted"] * 3]


def test_an_unknown_issuer_is_not_an_altered_file() -> None:
    elsewhere = union_key(5, "did:web:elsewhere.example")
    own_name = SigningKey.self_named(elsewhere.private)
    by_web = signed_badge(elsewhere, issuer=elsewhere.controller)
    by_key = signed_badge(own_name, issuer=own_name.controller)

    assert (verdict_of(by_web), verdict_of(by_key)) == ("unknown_issuer", "unknown_issuer")
    assert verdict_of({**by_key, "name": "x"}) == "bad_signature"
    trusting = KeyBundle(trust=frozenset({own_name.controller}))
    assert verify_document(by_key, trusted=trusting, now=NOW).status is Status.VALID


def test_sentences_and_exit_codes_tell_the_outcomes_apart(tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text(json.dumps(signed_badge(), ensure_ascii=False), encoding="utf-8")
    bundle = union_bundle()

    verdict = verify_path(good, trusted=bundle, now=NOW)
    missing = verify_path(tmp_path / "none.json", trusted=bundle, now=NOW)

    assert verdict.sentence("zh-hans") == (
        "凭证有效：由滨海市总工会签发，内容完整。它没有写明撤销登记在哪里，是否被撤销请问签发机构。"
    )
    assert verdict.sentence("en").startswith("Valid: issued by 滨海市总工会 and unaltered. It names no list")
    assert (verdict.exit_code, missing.exit_code, missing.code) == (0, 2, "unreadable")
    assert set(EXIT_CODES) == set(Status)


@given(st.data())
def test_no_single_changed_byte_passes(data: st.DataObject) -> None:
    raw = json.dumps(signed_badge(), ensure_ascii=False, separators=(",", ":")).encode()
    place = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[place]))
    changed = raw[:place] + bytes([other]) + raw[place + 1 :]

    verdict = verify_bytes(changed, trusted=union_bundle(), now=NOW)

    assert verdict.status is not Status.VALID


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["@context", "type", "issuer", "proof", "credentialSubject", "credentialStatus", "id"]), inner)))  # fmt: skip
def test_whatever_the_file_holds_the_answer_is_a_verdict(document: Any) -> None:
    assert verify_document(document, trusted=union_bundle(), now=NOW).status is not Status.VALID


def test_a_bundle_survives_its_file_and_names_its_issuers() -> None:
    bundle = union_bundle(status_lists=list(status_lists(suspended=True).values()))

    verdict = verify_document(signed_badge(status=True), trusted=bundle, now=NOW)

    assert (verdict.code, verdict.issuer, verdict.issuer_name) == ("suspended", UNION, "滨海市总工会")
    assert verdict.status_as_of is None or verdict.status_as_of == NOW - timedelta(hours=1)


def test_not_revoked_is_said_only_where_a_list_says_so() -> None:
    document = signed_badge(status=True)
    whole = verify_document(document, trusted=union_bundle(), status_lists=status_lists(), now=NOW)

    assert whole.is_listed
    assert whole.sentence("zh-hans") == "凭证有效：由滨海市总工会签发，内容完整，未被撤销。"
    assert whole.sentence("en") == "Valid: issued by 滨海市总工会, unaltered and not revoked."
