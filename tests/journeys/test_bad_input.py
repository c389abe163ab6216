"""Bad input on pages: a clear sentence, what was typed stays, nothing is written; any text is only text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import Grant
from jiangxin.honours.actions import add_collective
from jiangxin.honours.forms import ConferForm, NewHonourForm, RecheckForm, RevokeForm
from jiangxin.honours.models import Conferral, Honour
from jiangxin.kernel.search import drain as index
from jiangxin.kernel.sheets import running
from jiangxin.kernel.sheets.actions import ImportScope, begin_import, upload_sheet
from jiangxin.orgs.forms import EmployerNameForm, NewEmployerForm, NewOrgForm, RenameForm, SplitForm
from jiangxin.people.actions import give_consent
from jiangxin.people.forms import (
    AnswerForm,
    EmploymentForm,
    EntryForm,
    NewPersonForm,
    RevealForm,
    SkillForm,
    StandingForm,
)
from jiangxin.people.models import Employment, PassportEntry, Person, SkillLevel
from tests.cast import CITY_OFFICER, WELDER, persona, signed_in
from tests.journeys.scene import COLLEAGUE, SYSTEM, Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def officer(scene: Scene) -> Client:
    """The city officer's browser."""
    return signed_in(CITY_OFFICER)


def counted() -> tuple[int, ...]:
    models = (Person, Employment, SkillLevel, PassportEntry, Conferral, Grant)
    return tuple(model.objects.count() for model in models)


def sent(client: Client, name: str, data: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(name, args=args), data)


def test_two_current_units_are_refused_and_what_was_typed_stays(scene: Scene, officer: Client) -> None:
    before, unit = counted(), "龙沙区职业技术学校"

    answer = sent(officer, "people:work_employment", {"unit_text": unit, "post": "教师"}, scene.welder.uid)

    page = answer.content.decode()
    assert (answer.status_code, counted()) == (400, before)
    assert (f'value="{unit}"' in page, 'value="教师"' in page) == (True, True)
    assert "齐齐哈尔宏远重工有限公司" in page


@pytest.mark.parametrize("year", ["1990", "1991", "1920", "2099"])
def test_an_honour_outside_a_working_life_is_refused(scene: Scene, officer: Client, year: str) -> None:
    honour, before = Honour.objects.get(code="demo-5"), counted()
    facts = {"person": scene.welder.uid, "honour": honour.pk, "year": year, "decision_no": "演示〔1990〕3号"}

    answers = [
        sent(officer, "honours:work_confer", facts),
        sent(
            officer,
            "people:work_entry",
            {"kind": "people.milestone", "title": "岗位能手", "happened": year},
            scene.welder.uid,
        ),
    ]

    assert ([answer.status_code for answer in answers], counted()) == ([400, 400], before)
    assert "演示〔1990〕3号" in answers[0].content.decode()


def test_a_birth_date_after_the_honours_is_refused(scene: Scene, officer: Client) -> None:
    leader = persona("zhaotiesheng").person
    assert leader is not None

    answer = sent(officer, "people:work_edit", {"name": leader.name, "birth": "2015年1月2日"}, leader.uid)

    assert answer.status_code == 400
    assert "护照里已有 2012 年的记录，出生年份不能是 2015 年，请核对。" in answer.content.decode()
    assert Person.objects.get(pk=leader.pk).birth_on == leader.birth_on


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("11010119900230451X", "不是一个真实的出生日期"),
        ("110101199003074511", "第 18 位应为 4"),
        ("1101011990030745", "现为 16 位"),
        ("11010120990307451X", "在今天之后"),
        ("\u202e11010119900307451X", "身份证"),
    ],
)
def test_an_impossible_identity_number_is_told_beside_its_field(
    scene: Scene, officer: Client, number: str, sentence: str
) -> None:
    before = counted()

    answer = sent(
        officer, "people:work_add", {"name": "苏望舒", "id_number": number, "unit_text": "宏远重工"}
    )

    page = answer.content.decode()
    assert (answer.status_code, counted()) == (400, before)
    assert (sentence in page, 'value="苏望舒"' in page) == (True, True)


