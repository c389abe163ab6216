"""What was found in a file is read by each in the own language, whoever checked it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, override

from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.kernel.sheets import Applied, Column, ImportContext, Result, Row, Sheet, row_by_row, running
from jiangxin.kernel.sheets.cleaning import sentence_of
from jiangxin.kernel.sheets.forgetting import forget_file_names
from jiangxin.kernel.sheets.models import ImportLine, ImportRun, as_kept
from jiangxin.kernel.sheets.offers import also_offering
from jiangxin.kernel.sheets.queries import lines_csv, lines_of
from jiangxin.kernel.sheets.showing import seen_lines
from jiangxin.kernel.sheets.tests.samples import text_file
from jiangxin.kernel.sheets.tests.terms import PERMISSION
from jiangxin.kernel.text.sayings import kept_of, say, say_again

pytestmark = pytest.mark.django_db
ME = SystemActor("test")
FILE = "姓名,类型\n王五,甲\n,乙\n王五,丙\n李四,坏\n"
IN_CHINESE = [
    (2, "", "新建档案"),
    (3, "姓名", "第 3 行缺少“姓名”。"),
    (4, "", "第 4 行与第 2 行重复，只取前面一行。"),
    (5, "类型", "“坏”已不在册。"),
]
IN_ENGLISH = [
    (2, "", "Creates a record"),
    (3, "Name", "Row 3 has no “Name”."),
    (4, "", "Row 4 repeats row 2; only the earlier one counts."),
    (5, "Kind", "“坏” is no longer on the register."),
]


def save(row: Row) -> tuple[Result, str]:
    if row.values["kind"] == "坏":
        raise Refused(say("“%(name)s”已不在册。", name="坏"), code="bad", field=str(COLUMNS[1].header))
    return Result.NEW, "新建档案"


def apply(rows: list[Row], *, by: SystemActor, dry_run: bool, context: ImportContext) -> Applied:
    return row_by_row(rows, save)


NAME, KIND = "姓名", "类型"  # not marked here: collecting strings would take them for words of this app
COLUMNS = (Column("name", gettext_lazy(NAME), required=True), Column("kind", gettext_lazy(KIND)))


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with also_offering(Sheet("terms", "词表", COLUMNS, apply=apply, key=("name",)), permission=PERMISSION):
        yield


def checked(
    folder: Path, text: str = FILE, *, language: str = "zh-hans", name: str = "list.csv"
) -> ImportRun:
    with override(language):
        return running.import_file(text_file(folder, text, name), sheet="terms", by=ME, dry_run=True)


def shown(run: ImportRun, language: str) -> list[tuple[int, str, str]]:
    with override(language):
        return [(each.row, each.column, each.sentence) for each in seen_lines(run, lines_of(run))]


@pytest.mark.parametrize("checker", ["zh-hans", "en"])
def test_each_reads_the_findings_in_the_own_language(tmp_path: Path, checker: str) -> None:
    run = checked(tmp_path, language=checker)

    assert (shown(run, "zh-hans"), shown(run, "en")) == (IN_CHINESE, IN_ENGLISH)


def test_the_downloaded_findings_are_in_the_language_of_who_downloads(tmp_path: Path) -> None:
    run = checked(tmp_path)

    with override("en"):
        rows = b"".join(lines_csv(run, by=ME)).decode().splitlines()

    assert rows[1] == "Row,Category,Content,Column,Code,Note"
    assert rows[3] == "3,Error,,Name,missing,Row 3 has no “Name”."


@pytest.mark.parametrize("checker", ["zh-hans", "en"])
def test_why_a_file_cannot_be_used_is_told_in_both(tmp_path: Path, checker: str) -> None:
    run = checked(tmp_path, FILE + "".join(f"{n},甲\n" for n in range(30)) + '"', language=checker)

    with override("en"):
        english = run.sentence
    assert (run.state, run.message) == ("refused", "从第 36 行起引号没有结束，文件很可能没有传完。")
    assert english == "A quotation opened in row 36 never ends. The file was probably cut off on its way."


def test_a_refusal_at_the_door_is_in_the_language_of_who_knocks(tmp_path: Path) -> None:
    with override("en"), pytest.raises(Refused, match=r"for example: Name\. A template"):
        running.import_file(text_file(tmp_path, "随便\n"), sheet="terms", by=ME)


def test_lines_of_an_older_version_are_still_read(tmp_path: Path) -> None:
    run = checked(tmp_path, "姓名,类型\n王五,甲\n")
    ImportLine.objects.filter(run=run).update(
        said={}, column="Kind", message="身份证号只能由数字组成，末位可以是 X，请核对。"
    )
    ImportLine.objects.create(
        run=run, phase="check", row=9, code="x", severity="error", message="第 9 行写于旧版。"
    )

    assert shown(run, "zh-hans")[0][1] == "类型"
    assert [sentence for _row, _column, sentence in shown(run, "en")] == [
        "An identity number contains only digits; the last character may be X. Please check.",
        "第 9 行写于旧版。",
    ]


def test_a_refusal_and_an_error_of_validation_are_told_with_their_words() -> None:
    with override("zh-hans"):
        missing = ValidationError("第 %(row)d 行缺少“%(column)s”。", params={"row": 2, "column": "c"})
        sentence = sentence_of(ValidationError([missing, "没有填写身份证号。"]))
        plain = sentence_of(ValueError("x"))

    assert sentence == "第 2 行缺少“c”。 没有填写身份证号。"
    with override("en"):
        assert say_again(kept_of(sentence)) == "Row 2 has no “c”. The identity number is missing."
        assert say_again(kept_of(plain)) == "The value is not as required. Please check it."


def test_a_name_forgotten_in_why_a_file_failed_is_forgotten_in_every_language(tmp_path: Path) -> None:
    run = checked(tmp_path)
    with override("zh-hans"):
        sentence = say("工作表“%(name)s”的列太多。", name="林小满")
        ImportRun.objects.filter(pk=run.pk).update(**as_kept(sentence))

    forget_file_names(["林小满"], by=ME)

    run.refresh_from_db()
    assert (run.sentence, run.said) == ("工作表“某职工”的列太多。", {})
