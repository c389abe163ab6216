"""Rows are cleaned one by one; every fault is one sentence with its place."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from jiangxin.kernel.sheets import Column, Finding, Sheet, cleaning
from jiangxin.kernel.sheets.tests.samples import clean, text_file


def test_good_rows_pass_with_their_numbers_and_clean_values(tmp_path: Path) -> None:
    rows, findings = clean(text_file(tmp_path, "姓名,单位,年份\n林小满,宏远重工,2024\n"))

    assert rows == [(2, {"name": "林小满", "unit": "宏远重工", "year": 2024, "phone": None})]
    assert findings == []


def test_each_fault_of_a_row_is_found(tmp_path: Path) -> None:
    rows, findings = clean(text_file(tmp_path, "姓名,单位,年份\n,甲厂,千年\n乙,乙厂,1999\n"))

    assert [row.number for row in rows] == [3]
    assert findings == [
        Finding(2, "姓名", "missing", "第 2 行缺少“姓名”。"),
        Finding(2, "年份", "bad_year", "年份应是四位数字，现在是“千年”。"),
    ]


def test_a_duplicate_names_the_row_it_repeats(tmp_path: Path) -> None:
    rows, findings = clean(text_file(tmp_path, "姓名,单位,年份\n甲,厂,2001\n乙,厂,2001\n甲,厂,2002\n"))

    assert [row.number for row in rows] == [2, 3]
    assert findings == [Finding(4, "", "duplicate_row", "第 4 行与第 2 行重复，只取前面一行。")]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"宏远\n重工"', "宏远 重工"),
        ("宏\u200b远\u3000 重工", "宏远 重工"),
        ("𬭊\U000f0000厂", "𬭊\U000f0000厂"),
        ("'; DROP TABLE people;--", "'; DROP TABLE people;--"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_odd_text_is_tidied_and_otherwise_kept(tmp_path: Path, cell: str, value: str) -> None:
    rows, _ = clean(text_file(tmp_path, f"姓名,单位\n甲,{cell}\n"))

    assert rows[0].values["unit"] == value


@pytest.mark.parametrize(("cell", "code"), [("a\x07b", "control_characters"), ("长" * 10_001, "too_long")])
def test_what_cannot_be_text_is_refused(tmp_path: Path, cell: str, code: str) -> None:
    rows, findings = clean(text_file(tmp_path, f"姓名,单位\n甲,{cell}\n"))

    assert rows == []
    assert [(each.column, each.code) for each in findings] == [("工作单位", code)]


def test_a_plain_value_error_is_told_in_a_sentence(tmp_path: Path) -> None:
    sheet = Sheet("n", "数", (Column("n", "数", clean=int),))

    assert clean(text_file(tmp_path, "数\n1\nx\n"), sheet)[1] == [
        Finding(3, "数", "invalid", "内容不符合要求，请核对。")
    ]


def test_a_sheet_that_contradicts_itself_cannot_be_declared() -> None:
    column = Column("n", "数")

    with pytest.raises(ValueError, match="twice"):
        Sheet("n", "数", (column, column))
    with pytest.raises(ValueError, match="key"):
        Sheet("n", "数", (column,), key=("m",))
    with pytest.raises(KeyError):
        Sheet("n", "数", (column,)).column("m")


def test_a_column_is_found_by_name() -> None:
    column = Column("n", "数")

    assert Sheet("n", "数", (column,)).column("n") is column


def test_a_validation_error_says_all_its_sentences(tmp_path: Path) -> None:
    def never(text: str) -> str:
        raise ValidationError(["一。", "二。"])

    sheet = Sheet("n", "数", (Column("n", "数", clean=never),))

    assert [each.message for each in clean(text_file(tmp_path, "数\nx\n"), sheet)[1]] == ["一。 二。"]


def test_rows_without_any_key_are_no_duplicates(tmp_path: Path) -> None:
    sheet = Sheet("n", "数", (Column("n", "数"), Column("m", "注")), key=("n",))

    rows, findings = clean(text_file(tmp_path, "数,注\n,a\n,b\n"), sheet)

    assert ([row.number for row in rows], findings) == ([2, 3], [])


def test_more_texts_than_are_remembered_are_cleaned_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "KNOWN_TEXTS", 2)

    rows, findings = clean(
        text_file(tmp_path, "姓名,单位,年份\n甲,厂,2001\n乙,厂,2002\n丙,厂,2003\n丁,厂,2003\n")
    )

    assert [(row.values["name"], row.values["year"]) for row in rows] == [
        ("甲", 2001),
        ("乙", 2002),
        ("丙", 2003),
        ("丁", 2003),
    ]
    assert findings == []