UNKNOWN = {
    "ethnic group": ("people:work_add", {"name": "苏望舒", "ethnic": "99"}),
    "sex": ("people:work_add", {"name": "苏望舒", "sex": "3"}),
    "political status": ("people:work_add", {"name": "苏望舒", "political_status": "77"}),
    "education": ("people:work_add", {"name": "苏望舒", "education": "0"}),
    "region": ("people:work_add", {"name": "苏望舒", "region": "999999"}),
    "region by name": ("people:work_add", {"name": "苏望舒", "region": "乌有之乡"}),
    "union": ("people:work_add", {"name": "苏望舒", "org": "不存在的工会"}),
    "kind of worker": ("people:work_employment", {"unit_text": "x", "worker_kind": "boss"}),
    "level": ("people:work_skill", {"occupation_text": "焊工", "level": "9", "how": "exam"}),
    "way": ("people:work_skill", {"occupation_text": "焊工", "level": "3", "how": "luck"}),
    "standing": ("people:work_standing", {"move": "fly"}),
    "kind of entry": ("people:work_entry", {"kind": "honours.conferral", "title": "x", "happened": "2020"}),
    "kind of union": ("orgs:add", {"name": "新工会", "kind": "guild"}),
    "region of a union": ("orgs:add", {"name": "新工会", "kind": "branch", "region": "999999"}),
    "credit code": ("orgs:add_employer", {"name": "新单位", "uscc": "91230200MA18X00000"}),
    "industry": ("orgs:add_employer", {"name": "新单位", "industry": "999999"}),
    "honour": ("honours:work_confer", {"person": "?", "honour": "999999", "year": "2020"}),
    "pot": ("honours:work_confer", {"person": "?", "honour": "?", "year": "2020", "pot": "huge"}),
    "grounds": ("honours:work_revoke", {"grounds": "whim", "reason": "经核查不符合评选条件"}),
    "role": (
        "accounts:give_grant",
        {"user": "zhoumin", "role": "emperor", "org": "齐齐哈尔市总工会（演示）"},
    ),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_a_code_that_is_in_no_table_is_refused(scene: Scene, officer: Client, what: str) -> None:
    name, data = UNKNOWN[what]
    known = {"person": scene.welder.uid, "honour": str(scene.conferral.honour_id)}
    thing = {"people": scene.welder.uid, "orgs": scene.union.uid, "honours": scene.conferral.uid}
    closed = name in {"people:work_add", "honours:work_confer", "accounts:give_grant"}
    before = counted()

    answer = sent(
        officer,
        name,
        {key: known.get(key, value) if value == "?" else value for key, value in data.items()},
        *([] if closed else [thing[name.partition(":")[0]]]),
    )

    assert (answer.status_code in {200, 400}, counted()) == (True, before)
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/work/people/?state=zombie&region=999999&org=x&honour=none&after=%00",
        "/work/people/?q=%00&after=zzzz",
        "/work/links/?page=-1",
        "/work/honours/?year=9999999999&state=zombie&honour=abc&page=x",
        "/work/orgs/?kind=x&state=x&region=abc&page=99999999999999999999",
        "/work/orgs/employers/?size=x",
        "/work/employers/?size=x&section=%27%22%3E",
        "/work/grants/?stale=%00&page=0",
        "/work/users/?q=%00%27--",
        "/register/?year=abc&region=%27&after=%00&q=%F0%9F%92%A9",
        "/statistics/?level=%00",
        "/regions/?q=%00",
    ],
)
def test_nonsense_in_an_address_narrows_nothing_or_finds_nothing(officer: Client, address: str) -> None:
    assert officer.get(address).status_code in {200, 400, 404}


