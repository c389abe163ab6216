"""The tokeniser and the compiler: pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.search.compiling import Piece, Term, compile_query
from jiangxin.kernel.search.docs import Doc, Query
from jiangxin.kernel.search.rows import entry_of
from jiangxin.kernel.search.terms import fold, scope_terms, space_code, text_terms


def test_a_text_becomes_pairs_last_characters_and_words() -> None:
    assert text_terms(fold("高级焊工，CNC１班"), "+") == "+高级+级焊+焊工+工+cnc1+班"


def test_dots_of_names_do_not_break_a_run() -> None:
    written = [text_terms(fold(name), "+") for name in ("阿依·古丽", "阿依•古丽")]

    assert written == ["+阿依+依古+古丽+丽"] * 2


def test_a_path_gives_one_term_per_organisation() -> None:
    assert scope_terms("000100020003") == [":s0001", ":s00010002", ":s000100020003"]
    assert scope_terms("") == []


def test_every_kind_and_visibility_has_a_space_of_its_own() -> None:
    codes = {space_code(kind, is_public=public) for kind in range(1, 200) for public in (False, True)}

    assert len(codes) == 398
    assert not any(code.isspace() for code in codes)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("焊", [Term("焊", is_prefix=True)]),
        ("焊工", [Term("焊工")]),
        ("高级焊工", [Term("高级"), Term("级焊"), Term("焊工")]),
        ("cnc1", [Term("cnc1", is_prefix=True)]),
        ("cnc操作", [Term("cnc"), Term("操作")]),
        ("数控cn", [Term("数控"), Term("控"), Term("cn", is_prefix=True)]),
        ("工7", [Term("工"), Term("7", is_prefix=True)]),
    ],
)
def test_a_piece_becomes_the_terms_its_matches_must_hold(text: str, terms: list[Term]) -> None:
    assert Piece(text).terms() == terms


def test_only_what_terms_cannot_prove_is_checked() -> None:
    pieces = {text: Piece(text).needs_check for text in ("焊", "焊工", "电焊工", "cnc", "cnc操", "a" * 65)}

    assert pieces == {"焊": False, "焊工": False, "电焊工": True, "cnc": False, "cnc操": True, "a" * 65: True}


def test_words_of_latin_letters_are_also_looked_for_as_readings() -> None:
    compiled = compile_query(
        Query("k", "zw 焊工", scope_path="0001", facets={"year": ["2020", "2021"], "region": ""})
    )

    assert compiled.groups == (
        (Term("zw", is_prefix=True), Term(":pzw", is_prefix=True)),
        (Term("焊工"),),
        (Term(":s0001"),),
        (Term(":fyear:2020"), Term(":fyear:2021")),
    )


@pytest.mark.parametrize("text", ["！？", "🎉🎉", "' \" * ( )", "\x00\x01x"[:2], "\ud800"])
def test_text_without_a_letter_is_impossible(text: str) -> None:
    assert compile_query(Query("k", text)).is_impossible


@pytest.mark.parametrize("key", ["Year", "a'", "", "年", "a b"])
def test_a_facet_that_cannot_exist_is_impossible(key: str) -> None:
    assert compile_query(Query("k", facets={key: "1"})).is_impossible
    with pytest.raises(ValueError, match="facet"):
        Doc("k", 1, "张伟", facets={key: ["1"]})


def test_a_document_with_a_faulty_path_is_an_error() -> None:
    for path in ("000", "0001'", "0001 002"):
        with pytest.raises(ValueError, match="path"):
            Doc("k", 1, "张伟", opath=path)


def test_the_values_of_a_facet_are_a_list() -> None:
    with pytest.raises(ValueError, match="facet"):
        Doc("k", 1, "张伟", facets={"year": "2020"})


def test_a_facet_value_is_kept_and_asked_for_in_one_form() -> None:
    doc = Doc("k", 1, "张伟", facets={"honour": ["五一 奖章:'x'", ""]})

    assert entry_of(doc, 1).row.facets == "honour:五一-奖章-x-"
    assert compile_query(Query("k", facets={"honour": "五一 奖章:'x'"})).groups == (
        (Term(":fhonour:五一-奖章-x-"),),
    )


@given(st.text(max_size=200), st.text(max_size=80), st.text(max_size=80))
def test_rows_fit_their_columns_whatever_the_text(title: str, unit: str, name: str) -> None:
    entry = entry_of(Doc("k", 1, title * 4, unit, names=(name, title)), 1)
    row = entry.row

    assert [
        len(row.title) <= 300,
        len(row.name_key) <= 100,
        len(row.pinyin) <= 200,
        len(row.initials) <= 100,
    ] == [True] * 4
    assert row.text.count("\n") == 2
    assert all(0 < len(key) <= 200 for key in entry.keys)


@given(st.text(max_size=60), st.text(max_size=300))
def test_no_term_holds_a_character_an_engine_reads_as_syntax(title: str, query: str) -> None:
    entry = entry_of(Doc("k", 1, title, names=(title,)), 1)
    asked = {term.text for group in compile_query(Query("k", query)).groups for term in group}

    assert not set("'\"\\ \x00*()|&!") & set("".join([entry.row.terms(""), *asked]))
