"""Characters typed in different ways come to one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.text import folding
from jiangxin.kernel.text.folding import is_han, tidy


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("ＣＮＣ　１２", "CNC 12"),
        ("\u200b焊\ufeff工\u00ad", "焊工"),
        ("阿依•古丽", "阿依·古丽"),
        ("阿依・古丽", "阿依·古丽"),
        ("  a \t\n b  ", "a b"),
        ("葛\ufe00城\U000e0101", "葛城"),
        ("cafe\u0301", "café"),
        ("\ud800坏", "坏"),
        ("𬭊龘", "𬭊龘"),
        ("a\x00b", "ab"),
    ],
)
def test_one_form_for_many_ways_of_typing(raw: str, expected: str) -> None:
    assert tidy(raw) == expected


@given(st.text())
def test_tidy_text_stays_as_it_is(raw: str) -> None:
    once = tidy(raw)

    assert tidy(once) == once


@given(st.text(alphabet=st.characters(min_codepoint=0x20000, max_codepoint=0x2FFFF, categories=["Lo"])))
def test_rare_characters_outside_the_basic_plane_are_kept(raw: str) -> None:
    assert tidy(raw) == unicodedata.normalize("NFC", raw)


def test_han_text_is_told_from_other_text() -> None:
    assert [is_han(text) for text in ("焊工", "𬭊", "〇", "焊a", "", "ソ")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_nothing_of_the_table_of_forms_stays_in_a_text() -> None:
    kept = [f"{code:x}" for code in folding._TIDY if chr(code) in tidy(f"甲{chr(code)}乙")]

    assert kept == []
