"""Many honours at once: filters, issuing with progress, certificates as one document or a ZIP, export, print."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import begin_issuing, issue_credential, suspend_conferral
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.queries.conferrals import ConferralFilter, conferrals_for, offices_of
from jiangxin.honours.queries.tasks import actor_named
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour
from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.kernel.files import StoredFile
from jiangxin.kernel.jobs import Progress, drain, request_cancel
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
BATCH = "honours:work_batch"
REASON = "举报待查，先行暂停并核实。"


@pytest.fixture
def many(tree: dict[str, Org]) -> list[Conferral]:
    """Three of the city (one below a county), one of another city."""
    honour = make_honour()
    places = ("city", "branch", "branch", "other_city")
    return [
        make_conferral(
            PersonFactory(name=name, org=tree[place], is_public=True), honour, 2024, unit_text="宏远重工"
        )
        for name, place in zip(("林小满", "赵铁生", "周敏", "丁一"), places, strict=True)
    ]


@pytest.fixture
def client_here(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


def post(client: Client, intent: str, *chosen: Conferral, **more: str) -> Any:
    return client.post(reverse(BATCH), {"intent": intent, "uid": [each.uid for each in chosen], **more})


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


class TestFilters:
    """The list narrows by what officers think in."""

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [(ConferralFilter(), ["周敏", "赵铁生", "林小满"]), (ConferralFilter(text="周敏"), ["周敏"]),
         (ConferralFilter(text="宏远"), ["周敏", "赵铁生", "林小满"]), (ConferralFilter(year=2023), []),
         (ConferralFilter(state="suspended"), ["赵铁生"]), (ConferralFilter(credential="held"), ["赵铁生"]),
         (ConferralFilter(credential="missing"), ["周敏", "林小满"]), (ConferralFilter(org="nowhere"), [])],
    )  # fmt: skip
    def test_each_narrows_within_the_own_organisations(
        self, many: list[Conferral], officer: User, wanted: ConferralFilter, names: list[str]
    ) -> None:
        issue_credential(many[1], by=SYSTEM)
        suspend_conferral(many[1], reason=REASON, by=SYSTEM)

        assert [each.holder_name for each in conferrals_for(officer, wanted)] == names

    def test_by_organisation(self, many: list[Conferral], officer: User, tree: dict[str, Org]) -> None:
        offered = [uid for uid, _name in offices_of(officer)]
        below = conferrals_for(officer, ConferralFilter(org=tree["county"].uid))
        elsewhere = conferrals_for(officer, ConferralFilter(org=tree["other_city"].uid))

        assert offered == [tree["city"].uid, tree["county"].uid]
        assert (below.count(), elsewhere.count()) == (2, 0)

    def test_the_page_asks_the_same_number_of_questions_for_one_and_for_thirty(
        self, client_here: Client, many: list[Conferral], tree: dict[str, Org]
    ) -> None:
        url = reverse("honours:work_honours")
        client_here.get(url)
        with CaptureQueriesContext(connection) as few:
            client_here.get(url)
        for number in range(27):
            make_conferral(PersonFactory(org=tree["branch"]), many[0].honour, 1990 + number)
        with CaptureQueriesContext(connection) as thirty:
            client_here.get(url)

        assert len(few) == len(thirty) <= 15


class TestIssuing:
    """Credentials for many, in the background."""

    def test_the_ticked_ones_get_theirs(self, client_here: Client, many: list[Conferral]) -> None:
        suspend_conferral(many[2], reason=REASON, by=SYSTEM)
        issue_credential(many[0], by=SYSTEM)

        answer = post(client_here, "issue", *many)
        drain()

        task = Progress.objects.get()
        assert answer.headers["Location"] == reverse("honours:work_task", args=[task.uid])
        assert (task.state, task.total, task.done) == ("done", 3, 3)
        assert task.message == (
            "新签发 1 份。1 份此前已经签发。1 项没有签发：这项荣誉目前不在有效状态，不能签发凭证。"
        )
        assert sorted(Credential.objects.values_list("conferral", flat=True)) == [many[0].pk, many[1].pk]

    def test_each_credential_is_logged_under_who_asked(
        self, client_here: Client, many: list[Conferral], officer: User
    ) -> None:
        post(client_here, "issue", many[0], many[1])
        drain()

        logged = Event.objects.filter(kind="action", name="honours.issue_credential", actor=officer.actor_id)
        assert logged.filter(object_type="honours.credential").count() == 2

    def test_all_that_the_filter_finds_and_nothing_else(
        self, client_here: Client, many: list[Conferral]
    ) -> None:
        post(client_here, "issue", all="1", q="周敏")
        drain()

        assert [each.conferral for each in Credential.objects.all()] == [many[2]]

    def test_a_hundred_are_counted_and_confirmed_first(
        self, client_here: Client, tree: dict[str, Org], many: list[Conferral]
    ) -> None:
        for year in range(1925, 2024):
            make_conferral(many[0].person, many[0].honour, year)

        asked = post(client_here, "issue", all="1", q="林小满").content.decode()

        assert ("将为 100 项荣誉签发凭证" in asked, 'name="confirmed" value="1"' in asked) == (True, True)
        assert (Progress.objects.count(), 'name="q" value="林小满"' in asked) == (0, True)

    def test_running_it_again_changes_nothing(self, many: list[Conferral], officer: User) -> None:
        pks = [each.pk for each in many[:3]]
        for _time in range(2):
            begin_issuing(conferrals=pks, by=officer)
            drain()

        assert Credential.objects.count() == 3
        assert Progress.objects.order_by("-pk")[0].message == "新签发 0 份。3 份此前已经签发。"

    def test_what_is_no_longer_ones_own_is_left_alone(self, many: list[Conferral], officer: User) -> None:
        begin_issuing(conferrals=[each.pk for each in many], by=officer)
        drain()

        assert Progress.objects.get().message == "新签发 3 份。1 项已不归您管理，没有处理。"
        assert not many[3].credentials.exists()

    def test_an_account_that_is_off_does_nothing_more(self, many: list[Conferral], officer: User) -> None:
        begin_issuing(conferrals=[many[0].pk], by=officer)
        User.objects.filter(pk=officer.pk).update(is_active=False)
        drain()

        assert (Progress.objects.get().state, Credential.objects.count()) == ("failed", 0)
        assert actor_named("nonsense") is None

    def test_it_can_be_stopped(self, many: list[Conferral], officer: User) -> None:
        request_cancel(begin_issuing(conferrals=[many[0].pk], by=officer))
        drain()

        assert (Progress.objects.get().state, Credential.objects.count()) == ("cancelled", 0)

    @pytest.mark.parametrize(("number", "code"), [(0, "nothing_chosen"), (20_001, "too_many")])
    def test_none_and_too_many_are_refused(self, officer: User, number: int, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            begin_issuing(conferrals=range(number), by=officer)

        assert refusal.value.code == code


class TestPrinting:
    """Certificates by the hundred."""

    def test_one_document_with_a_page_each(self, client_here: Client, many: list[Conferral]) -> None:
        for each in many[:2]:
            issue_credential(each, by=SYSTEM)

        answer = post(client_here, "pdf", *many)
        drain()

        task = Progress.objects.get()
        page = client_here.get(answer.headers["Location"]).content.decode()
        file = client_here.get(reverse("honours:work_task_file", args=[task.uid]))
        assert task.message == "已打印 2 份证书，文件保留 7 天。1 项没有有效凭证，没有打印。"
        assert reverse("honours:work_task_file", args=[task.uid]) in page
        assert (body(file)[:5], StoredFile.objects.get().name[-4:]) == (b"%PDF-", ".pdf")
        assert (task.done, task.total) == (3, 3)

    def test_a_file_each_in_a_zip(
        self, client_here: Client, many: list[Conferral], tree: dict[str, Org]
    ) -> None:
        team = make_collective(name="一班/二班", org=tree["city"], opath=tree["city"].path)
        pioneer = make_honour("pioneer", "临江市工人先锋号", kind="collective")
        for each in (many[0], held := make_conferral(team, pioneer, 2023)):
            issue_credential(each, by=SYSTEM)

        post(client_here, "zip", many[0], held)
        drain()

        made = body(client_here.get(reverse("honours:work_task_file", args=[Progress.objects.get().uid])))
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            names = sorted(name[:-11] for name in archive.namelist())
            starts = {archive.read(name)[:5] for name in archive.namelist()}
        assert (names, starts) == (
            ["一班／二班-临江市工人先锋号-2023", "林小满-临江市劳动模范-2024"],
            {b"%PDF-"},
        )

    def test_nothing_to_print_is_said(self, client_here: Client, many: list[Conferral]) -> None:
        answer = post(client_here, "pdf", many[0])
        drain()

        assert (
            "所选荣誉都没有有效凭证，请先签发凭证。"
            in client_here.get(answer.headers["Location"]).content.decode()
        )

    def test_the_file_of_another_officer_does_not_exist(
        self, client_here: Client, many: list[Conferral], tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        issue_credential(many[0], by=SYSTEM)
        post(client_here, "pdf", many[0])
        drain()
        other = sign_in(accounts.make_officer("city_officer", tree["city"]))
        names = ("work_task", "work_task_part", "work_task_file")

        answers = [other.get(reverse(f"honours:{name}", args=[Progress.objects.get().uid])) for name in names]

        assert [each.status_code for each in answers] == [404, 404, 404]
        assert "打印证书（合成一份）" not in other.get(reverse("honours:work_tasks")).content.decode()
        assert "打印证书（合成一份）" in client_here.get(reverse("honours:work_tasks")).content.decode()

    def test_the_moving_part_and_stopping(self, client_here: Client, many: list[Conferral]) -> None:
        post(client_here, "issue", many[0])
        uid = Progress.objects.get().uid

        part = client_here.get(reverse("honours:work_task_part", args=[uid]))
        client_here.post(reverse("honours:work_task_cancel", args=[uid]))
        ended = client_here.get(reverse("honours:work_task_part", args=[uid]))

        assert ("HX-Refresh" in part.headers, "HX-Refresh" in ended.headers) == (False, True)
        assert Progress.objects.get().state == "cancelled"
        assert client_here.post(reverse("honours:work_task_cancel", args=[uid])).status_code == 302


class TestLeaving:
    """Lists that leave the house."""

    def test_csv_of_what_the_filter_finds(self, client_here: Client, many: list[Conferral]) -> None:
        answer = post(client_here, "csv", all="1", year="2024")

        lines = body(answer).decode("utf-8-sig").splitlines()
        assert len(lines) == 2 + 3
        assert lines[2].startswith("周敏,个人,临江市劳动模范,市级,2024,")
        assert Event.objects.get(name="honours.conferrals_exported").payload == {"what": "list", "count": 3}

    def test_xlsx_of_the_ticked_ones(self, client_here: Client, many: list[Conferral]) -> None:
        answer = post(client_here, "xlsx", many[0], many[3])

        rows = list(load_workbook(io.BytesIO(body(answer))).active.iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == ["获得者", "林小满"]

    def test_on_paper(self, client_here: Client, many: list[Conferral]) -> None:
        page = client_here.get(reverse("honours:work_printed"), {"q": "林小满"}).content.decode()

        assert ("林小满" in page, "周敏" in page, "共 1 项" in page) == (True, False, True)

    def test_nothing_chosen_and_unknown_wishes_lead_back(
        self, client_here: Client, many: list[Conferral]
    ) -> None:
        answers = [post(client_here, "issue"), post(client_here, "fly", many[0])]

        assert [each.headers["Location"] for each in answers] == [reverse("honours:work_honours")] * 2
        assert Progress.objects.count() == 0

    def test_who_only_looks_cannot_take_lists_away(
        self, many: list[Conferral], tree: dict[str, Org], sign_in: SignIn
    ) -> None:
        reviewer = sign_in(accounts.make_officer("city_reviewer", tree["city"]))

        assert post(reviewer, "csv", many[0]).status_code == 404
        assert "对全部结果" not in reviewer.get(reverse("honours:work_honours")).content.decode()
