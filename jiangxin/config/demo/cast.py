"""The cast: eight personas and the machine, with the accounts and offices they hold; all invented."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from jiangxin.accounts.models import Grant, User
from jiangxin.config.demo.tree import CAST_UNIT, Grove
from jiangxin.config.demo.workers import Worker, WorkerMaker
from jiangxin.orgs.models import Employer, Occupation, Org
from jiangxin.people.models import Employment, Person, SkillLevel, Source

OTHER_CITY = "210200"


@dataclass(frozen=True)
class Part:
    """One persona: sign-in name, name, role, and where the office is."""

    username: str
    name: str
    role: str
    place: str
    sex: str = ""
    birth: datetime.date | None = None
    post: str = ""
    level: int = 0


PARTS = (
    Part("linxiaoman", "林小满", "worker", "unit", "female", datetime.date(1991, 5, 21), "电焊工", 5),
    Part(
        "zhaotiesheng", "赵铁生", "team_leader", "unit", "male", datetime.date(1972, 11, 3), "焊接班班长", 7
    ),
    Part("zhoumin", "周敏", "grassroots_officer", "unit", "female", datetime.date(1980, 3, 9), "工会主席", 0),
    Part("heyanqiu", "何砚秋", "city_reviewer", "city"),
    Part("xuqinghe", "许青禾", "city_officer", "city"),
    Part("guchanghe", "顾长河", "national_officer", "national"),
    Part("qianyifan", "钱一帆", "employer", "unit"),
    Part("dingyi", "丁一", "city_officer", "other_city"),
)


def cast_city(grove: Grove) -> Org:
    """The city in which the cast works."""
    return _places(grove)["city"]


def _places(grove: Grove) -> dict[str, Org]:
    unit = next(union for union, employer, _ in grove.units if employer.name == CAST_UNIT)
    cities = {city.region.code: city for city in grove.cities if city.region}
    return {
        "unit": unit,
        "city": cities["230200"],
        "national": grove.national,
        "other_city": cities[OTHER_CITY],
    }


def _person(part: Part, maker: WorkerMaker, union: Org, employer: Employer) -> Person:
    made = maker.person(union, employer, part.post, name=part.name)
    made.sex, made.birth_on = part.sex, part.birth
    made.id_number, made.id_number_index = "", None
    made.save()
    Employment.objects.create(
        person=made,
        unit_text=employer.name,
        employer=employer,
        post=part.post,
        worker_kind="frontline",
        from_on=datetime.date((part.birth or datetime.date(1990, 1, 1)).year + 20, 7, 1),
        source=maker.source,
    )
    if part.level:
        SkillLevel.objects.create(
            person=made,
            occupation=Occupation.objects.filter(name="焊工", level=4).first(),
            occupation_text="焊工",
            level=part.level,
            how="contest",
            authority="技能评价机构（演示）",
            issued_on=datetime.date(2022, 6, 1),
            source=maker.source,
        )
    return made


def enter(random: Random, grove: Grove, source: Source) -> list[Worker]:
    """Create the personas' records, accounts and grants; returns those who are workers, the welder first."""
    places = _places(grove)
    employer = next(employer for _, employer, _ in grove.units if employer.name == CAST_UNIT)
    maker = WorkerMaker(random, grove, source)
    workers = []
    for part in PARTS:
        org = places[part.place]
        person = _person(part, maker, org, employer) if part.birth else None
        if person and part.birth:
            workers.append(Worker(person, employer, org, part.post, part.birth.year + 20))
        user = User(username=part.username, display_name=part.name, person=person, org=org, is_persona=True)
        user.set_unusable_password()
        user.save()
        Grant.objects.create(user=user, role=part.role, org=org)
    return workers
