"""What the lists of organisations, workers and honours say of faulty rows: read in English though checked in Chinese."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override
from pytest_django.fixtures import Settings

from jiangxin.honours.actions import load_catalogue
from jiangxin.honours.tests.factories import make_honour
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.sheets import running
from jiangxin.kernel.sheets.queries import lines_of
from jiangxin.kernel.sheets.showing import seen_lines
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.actions import add_person

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
ME = SystemActor("test")
CHINESE = re.compile(r"[\u4e00-\u9fff。，；：、]")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
#: What a cell must say in any language, and what the files below say outside quotation marks.
GIVEN = ("男", "女", "个人", "集体", "获得", "公示", "是", "否", "会八", "会九", "无")


@pytest.fixture(autouse=True)
def _own_home(settings: Settings, tmp_path: Path) -> None:
    settings.JX_HOME = tmp_path / "home"
    settings.JX_HOME.mkdir()


def untranslated(said: list[str]) -> list[str]:
    """The lines that say something in Chinese that no file said."""
    bare = [QUOTED.sub("", line) for line in said]
    for word in GIVEN:
        bare = [line.replace(word, "") for line in bare]
    return [line for line, left in zip(said, bare, strict=True) if CHINESE.search(left)]


def read_in_english(folder: Path, sheet: str, header: str, *rows: str, opath: str = "") -> list[str]:
    path = folder / f"{sheet}.csv"
    path.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    with override("zh-hans"):
        run = running.import_file(path, sheet=sheet, by=ME, dry_run=True, opath=opath)
    with override("en"):
        return [f"{line.column}: {line.sentence}" for line in seen_lines(run, lines_of(run))]


def test_workers(tmp_path: Path) -> None:
    org = make_tree()["county"]
    add_person(name="赵铁生", id_number="590101198805210025", unit_text="旧厂", org=org, by=ME)

    said = read_in_english(
        tmp_path, "people", "姓名,性别,身份证号,手机号,单位,地区,所属工会",
        "1,女,,,宏远,,", "林小满,x,,,宏远,,", "林小满,女,59010119880521002X,,宏远,,", "林小满,女,123,,宏远,,",
        "林小满,女,,12,宏远,,", "林小满,女,,,宏远,999999,", "林小满,女,,,宏图,无此地,", "林小满,女,,,宏业,,无此会",
        "赵铁生,,590101198805210025,,宏远,,", "别名,,590101198805210025,,,,", f"周敏,女,,,{'长' * 301},,", "何砚秋,女,,,宏远,,",
        opath=org.path,
    )  # fmt: skip

    assert (len(said), untranslated(said)) == (13, [])


def test_organisations(tmp_path: Path) -> None:
    tree = make_tree()

    said = read_in_english(
        tmp_path, "orgs", "组织编号,组织名称,类型,上级编号,区划代码,成立日期",
        "甲 1,新会,基层工会,,,", "A1,新会,怪类,,,", "A2,新会,基层工会,,12,", "A3,新会,基层工会,,,今天", "A4,新会,基层工会,无,,",
        "A5,新会,基层工会,,999999,", "A6,会一,基层工会,,,", "A6,会二,基层工会,,,", "A7,会一,基层工会,,,", "A8,会八,基层工会,A9,,",
        "A9,会九,基层工会,A8,,", "A10,会十,基层工会,A4,,",
        opath=tree["county"].path,
    )  # fmt: skip

    assert (len(said), untranslated(said)) == (12, [])


def test_honours(tmp_path: Path) -> None:
    load_catalogue(by=ME)
    make_honour("linjiang-model", "临江市劳动模范")

    said = read_in_english(
        tmp_path, "honours", "名单名称,年份,荣誉,姓名或集体名称,单位,地区,来源网址,对象,状态,名单是否完整",
        "名单,20,临江市劳动模范,林小满,,,,,,", "名单,2024,临江市劳动模范,林小满,宏远,无此地,,,,",
        "名单,2024,没有的称号,林小满,,,,,,", "名单,2024,临江市劳动模范,赵铁生,,,,,公示,", "名单,2024,临江市劳动模范,周敏,,,x,,,",
        "名单,2024,临江市劳动模范,周敏,,,,x,,", "名单,2024,临江市劳动模范,周敏,,,,,x,", "名单,2024,临江市劳动模范,周敏,,,,,,x",
        "名单,2024,临江市劳动模范,1,,,,,,", "名单,2024,临江市劳动模范,高炉班,,,,集体,,", "名单,2024,临江市劳动模范,何砚秋,,,,,,",
        "名单,2024,临江市劳动模范,何砚秋,,,,,,",
    )  # fmt: skip

    assert (len(said), untranslated(said)) == (13, [])
