"""Files of workers as they really come in: each bad one gets a clear sentence, and nothing is lost or half done."""

import csv
import datetime
import io
import zipfile

import openpyxl
import pytest
import time_machine

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.sheets import running
from jiangxin.kernel.sheets.blank import blank_csv, blank_xlsx
from jiangxin.kernel.sheets.exporting import stream_csv
from jiangxin.kernel.sheets.queries import lines_csv, lines_of
from jiangxin.people.models import Employment, Person
from jiangxin.people.sheets import PEOPLE_SHEET, importing
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
HEADER = ["姓名", "性别", "身份证号", "手机号", "单位", "岗位"]
UNIT = "宏远重工有限公司"
NUMBER = "590101198805210025"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.JX_HOME = tmp_path / "home"
    settings.JX_HOME.mkdir()


@pytest.fixture
def give(tmp_path, tree):
    """Import a file and return the run: bytes as they are, a text in UTF-8, or rows as CSV."""

    def give(content, name="名单.csv", dry_run=False):
        path = tmp_path / name
        if isinstance(content, list):
            written = io.StringIO()
            csv.writer(written).writerows([HEADER, *content])
            content = written.getvalue()
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return running.import_file(path, sheet="people", by=ME, opath=tree["county"].path, dry_run=dry_run)

    return give


def said(run):
    found = lines_of(run).exclude(severity="note").values_list("row", "column", "code")
    return list(found)


def names():
    return list(Person.objects.order_by("pk").values_list("name", flat=True))


def book(fill):
    content = io.BytesIO()
    workbook = openpyxl.Workbook()
    fill(workbook.active)
    workbook.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_names_outside_the_basic_plane_survive_every_encoding(give, encoding):
    text = f"姓名,单位\n𬭊龘,{UNIT}\n䶮,{UNIT}\n张𠮷,{UNIT}\n"

    run = give(text.encode(encoding))

    assert (names(), said(run)) == (["𬭊龘", "张𠮷"], [(3, "姓名", "name_impossible")])


def test_names_with_blanks_inside_and_any_dot_get_their_one_written_form(give):
    give([[" 张　伟 "], ["欧阳\u3000 修"], ["阿依古丽•买买提"], ["买买提. 艾力"], ["John   Smith"], ["李\u200b明"]]
         and [[name, "", "", "", UNIT, ""] for name in
              (" 张　伟 ", "欧阳\u3000 修", "阿依古丽•买买提", "买买提. 艾力", "John   Smith", "李\u200b明")])  # fmt: skip

    assert names() == ["张伟", "欧阳修", "阿依古丽·买买提", "买买提·艾力", "John Smith", "李明"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("590101198805210026", "id_number_checksum"),
        ("590101198802300021", "id_number_calendar"),
        ("590101299905210023", "id_number_future"),
        ("59010119880521002", "id_number_length"),
        ("5901O1198805210025", "id_number_characters"),
        ("590101００８８05210025", "id_number_calendar"),
        ("5.90101E+17", "id_number_length"),
    ],
)
def test_an_impossible_identity_number_keeps_only_its_row_out(give, number, code):
    run = give([["张一", "", number, "", UNIT, ""], ["张二", "", NUMBER, "", UNIT, ""]])

    assert (names(), said(run)) == (["张二"], [(2, "身份证号", code)])
    message = lines_of(run, severity="error").get().message
    assert number not in message


def test_numbers_are_read_however_they_are_typed(give):
    give([["张一", "", "590101 1988 0521 0025", "", UNIT, ""], ["张二", "", "59010119900307123２", "", UNIT, ""],
          ["张三", "", "590101880521002", "", UNIT, ""]])  # fmt: skip

    assert [person.id_number for person in Person.objects.order_by("pk")] == [
        "590101198805210025",
        "590101199003071232",
    ]


def test_one_number_twice_in_a_file_is_taken_once(give):
    run = give([["张一", "", NUMBER, "", UNIT, ""], ["张二", "", f"{NUMBER} ", "", UNIT, ""]])

    assert (names(), said(run)) == (["张一"], [(3, "", "duplicate_row")])


def test_markup_and_commands_are_text_or_refused_and_leave_the_house_harmless(give):
    unit = "<script>alert(1)</script>'); DROP TABLE people_person;--"
    run = give([["张一", "", "", "", unit, "=HYPERLINK(\"http://x\")"], ["=cmd|' /C calc'!A0", "", "", "", UNIT, ""],
                ["Robert'); DROP TABLE people_person;--", "", "", "", UNIT, ""]])  # fmt: skip

    assert [(row, code) for row, _column, code in said(run)] == [
        (3, "name_impossible"),
        (4, "name_impossible"),
    ]
    assert Person.objects.get().unit_text == unit
    rows = importing.export_people_rows(ME)
    exported = b"".join(stream_csv(PEOPLE_SHEET, rows, by=ME)).decode("utf-8-sig")
    assert "'=HYPERLINK" in exported
    findings = b"".join(lines_csv(run, by=ME)).decode("utf-8-sig")
    assert [
        cell
        for line in csv.reader(io.StringIO(findings))
        for cell in line
        if cell.startswith(("=", "+", "@"))
    ] == []


