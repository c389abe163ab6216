"""A small public register: workers with an honour, a unit, a region and an industry."""

from __future__ import annotations

import datetime

from jiangxin.honours.models import Conferral, Honour
from jiangxin.honours.tests.factories import make_conferral
from jiangxin.kernel.search import drain
from jiangxin.orgs.models import Employer, Industry, Region
from jiangxin.people.models import Person
from jiangxin.people.tests.factories import EmploymentFactory, PersonFactory, SourceFactory


def make_region(code: str, name: str, level: str, parent: Region | None = None) -> Region:
    """A region in force since 1980."""
    start = datetime.date(1980, 1, 1)
    return Region.objects.create(
        code=code, name=name, level=level, parent=parent, valid_from=start, source="测试"
    )


def make_places() -> dict[str, Region]:
    """A province with one city and one district."""
    province = make_region("990000", "江州省", "province")
    city = make_region("990100", "临江市", "city", province)
    return {"province": province, "city": city, "district": make_region("990102", "滨江区", "county", city)}


def make_industries() -> dict[str, Industry]:
    """Manufacturing and one of its divisions."""
    section = Industry.objects.create(code="C", name="制造业", name_en="Manufacturing")
    division = Industry.objects.create(
        code="34", name="通用设备制造业", name_en="General Equipment", parent=section
    )
    return {"section": section, "division": division}


def make_worker(name: str, honour: Honour, year: int = 2024, **fields: object) -> Conferral:
    """A public worker with one published honour."""
    person = PersonFactory(name=name, is_public=True, **fields)
    return make_conferral(person, honour, year, source=SourceFactory(), region=person.region)


def employ(person: Person, industry: Industry) -> None:
    """Give the worker an employer of this industry."""
    employer = Employer.objects.create(name="临江机床厂", industry=industry)
    EmploymentFactory(person=person, employer=employer, unit_text="临江机床厂")


def index() -> None:
    """Bring the search index up to date."""
    while drain():
        continue
