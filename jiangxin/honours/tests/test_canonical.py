"""Reading JSON strictly and writing it canonically."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.honours.credentials import MalformedJson, canonical, read_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBER = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"a": 1, "a": 1}', "duplicate_key"),
        (b'{"a": {"b": 1, "b": 2}}', "duplicate_key"),
        (b'{"a": NaN}', "bad_number"),
        (b'{"a": -Infinity}', "bad_number"),
        (b'{"a": 1e400}', "bad_number"),
        (b'{"a": 9007199254740993}', "bad_number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "bad_number"),
        (b'{"a": "\\ud800"}', "lone_surrogate"),
        (b'{"\\udc00": 1}', "lone_surrogate"),
        (b'{"a": "\xff"}', "not_utf8"),
        (b"<html>", "not_json"),
        (b"", "not_json"),
        (b"[" * 41 + b"]" * 41, "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b" " * 2_000_001, "too_large"),
    ],
)
def test_text_a_signature_cannot_cover_is_refused_with_its_own_code(text: bytes, code: str) -> None:
    with pytest.raises(MalformedJson) as caught:
        read_json(text)

    assert caught.value.code == code


def test_byte_order_mark_and_surrogate_pairs_are_read() -> None:
    assert read_json(b'\xef\xbb\xbf{"name": "\\ud840\\udd64"}') == {"name": "𠅤"}


def test_keys_are_sorted_by_utf16_units_and_numbers_written_as_ecmascript_does() -> None:
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}

    assert canonical(value).decode() == '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'
    assert canonical([1.0, 1e30, 4.5, 0.002, 1e-27, -0.0]) == b"[1,1e+30,4.5,0.002,1e-27,0]"


def test_text_keeps_its_unicode_form() -> None:
    assert canonical("e\u0301") != canonical("\u00e9")


@given(JSON)
def test_canonical_text_reads_back_to_the_same_canonical_text(value: Any) -> None:
    once = canonical(value)

    assert canonical(read_json(once)) == once