NAMES = (
    # typed, kept, another way of asking for it
    ("欧 阳 小 芳", "欧阳小芳", "ouyang"),
    ("　韩\u3000\u3000云起 ", "韩云起", "hanyunqi"),
    ("𠮷野𡈼", "𠮷野𡈼", "𠮷野𡈼"),
    ("王𬭎", "王𬭎", "王𬭎"),
    ("㐂䶮𬱖𫖯𬍛", "㐂䶮𬱖𫖯𬍛", "㐂䶮"),
    ("林\u200b小\u202e满\ufeff", "林小满", "linxiaoman"),
    ("买买提 · 艾力", "买买提·艾力", "买买提艾力"),
    ("阿依努尔•吐尔逊", "阿依努尔·吐尔逊", "阿依努尔吐尔逊"),
    ("Anna  Maria  Li", "Anna Maria Li", "anna"),
)


@pytest.mark.parametrize("field", ["name", "unit_text", "post", "id_number", "phone"])
def test_a_nul_byte_is_refused_beside_its_field(scene: Scene, officer: Client, field: str) -> None:
    before = counted()

    answer = sent(officer, "people:work_add", {"name": "苏望舒", "unit_text": "宏远重工", field: "苏\0望舒"})

    assert (answer.status_code, counted()) == (400, before)
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_list_with_four_byte_characters_goes_in_as_written(
    scene: Scene, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("姓名,单位,性别\n𠮷野𡈼,㐂洋配件厂,女\n王𬭎,㐂洋配件厂,男\n".encode(encoding))
    run = upload_sheet(ImportScope(scene.union.path), path=file, name=file.name, sheet="people", by=SYSTEM)

    run = running.check_import(run, by=SYSTEM)
    running.apply_import(begin_import(run, by=SYSTEM), by=SYSTEM)

    made = Person.objects.filter(unit_text="㐂洋配件厂").order_by("pk")
    assert [person.name for person in made] == ["𠮷野𡈼", "王𬭎"]


def _registered(officer: Client, typed: str) -> Person:
    answer = sent(
        officer, "people:work_add", {"name": typed, "unit_text": "宏远重工", "org": "", "post": "焊工"}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Person.objects.get(uid=answer["Location"].rstrip("/").rpartition("/")[2])


@pytest.mark.parametrize(("typed", "kept", "asked"), NAMES)
def test_a_name_is_shown_and_found_in_its_one_written_form(
    scene: Scene, officer: Client, client: Client, typed: str, kept: str, asked: str
) -> None:
    made = _registered(officer, typed)
    give_consent(made, purpose="profile", by=SYSTEM)
    while index():
        continue

    record = officer.get(reverse("people:work_person", args=[made.uid])).content.decode()
    public = client.get(reverse("people:person", args=[made.uid])).content.decode()
    found = {
        words: made.uid in officer.get(reverse("people:work_people"), {"q": words}).content.decode()
        for words in (typed, kept, asked)
    }

    assert (made.name, kept in record, kept in public) == (kept, True, True)
    assert found == dict.fromkeys((typed, kept, asked), True)
    assert kept in client.get(reverse("insights:register"), {"q": typed}).content.decode()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize(("typed", "kept", "asked"), NAMES)
def test_a_name_is_printed_whole_in_the_passport(
    scene: Scene, officer: Client, tmp_path: Path, typed: str, kept: str, asked: str
) -> None:
    del asked
    made, welder = _registered(officer, typed), persona(WELDER)
    welder.person = made
    welder.save()

    pdf = tmp_path / "passport.pdf"
    pdf.write_bytes(signed_in(WELDER).get(reverse("honours:my_passport")).content)
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout

    assert kept in text


PAYLOAD = "\"><b onload=x>'--"  # short enough for every field
ATTACK = "\"><script>alert(1)</script>'; DROP TABLE people_person; --{{ 7*7 }}{% now 'Y' %}"


def _forms(scene: Scene) -> list[tuple[str, type[forms.Form], dict[str, Any]]]:
    """(address, form, values that pass) of every form of people, organisations and honours that takes text."""
    record, union, held = scene.welder.uid, scene.union.uid, scene.conferral.uid
    assert scene.union.employer is not None
    day = {"seen": ""}

    def at(name: str, *args: str) -> str:
        return reverse(name, args=args)

    return [
        (at("people:work_add"), NewPersonForm, {"name": "苏望舒", "unit_text": "宏远重工"}),
        (at("people:work_employment", record), EmploymentForm, {"unit_text": "旧厂", "note": "兼职"}),
        (at("people:work_skill", record), SkillForm, {"occupation_text": "焊工", "level": "3", "how": "exam"}),
        (
            at("people:work_entry", record),
            EntryForm,
            {"kind": "people.milestone", "title": "带徒", "happened": "2020"},
        ),
        (at("people:work_standing", record), StandingForm, {"move": "mark_retired"}),
        (at("people:work_reveal", record, "phone"), RevealForm, {"reason": "核对报名材料"}),
        (at("people:work_dispute", scene.dispute.uid), AnswerForm, {"answer": "已核对", "decision": "refuse"}),
        (at("orgs:add", union), NewOrgForm, {"name": "焊接二分会", "kind": "branch"}),
        (at("orgs:rename", union), RenameForm, {"name": "宏远工会", **day}),
        (at("orgs:split", union), SplitForm, {"name": "宏远二工会", **day}),
        (at("orgs:add_employer", union), NewEmployerForm, {"name": "宏远配件有限公司"}),
        (
            at("orgs:employer_name", scene.union.employer.uid),
            EmployerNameForm,
            {"name": "宏远厂", "kind": "short"},
        ),
        (
            at("honours:work_confer"),
            ConferForm,
            {"person": record, "honour": scene.conferral.honour_id, "year": "2019"},
        ),
        (
            at("honours:work_revoke", held),
            RevokeForm,
            {"grounds": "procedure", "reason": "评选程序经核查不合规定"},
        ),
        (
            at("honours:work_recheck", scene.arguments["honours:work_recheck"]["uid"]),
            RecheckForm,
            {"answer": "doubt", "note": "社保缴纳有中断，待核"},
        ),
        (
            at("honours:work_titles"),
            NewHonourForm,
            {"intent": "add", "title": "鹤城工匠", "code": "hecheng", "level": "city", "granter": "市总工会",
             "kind": "person"},
        ),
    ]  # fmt: skip


def _text_fields(form: type[forms.Form]) -> list[str]:
    return [name for name, field in form.base_fields.items() if isinstance(field, forms.CharField)]


def _shown_on(scene: Scene) -> list[str]:
    """Pages on which the typed text may turn up."""
    assert scene.union.employer is not None
    return [
        reverse("people:work_people"),
        reverse("people:work_person", args=[scene.welder.uid]),
        reverse("people:person", args=[scene.welder.uid]),
        reverse("people:work_dispute", args=[scene.dispute.uid]),
        reverse("orgs:org", args=[scene.union.uid]),
        reverse("orgs:tree_at", args=[scene.union.uid]),
        reverse("orgs:employer", args=[scene.union.employer.uid]),
        reverse("honours:work_honours"),
        reverse("honours:work_conferral", args=[scene.conferral.uid]),
        reverse("honours:catalogue"),
        reverse("insights:work"),
    ]


@pytest.mark.parametrize("payload", [PAYLOAD, ATTACK])
@pytest.mark.parametrize("place", range(16))
def test_any_text_in_any_field_is_only_text(scene: Scene, officer: Client, place: int, payload: str) -> None:
    address, form, good = _forms(scene)[place]
    wrong = []
    for name in _text_fields(form):
        answer = officer.post(address, {**good, name: payload}, follow=True)
        if answer.status_code not in {200, 400} or payload in answer.content.decode():
            wrong.append((name, answer.status_code))

    pages = {page: officer.get(page) for page in _shown_on(scene)}
    assert wrong == []
    assert {page: answer.status_code for page, answer in pages.items() if answer.status_code != 200} == {}
    assert [page for page, answer in pages.items() if payload in answer.content.decode()] == []
    assert Person.objects.filter(pk=scene.welder.pk).exists()


def test_every_form_of_the_three_apps_is_tried(scene: Scene) -> None:
    assert len(_forms(scene)) == 16
    assert [address for address, form, _ in _forms(scene) if not _text_fields(form)] == []


@pytest.mark.parametrize("payload", [PAYLOAD, ATTACK])
def test_what_a_worker_writes_is_shown_to_the_officer_as_text(
    scene: Scene, officer: Client, payload: str
) -> None:
    entry = PassportEntry.objects.filter(person=scene.welder).order_by("pk").last()
    assert entry is not None
    worker, data = signed_in(WELDER), {"intent": "dispute", "kind": "hide", "text": payload}

    worker.post(reverse("people:entry", args=[entry.uid]), data)

    dispute = scene.welder.disputes.get(entry=entry)
    page = officer.get(reverse("people:work_dispute", args=[dispute.uid])).content.decode()
    own = worker.get(reverse("people:entry", args=[entry.uid])).content.decode()
    assert (dispute.text, payload in page + own) == (payload, False)
    assert "&lt;" in page


def test_a_collective_keeps_its_strange_name_as_text(scene: Scene, officer: Client, client: Client) -> None:
    made = add_collective(name=PAYLOAD, org=scene.union, by=SYSTEM)

    sent(officer, "honours:work_confer", {"collective": PAYLOAD, "honour": "x", "year": "2020"})
    page = client.get(reverse("insights:register"), {"q": PAYLOAD}).content.decode()

    assert (made.name, PAYLOAD in page) == (PAYLOAD, False)


def _twice(client: Client, address: str, data: dict[str, Any]) -> list[int]:
    return [client.post(address, data).status_code for _ in range(2)]


def test_a_double_click_confers_one_honour(scene: Scene, officer: Client) -> None:
    data = {"person": scene.welder.uid, "honour": Honour.objects.get(code="demo-7").pk, "year": "2018"}

    statuses = _twice(officer, reverse("honours:work_confer"), data)

    assert statuses == [302, 400]
    assert Conferral.objects.filter(person=scene.welder, year=2018).count() == 1


def test_a_double_click_revokes_once(scene: Scene, officer: Client) -> None:
    data = {"grounds": "procedure", "reason": "评选程序经核查不合规定。"}

    statuses = _twice(officer, reverse("honours:work_revoke", args=[scene.conferral.uid]), data)

    scene.conferral.refresh_from_db()
    assert (statuses, scene.conferral.state) == ([302, 400], "revoked")


@pytest.mark.parametrize(("decision", "state"), [("confirm", "confirmed"), ("refuse", "refused")])
def test_a_double_click_decides_a_link_once(scene: Scene, officer: Client, decision: str, state: str) -> None:
    Person.objects.filter(name=COLLEAGUE).update(id_number_index=None)
    address = reverse("people:work_link", args=[scene.proposal.uid])

    statuses = _twice(officer, address, {"decision": decision})

    scene.proposal.refresh_from_db()
    assert (statuses[0], statuses[1] < 500, scene.proposal.state) == (302, True, state)


def test_a_double_click_gives_a_role_once(scene: Scene, officer: Client) -> None:
    before = Grant.objects.count()
    data = {"user": "qianyifan", "role": "grassroots_officer", "org": scene.union.name}

    statuses = _twice(officer, reverse("accounts:give_grant"), data)

    assert (statuses[0], statuses[1] in {200, 400}, Grant.objects.count()) == (302, True, before + 1)


def test_a_double_click_ends_a_role_once(scene: Scene, officer: Client) -> None:
    address = reverse("accounts:end_grant", kwargs=scene.arguments["accounts:end_grant"])

    statuses = _twice(officer, address, {"note": "岗位调整"})

    assert (statuses[0], statuses[1] < 500) == (302, True)
    assert Grant.objects.get(uid=scene.arguments["accounts:end_grant"]["uid"]).ended_at is not None
