"""The import pages: from the file to the result, for who may; refusals in words, also without JavaScript."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from jiangxin.accounts.tests.factories import make_officer, make_user
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import drain
from jiangxin.kernel.jobs.models import Progress
from jiangxin.kernel.sheets import actions, views
from jiangxin.kernel.sheets.models import ImportRun
from jiangxin.kernel.sheets.offers import also_offering
from jiangxin.kernel.sheets.tests.terms import PERMISSION, TERMS, lines, terms
from jiangxin.orgs.tests.factories import make_tree

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST, NEW = "/work/imports/", "/work/imports/new/"


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    settings.JX_HOME = tmp_path / "home"
    settings.JX_HOME.mkdir()


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with also_offering(TERMS, permission=PERMISSION):
        yield


@pytest.fixture
def tree() -> Any:
    return make_tree()


def signed_in(role: str, org: Any) -> Client:
    """A browser of an officer."""
    client = Client()
    client.force_login(make_officer(role, org))
    return client


@pytest.fixture
def officer(tree: Any) -> Client:
    return signed_in("county_officer", tree["county"])


def send(client: Client, content: str | bytes, name: str = "词.csv", **fields: str) -> Any:
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(NEW, {"sheet": "terms", "scope": "0", "file": file, **fields})


def checked(client: Client, *words: str) -> str:
    """The address of a run that has been checked."""
    address = send(client, lines(*words)).url
    drain()
    return str(address)


def text(response: Any) -> str:
    return str(response.content.decode())


def decided(client: Client, address: str, decision: str) -> Any:
    response = client.post(f"{address}decide/", {"decision": decision}, follow=True)
    drain()
    return response


def test_a_file_is_checked_shown_confirmed_and_imported(officer: Client, tree: Any) -> None:
    address = checked(officer, "甲", "taboo", "乙")
    page = text(officer.get(address))
    assert "检查完毕，还没有写入" in page
    assert "这个词不能用。" in page
    assert terms() == []

    decided(officer, address, "start")

    assert terms() == ["乙", "甲"]
    assert "同一个文件再导入一次不会产生重复" in text(officer.get(address))
    run = ImportRun.objects.get()
    assert (run.state, run.opath) == ("done", tree["county"].path)
    assert "词.csv" in text(officer.get(LIST))


def test_a_finished_import_leads_on_and_an_unfinished_one_does_not(officer: Client) -> None:
    address = send(officer, "组织名称,类型\n东城建工工会,基层工会\n", "组织.csv", sheet="orgs").url
    drain()
    onward = '<a class="link link-forward" href="/work/orgs/">查看组织列表'
    before = text(officer.get(address))
    decided(officer, address, "start")
    after = text(officer.get(address))

    assert [(onward in page, "接着办" in page) for page in (before, after)] == [(False, False), (True, True)]


def test_work_under_way_moves_the_page_and_then_asks_for_the_whole_page(officer: Client) -> None:
    address = send(officer, lines("甲")).url

    waiting = officer.get(f"{address}progress/")
    assert f'hx-get="{address}progress/"' in text(waiting)
    assert "HX-Refresh" not in waiting.headers
    drain()

    assert officer.get(f"{address}progress/").headers["HX-Refresh"] == "true"


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(officer: Client) -> None:
    response = send(officer, "随便\n")

    assert response.status_code == 422
    assert "没有找到表头" in text(response)
    assert send(officer, "").status_code == 422
    assert ImportRun.objects.count() == 0


def test_a_file_whose_middle_is_broken_says_so_on_its_page(officer: Client) -> None:
    address = send(officer, lines(*map(str, range(30))) + '词,"乙\n').url
    drain()

    page = text(officer.get(address))

    assert "这个文件不能用" in page
    assert "引号没有结束" in page


def test_a_checked_file_can_be_left(officer: Client) -> None:
    address = checked(officer, "甲")

    decided(officer, address, "discard")

    assert (ImportRun.objects.get().state, terms()) == ("discarded", [])
    assert "现在不能这样做" in text(decided(officer, address, "start"))


def test_running_work_can_be_stopped_and_taken_up_again(officer: Client) -> None:
    address = checked(officer, *map(str, range(9)))
    officer.post(f"{address}decide/", {"decision": "start"})
    officer.post(f"{address}cancel/")
    drain()
    page = text(officer.get(address))
    assert "导入中断" in page
    assert 'value="resume"' in page

    decided(officer, address, "resume")

    assert len(terms()) == 9
    assert "这项工作已经结束" in text(officer.post(f"{address}cancel/", follow=True))


def test_a_worker_that_died_leaves_a_run_that_can_be_taken_up(officer: Client) -> None:
    address = checked(officer, "甲", "乙")
    officer.post(f"{address}decide/", {"decision": "start"})
    Progress.objects.update(state="failed")

    assert "后台程序没有做完就退出了" in text(officer.get(address))
    decided(officer, address, "resume")

    assert terms() == ["乙", "甲"]


def test_an_import_is_taken_back_after_a_page_that_says_what_that_means(officer: Client) -> None:
    address = checked(officer, "甲", "乙")
    decided(officer, address, "start")
    assert "新增的 2 条记录会被删除" in text(officer.get(f"{address}undo/"))

    officer.post(f"{address}undo/")
    drain()

    assert (terms(), ImportRun.objects.get().state) == ([], "undone")
    assert officer.get(f"{address}undo/").status_code == 302


def test_past_its_term_the_page_says_what_was_removed_and_keeps_the_figures(officer: Client) -> None:
    address = checked(officer, "甲", "taboo")
    decided(officer, address, "start")
    assert "taboo" in text(officer.get(address))

    actions.empty_imports(list(ImportRun.objects.select_related("file")), by=SystemActor("retention"))

    page, day = text(officer.get(address)), timezone.localdate()
    assert f"文件和逐行结果已于 {day} 按保存期限删除，数量和校验值仍保留。" in page
    assert ("逐行结果</h2>" in page, "taboo" in page, "没有导入" in page) == (False, False, True)


def test_findings_come_by_kind_page_and_as_a_file(officer: Client) -> None:
    address = checked(officer, *map(str, range(60)), "taboo")

    assert "taboo" not in text(officer.get(address))
    assert "taboo" in text(officer.get(f"{address}?page=2"))
    assert "taboo" in text(officer.get(f"{address}?severity=error"))
    content = officer.get(f"{address}lines.csv?severity=error").getvalue().decode("utf-8-sig")
    assert [line[0] for line in csv.reader(io.StringIO(content))][2:] == ["62"]


def test_templates_are_given_for_sheets_one_may_import(officer: Client) -> None:
    book = officer.get(f"{LIST}blank/terms.xlsx").content

    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0][1]] == [
        "类*",
        "词*",
    ]
    assert officer.get(f"{LIST}blank/terms.csv").content.decode("utf-8-sig").startswith("类*,词*")
    assert officer.get(f"{LIST}blank/nothing.csv").status_code == 404
    assert officer.get(f"{LIST}blank/terms.exe").status_code == 404


def test_others_neither_see_nor_touch_an_import(officer: Client, tree: Any) -> None:
    address = checked(officer, "甲")
    stranger, worker = signed_in("county_officer", tree["other_city"]), Client()
    worker.force_login(make_user())

    for part in ("", "progress/", "lines.csv", "undo/"):
        assert stranger.get(address + part).status_code == 404
        assert worker.get(address + part).status_code == 404
        assert Client().get(address + part).status_code == 302
    assert stranger.post(f"{address}decide/", {"decision": "start"}).status_code == 404
    assert worker.get(LIST).status_code == 404
    assert "词.csv" not in text(stranger.get(LIST))


def test_a_form_from_elsewhere_is_refused(tree: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_officer("county_officer", tree["county"]))

    assert send(client, lines("甲")).status_code == 403


def test_who_reads_english_sends_in_chinese_lists_and_reads_findings_in_english(officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    address = checked(officer, "甲", "甲")

    page = text(officer.get(address))

    assert "Row 3 repeats row 2" in page
    assert "第 3 行" not in page
    officer.cookies["django_language"] = "zh-hans"
    assert "第 3 行与第 2 行重复，只取前面一行。" in text(officer.get(address))


def test_a_disk_without_room_is_said_beside_the_field(
    officer: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(views.tempfile, "TemporaryDirectory", full)

    assert "磁盘空间已满" in text(send(officer, lines("甲")))


def test_another_fault_of_the_disk_is_not_taken_for_want_of_room(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(views.tempfile, "TemporaryDirectory", broken)

    with pytest.raises(OSError, match="Input/output error"):
        send(officer, lines("甲"))
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_any_length(
    officer: Client, number: int, django_assert_num_queries: Any
) -> None:
    for _time in range(number):
        send(officer, lines("甲"))
    officer.get(LIST)

    with django_assert_num_queries(8):
        officer.get(LIST)
