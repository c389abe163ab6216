"""CSV, TSV and JSON lines in the encodings and shapes that really come."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from jiangxin.kernel.sheets import Unusable
from jiangxin.kernel.sheets.reading import opening
from jiangxin.kernel.sheets.tests.samples import LIST, bytes_file, clean, read, text_file, workbook

TWO_ROWS = "姓名,工作单位,年份,手机\n林小满,宏远重工,2024,13812341234\n𬭊华,北方车辆,,\n"
EXPECTED = [(2, ["林小满", "宏远重工", "2024", "13812341234"]), (3, ["𬭊华", "北方车辆", "", ""])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_reads_alike(tmp_path: Path, encoding: str) -> None:
    assert read(text_file(tmp_path, TWO_ROWS, encoding=encoding))[0] == EXPECTED


@pytest.mark.parametrize(("old", "new"), [(",", "\t"), (",", ";"), ("\n", "\r\n"), ("\n", "\r")])
def test_every_separator_and_line_break_reads_alike(tmp_path: Path, old: str, new: str) -> None:
    assert read(text_file(tmp_path, TWO_ROWS.replace(old, new)))[0] == EXPECTED


def test_columns_come_in_any_order_under_any_of_their_names(tmp_path: Path) -> None:
    path = text_file(
        tmp_path, "名单\n\n 手 机 ,*名字（必填）,UNIT,备注,ＹＥＡＲ\n1,林小满,宏远重工,好,2024\n"
    )

    rows, reading = read(path)

    assert rows == [(4, ["林小满", "宏远重工", "2024", "1"])]
    assert reading.unknown_columns == ["备注"]


def test_quoted_cells_keep_commas_quotes_and_line_breaks(tmp_path: Path) -> None:
    rows, _ = read(text_file(tmp_path, '姓名,单位\n林小满,"宏远, ""重工""\n一车间"\n丁一,乙厂\n'))

    assert rows == [(2, ["林小满", '宏远, "重工"\n一车间', "", ""]), (3, ["丁一", "乙厂", "", ""])]


def test_blank_rows_are_left_out_but_counted(tmp_path: Path) -> None:
    assert [number for number, _ in read(text_file(tmp_path, "姓名,单位\n\n,\n甲,厂\n , \n乙,厂\n"))[0]] == [
        4,
        6,
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (("姓名,单位\n甲," + "厂" * 9).encode()[:-1], "cut_off"),
        ('姓名,单位\n甲,"厂\n乙,厂\n'.encode(), "cut_off"),
        ('姓名,单位\n甲,"厂"x\n乙,厂\n'.encode(), "quotes"),
        ("姓名,单位\n甲,".encode() + b"\xff\xfe\xff\n", "encoding"),
        ("姓名,单位\n甲\0,厂\n".encode(), "encoding"),
        ("\ufeff姓名,单位\n甲,厂".encode("utf-16-le")[:-1], "encoding"),
        (b"<html><body><table><tr><td>", "html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "html"),
        (b"MIME-Version: 1.0\nX", "html"),
        (b"%PDF-1.7 ...", "not_a_sheet"),
        (b"\x89PNG\r\n\x1a\n....", "not_a_sheet"),
        (b"\x00\x01\x02\x03", "encoding"),
        ("随便写写\n没有表头\n".encode(), "no_header"),
        ("单位,年份\n甲厂,2024\n".encode(), "column_missing"),
        ("姓名,名字,单位\n甲,乙,厂\n".encode(), "column_twice"),
        ("姓名,单位\n".encode(), "no_rows"),
        (("姓名,单位\n" + "甲,厂\n" * 1001).encode(), "too_many_rows"),
        (("姓名,单位\n" + "," * 400 + "\n").encode(), "too_many_columns"),
        (("姓名,单位\n甲,厂" + "长" * 400_000 + "\n").encode(), "too_long"),
    ],
)
def test_an_unusable_file_is_refused_with_one_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unusable) as refusal:
        read(bytes_file(tmp_path, content))

    assert refusal.value.code == code
    assert str(refusal.value).endswith("。")
    assert "\n" not in str(refusal.value)


def test_an_open_last_line_is_pointed_out(tmp_path: Path) -> None:
    _, reading = read(text_file(tmp_path, "姓名,单位\n甲,厂"))

    assert [(each.row, each.code) for each in reading.take_findings()] == [(2, "open_end")]


def test_json_lines_take_names_headers_and_aliases_as_keys(tmp_path: Path) -> None:
    lines = [
        {"name": "林小满", "unit": "宏远重工", "year": 2024, "phone": None},
        {"姓名": " 丁一 ", "单位": "乙厂", "sex": "男"},
    ]
    path = text_file(tmp_path, "\n".join(map(json.dumps, lines)), "list.jsonl")

    rows, reading = read(path)

    assert rows == [(1, ["林小满", "宏远重工", "2024", ""]), (2, ["丁一", "乙厂", "", ""])]
    assert reading.unknown_columns == ["sex"]


def test_a_broken_line_of_json_is_a_finding_and_a_cut_last_one_refuses_the_file(tmp_path: Path) -> None:
    good = '{"name": "甲", "unit": "厂"}\n'
    rows, reading = read(text_file(tmp_path, good + "{oops}\n[1]\n" + good, "a.jsonl"))

    assert [number for number, _ in rows] == [1, 4]
    assert [(each.row, each.code) for each in reading.take_findings()] == [(2, "bad_json"), (3, "bad_json")]
    for broken, code in (
        (good + good[:12], "cut_off"),
        (f"[{good}]", "not_json_lines"),
        (good + "{\n" * 1001, "not_json_lines"),
    ):
        with pytest.raises(Unusable) as refusal:
            read(text_file(tmp_path, broken, "a.jsonl"))
        assert refusal.value.code == code


def test_deeply_nested_json_is_harmless(tmp_path: Path) -> None:
    _, reading = read(
        text_file(tmp_path, '{"name": "甲", "unit": "厂"}\n{"a":' + "[" * 100_000 + "\n", "a.jsonl")
    )

    assert [each.code for each in reading.take_findings()] == ["bad_json"]


@effort(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    content=st.binary(max_size=300),
    start=st.sampled_from([b"", "姓名,单位\n".encode(), b'{"name":"x","unit":"y"}\n', b"PK\x03\x04"]),
)
def test_any_bytes_are_read_or_refused_as_unusable(tmp_path: Path, content: bytes, start: bytes) -> None:
    path = bytes_file(tmp_path, start + content)

    with contextlib.suppress(Unusable):
        rows, _ = clean(path)
        assert all(set(row.values) == {each.name for each in LIST.columns} for row in rows)


def test_blank_lines_between_json_lines_are_passed_over(tmp_path: Path) -> None:
    rows, _ = read(
        text_file(tmp_path, '{"name": "甲", "unit": "厂"}\n\n{"name": "乙", "unit": "厂"}\n', "a.jsonl")
    )

    assert [number for number, _ in rows] == [1, 3]


@pytest.mark.parametrize(("limit", "name"), [("MOST_BYTES", "x.csv"), ("MOST_BYTES_WORKBOOK", "x.xlsx")])
def test_a_file_above_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, name: str
) -> None:
    monkeypatch.setattr(opening, limit, 10)
    path = (
        workbook(tmp_path, [["姓名", "单位"], ["甲", "厂"]])
        if name == "x.xlsx"
        else text_file(tmp_path, TWO_ROWS)
    )

    with pytest.raises(Unusable) as refusal:
        read(path)

    assert refusal.value.code == "too_big"
