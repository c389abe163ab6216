"""Bad input on pages: a clear sentence, what was typed stays, nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.models import Grant
from jiangxin.honours.models import Conferral, Honour
from jiangxin.people.models import Employment, PassportEntry, Person, SkillLevel
from tests.cast import persona
from tests.journeys.scene import Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


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


@pytest.mark.parametrize("field", ["name", "unit_text", "post", "id_number", "phone"])
def test_a_nul_byte_is_refused_beside_its_field(scene: Scene, officer: Client, field: str) -> None:
    before = counted()

    answer = sent(officer, "people:work_add", {"name": "苏望舒", "unit_text": "宏远重工", field: "苏\0望舒"})

    assert (answer.status_code, counted()) == (400, before)
    assert 'aria-invalid="true"' in answer.content.decode()
