"""Lists of organisations and employers as files: as filtered, as far as one's own roles reach, and written in the log."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from jiangxin.accounts.tests.factories import make_officer
from jiangxin.kernel.events import Event
from jiangxin.kernel.files import StoredFile, remove_file
from jiangxin.kernel.jobs import Progress
from jiangxin.kernel.jobs import drain as work_off
from jiangxin.kernel.search import drain, mark
from jiangxin.kernel.sheets.offers import importable_for, offered_sheets
from jiangxin.orgs import actions
from jiangxin.orgs.models import Org
from jiangxin.orgs.queries import searching
from jiangxin.orgs.tests.factories import make_employer, make_industry, make_org
from jiangxin.orgs.views import leaving

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, tree):
    user = make_officer("city_officer", tree["city"], "xuqinghe")
    client.force_login(user)
    return user


def taken(client, name="export_orgs", **wanted):
    return client.post(reverse(f"orgs:{name}"), {"format": "csv", **wanted})


def lines(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def names(answer, column="组织名称"):
    _class, heads, *rows = lines(answer)
    return [row[heads.index(column)] for row in rows]


def told():
    found = Event.objects.filter(name="orgs.list_exported").order_by("pk")
    return [(each.actor, each.payload) for each in found]


def test_the_list_leaves_in_the_order_of_the_tree_and_the_log_says_so(client, officer, tree):
    answer = taken(client)

    assert names(answer) == ["临江市总工会", "东城县总工会", "宏远重工工会", "焊接分会"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert told() == [(officer.actor_id, {"what": "orgs", "count": 4})]


def test_filters_go_along(client, officer, tree, system):
    actions.close_org(tree["branch"], by=system)

    assert names(taken(client, kind="enterprise")) == ["宏远重工工会"]
    assert names(taken(client, state="closed")) == ["焊接分会"]


def test_the_whole_country_on_the_screen_is_ones_own_part_in_the_file(client, officer, tree):
    assert "望海市总工会" in client.get(reverse("orgs:orgs"), {"all": "1"}).content.decode()

    assert names(taken(client, all="1")) == ["临江市总工会", "东城县总工会", "宏远重工工会", "焊接分会"]


def test_words_find_in_the_file_what_they_find_on_the_screen(client, officer, tree, system, monkeypatch):
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    for number in range(5):
        make_org(f"宏远第{number}工会", parent=tree["county"])
    make_org("宏远望海工会", parent=tree["other_city"])
    mark(searching.KIND, Org.objects.values_list("pk", flat=True))
    actions.rename_org(tree["enterprise"], name="远大装备工会", by=system)
    drain()

    assert names(taken(client, q="宏远")) == [
        "远大装备工会",
        *(f"宏远第{number}工会" for number in range(5)),
    ]


def test_formulas_in_names_do_not_run(client, officer, tree):
    make_org("=HYPERLINK(1)", parent=tree["county"])

    assert "'=HYPERLINK(1)" in names(taken(client))


def test_xlsx_holds_the_same_rows_and_goes_in_again(client, officer, tree):
    Org.objects.filter(pk=tree["county"].pk).update(code="COUNTY", founded_on="1958-03-01")

    answer = taken(client, format="xlsx", kind="county")

    page = load_workbook(io.BytesIO(answer.content)).active
    heads, row = ([cell.value for cell in line] for line in list(page.rows)[1:3])
    assert dict(zip(heads, row, strict=True)) == {
        "组织编号": "COUNTY",
        "组织名称": "东城县总工会",
        "类型": "县级工会",
        "上级编号": None,
        "简称": None,
        "区划代码": None,
        "成立日期": "1958-03-01",
        "上级": "临江市总工会",
        "地区": None,
        "状态": "在册",
        "系统编号": tree["county"].uid,
    }


def test_employers_leave_with_every_name_they_had(client, officer, tree, system):
    steel = make_employer("临江钢铁有限公司", org=tree["enterprise"], industry=make_industry(), size="large")
    actions.rename_employer(steel, name="临江特钢有限公司", by=system)
    make_employer("望海船厂", org=tree["other_city"])
    make_employer("无主单位")

    answer = taken(client, "export_employers", all="1", size="large")

    _class, heads, *rows = lines(answer)
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(each["单位名称"], each["用过的名称"], each["行业"], each["所属工会"]) for each in found] == [
        ("临江特钢有限公司", "临江钢铁有限公司", "制造业", "宏远重工工会")
    ]
    assert told() == [(officer.actor_id, {"what": "employers", "count": 1})]


def test_employers_of_others_and_of_nobody_stay(client, officer, tree):
    make_employer("临江钢铁", org=tree["enterprise"])
    make_employer("望海船厂", org=tree["other_city"])
    make_employer("无主单位")

    assert names(taken(client, "export_employers", all="1"), "单位名称") == ["临江钢铁"]


def test_the_command_line_takes_employers_too_and_offers_no_way_to_import_them(officer, tree, system):
    make_employer("临江钢铁", org=tree["enterprise"])
    make_employer("望海船厂", org=tree["other_city"])
    sheet = offered_sheets()["employers"].sheet

    assert [row["name"] for row in sheet.export(system, path=tree["city"].path)] == ["临江钢铁"]
    assert "employers" not in importable_for(officer)


def test_nothing_found_leads_back_to_the_list_with_its_filters(client, officer, tree):
    answer = taken(client, kind="national", all="1")

    assert (answer.status_code, answer.url) == (302, f"{reverse('orgs:orgs')}?kind=national&all=1")
    assert "这里没有可以导出的记录" in client.get(answer.url).content.decode()
    assert told() == []


@pytest.mark.parametrize("role", ["team_leader", "city_reviewer"])
def test_who_only_looks_is_not_offered_it_and_cannot_take_it(client, tree, role):
    client.force_login(make_officer(role, tree["city"], "looker"))

    assert "导出名单" not in client.get(reverse("orgs:orgs")).content.decode()
    assert "导出名单" not in client.get(reverse("orgs:employers")).content.decode()
    assert (taken(client).status_code, taken(client, "export_employers").status_code) == (404, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_asks_the_same_number_of_questions_however_long(
    client, officer, tree, count, django_assert_max_num_queries
):
    for number in range(count):
        make_employer(f"第{number}厂", org=tree["enterprise"])
    client.get(reverse("orgs:employers"))

    with django_assert_max_num_queries(22):
        assert len(names(taken(client, "export_employers"), "单位名称")) == count


class TestALongListIsWrittenInTheBackground:
    @pytest.fixture(autouse=True)
    def long(self, monkeypatch):
        monkeypatch.setattr(leaving, "MOST_AT_ONCE", 2)

    def test_with_progress_and_a_file_that_is_kept(self, client, officer, tree):
        answer = taken(client, format="xlsx")
        waiting = client.get(answer.url).content.decode()
        work_off()

        task = Progress.objects.get()
        done = client.get(answer.url).content.decode()
        content = b"".join(client.get(reverse("orgs:export_file", args=[task.uid])).streaming_content)
        page = load_workbook(io.BytesIO(content)).active
        assert answer.url == reverse("orgs:export", args=[task.uid])
        assert ("导出组织名单" in waiting, "已导出 4 条，文件保留 7 天。" in done) == (True, True)
        assert [row[1].value for row in page.rows][2:] == [
            "临江市总工会",
            "东城县总工会",
            "宏远重工工会",
            "焊接分会",
        ]
        assert told() == [(officer.actor_id, {"what": "orgs", "count": 4})]
        assert task.label in client.get(reverse("orgs:exports")).content.decode()

    def test_a_csv_of_any_length_streams_at_once(self, client, officer, tree):
        assert len(names(taken(client))) == 4
        assert not Progress.objects.exists()

    def test_it_can_be_stopped_before_it_begins(self, client, officer, tree):
        task_url = taken(client, format="xlsx").url
        task = Progress.objects.get()
        client.post(reverse("orgs:export_cancel", args=[task.uid]))
        work_off()

        task.refresh_from_db()
        assert (task.state, told()) == ("cancelled", [])
        assert client.get(task_url).status_code == 200
        part = client.get(reverse("orgs:export_part", args=[task.uid]))
        assert part["HX-Refresh"] == "true"
        again = client.post(reverse("orgs:export_cancel", args=[task.uid]), follow=True)
        assert "这项工作已经结束" in again.content.decode()

    def test_it_stops_in_the_middle(self, client, officer, tree, monkeypatch):
        monkeypatch.setattr("jiangxin.orgs.jobs.AT_ONCE", 1)
        taken(client, format="xlsx")
        Progress.objects.update(cancel_requested=True)
        work_off()

        assert (Progress.objects.get().state, told()) == ("cancelled", [])

    def test_an_account_that_is_off_takes_nothing_away(self, client, officer, tree):
        taken(client, format="xlsx")
        type(officer).objects.filter(pk=officer.pk).update(is_active=False)
        work_off()

        task = Progress.objects.get()
        assert (task.state, task.message) == ("failed", "发起人的账号已停用，工作没有进行。")
        assert told() == []

    def test_what_is_too_long_for_a_spreadsheet_is_said(self, client, officer, tree, monkeypatch):
        monkeypatch.setattr("jiangxin.kernel.sheets.exporting.MOST_ROWS_XLSX", 3)
        answer = taken(client, format="xlsx")
        work_off()

        assert "超过一百万行，XLSX 放不下，请导出 CSV。" in client.get(answer.url).content.decode()

    def test_a_file_past_its_term_is_said_to_be_gone(self, client, officer, tree):
        answer = taken(client, format="xlsx")
        work_off()
        task = Progress.objects.get()
        remove_file(StoredFile.objects.get(uid=task.result))

        assert "文件已过保管期限，请重新导出。" in client.get(answer.url).content.decode()
        assert client.get(reverse("orgs:export_file", args=[task.uid])).status_code == 404

    def test_the_export_of_another_does_not_exist(self, client, officer, tree):
        taken(client, format="xlsx")
        work_off()
        uid = Progress.objects.get().uid
        client.force_login(make_officer("city_officer", tree["city"], "another"))

        for name in ("export", "export_part", "export_file"):
            assert client.get(reverse(f"orgs:{name}", args=[uid])).status_code == 404
        assert client.post(reverse("orgs:export_cancel", args=[uid])).status_code == 404