def test_an_export_read_in_again_changes_nothing(give, tree):
    give([["张一", "男", "", "", UNIT, "=1+1"], ["张二", "女", NUMBER, "13800000000", UNIT, ""]])
    before = list(Person.objects.order_by("pk").values())
    content = b"".join(stream_csv(PEOPLE_SHEET, importing.export_people_rows(ME), by=ME))

    run = give(content)

    assert (run.count("same"), run.count("changed")) == (1, 0)
    assert (
        list(Person.objects.filter(pk__in=[each["id"] for each in before]).order_by("pk").values()) == before
    )


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "文件是空的"),
        ("姓名,单位\n".encode(), "a.csv", "没有数据行"),
        ("随便\n写的\n".encode(), "a.csv", "没有找到表头"),
        ("姓名,岗位\n张一,焊工\n".encode(), "a.csv", "缺少必填的列：单位"),
        ("姓名,单位\n张一,某厂\n".encode()[:-5], "a.csv", "没有传完"),
        ("姓名,单位\n张一,".encode() + b"\xff\xfe\xfd\x81", "a.csv", "编码"),
        ("姓名,单位,单位\n张一,某厂,某厂\n".encode(), "a.csv", "出现了两次"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "a.xls", "网页文件"),
        (b"%PDF-1.7 x", "a.csv", "不是表格文件"),
        (b"PK\x03\x04 cut", "a.xlsx", "不完整或已损坏"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence_and_is_not_kept(give, content, name, sentence):
    try:
        run = give(content, name)
    except Refused as refusal:
        message = str(refusal)
    else:
        message = run.message

    assert sentence in message
    assert message.count("\n") == 0
    assert Person.objects.count() == 0


def test_a_half_written_file_goes_in_not_at_all(give):
    whole = (
        "姓名,单位\n" + "".join(f"张{chr(0x4E00 + number)},{UNIT}\n" for number in range(50)) + '赵铁生,"宏远'
    )

    run = give(whole)

    assert (run.state, run.message, names()) == (
        "refused",
        "从第 52 行起引号没有结束，文件很可能没有传完。",
        [],
    )


def test_a_zip_bomb_is_refused_before_it_unfolds(give):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (300 << 20))

    with pytest.raises(Refused):
        give(packed.getvalue(), "名单.xlsx")

    assert names() == []


def test_merged_cells_title_lines_and_numbers_of_a_workbook_are_read_as_meant(give):
    def fill(page):
        page.append(["2025年职工名册"])
        page.append(["姓名", "手机", "工作单位"])
        page.append(["张一", 13800000000, UNIT])
        page.append(["张二", "13900000000", None])
        page.merge_cells("C3:C4")
        page.merge_cells("A1:C1")

    run = give(book(fill), "名单.xlsx")

    assert said(run) == []
    people = Person.objects.order_by("pk")
    assert [(each.name, each.phone, each.unit_text) for each in people] == [
        ("张一", "13800000000", UNIT),
        ("张二", "13900000000", UNIT),
    ]


def test_a_number_that_a_spreadsheet_spoiled_is_refused_and_explained(give):
    def fill(page):
        page.append(["姓名", "身份证号", "单位"])
        page.append(["张一", 590101198805210025, UNIT])

    run = give(book(fill), "名单.xlsx")

    assert [(row, code) for row, _column, code in said(run)] == [
        (2, "digits_lost"),
        (2, "id_number_checksum"),
    ]
    assert names() == []


def test_the_templates_come_back_as_they_are_without_their_example(give):
    for content, name in ((blank_xlsx(PEOPLE_SHEET), "模板.xlsx"), (blank_csv(PEOPLE_SHEET), "模板.csv")):
        run = give(content, name)

        assert (run.checked["rows"], run.rows_refused, names()) == (0, 0, [])
        assert [line.code for line in lines_of(run) if line.code != "same_file"] == ["example_row"]


def test_a_file_with_more_rows_than_allowed_is_refused_whole(give, monkeypatch):
    monkeypatch.setitem(vars(PEOPLE_SHEET), "max_rows", 3)

    run = give([[f"张{name}", "", "", "", UNIT, ""] for name in "一二三四"])

    assert (run.state, names()) == ("refused", [])
    assert "超过上限 3 行" in run.message


def test_a_clock_that_was_turned_back_or_forward_loses_and_doubles_nothing(give):
    rows = [["张一", "", NUMBER, "", UNIT, ""], ["张二", "", "", "", UNIT, ""]]
    with time_machine.travel(datetime.datetime(2031, 5, 1, tzinfo=datetime.UTC)):
        give(rows)
    with time_machine.travel(datetime.datetime(2019, 5, 1, tzinfo=datetime.UTC)):
        again = give(rows)
        give([["张三", "", "", "", UNIT, ""]])

    assert (again.state, again.count("same"), names()) == ("done", 2, ["张一", "张二", "张三"])


def test_a_worker_known_from_a_list_without_number_is_not_joined_by_guess(give, tree):
    PersonFactory(name="张一", org=tree["county"], unit_text="别的厂")

    give([["张一", "", NUMBER, "", UNIT, ""]])

    assert (names(), Employment.objects.count()) == (["张一", "张一"], 1)
