"""The public register of people as JSON: public facts only, the same queries as the pages."""

import datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from jiangxin.kernel.http.api import ERRORS, PLAIN_TEXT, UID, Page, scoped
from jiangxin.people.models import Person
from jiangxin.people.queries.passport import TimelineEntry, public_timeline
from jiangxin.people.queries.record import main_record, public_person
from jiangxin.people.queries.register import RegisterQuery, find_public

router = Router()
Uid = Annotated[str, Path(pattern=UID)]


class SourceOut(Schema):
    """Where a fact comes from."""

    title: str
    url: str
    kind: str


class FactOut(Schema):
    """One public fact of a worker's passport."""

    uid: str
    kind: str
    title: str
    year: int | None
    happened_on: datetime.date | None
    issuer: str
    source: SourceOut | None


class PersonOut(Schema):
    """A worker as the public register lists them."""

    uid: str
    name: str
    unit: str
    post: str
    region_code: str
    region: str


class PersonDetailOut(PersonOut):
    """A worker with public facts, latest first."""

    facts: list[FactOut]


class PeopleQuery(Schema):
    """What to look for; all given conditions apply together."""

    q: str = Field("", max_length=100, pattern=PLAIN_TEXT, description="name, pinyin, unit or honour")
    year: str = Field("", max_length=4, pattern="^([0-9]{4})?$")
    honour: str = Field("", max_length=40, pattern="^[a-z0-9-]*$", description="code of an honour")
    region: str = Field("", max_length=6, pattern="^([0-9]{2}|[0-9]{4}|[0-9]{6})?$")
    industry: str = Field("", max_length=2, pattern="^[A-Z0-9]{0,2}$")
    after: str = Field(
        "", max_length=1000, pattern="^[A-Za-z0-9_-]*$", description="cursor from the page before"
    )
    limit: int = Field(20, ge=1, le=100)


@router.get("/people", response={200: Page[PersonOut], **ERRORS}, summary="Search the public register")
@scoped("register:read")
def list_people(request: HttpRequest, query: Query[PeopleQuery]) -> Page[PersonOut]:
    """Workers whose page is public."""
    del request
    found = find_public(
        RegisterQuery(
            text=query.q,
            year=query.year,
            honour=query.honour,
            region=query.region,
            industry=query.industry,
            after=query.after,
        ),
        limit=query.limit,
    )
    return Page[PersonOut](
        items=[PersonOut(**_listed(p)) for p in found.people], next=found.next_cursor or None
    )


@router.get("/people/{uid}", response={200: PersonDetailOut, **ERRORS}, summary="One worker's public record")
@scoped("register:read")
def show_person(request: HttpRequest, uid: Uid) -> PersonDetailOut:
    """Public facts of one worker; an address of a linked record answers with the main record."""
    del request
    person = public_person(uid)
    if person is None:
        raise Http404
    person = main_record(person)
    return PersonDetailOut(**_listed(person), facts=[_fact(item) for item in public_timeline(person)])


def _listed(person: Person) -> dict[str, str]:
    return {
        "uid": person.uid,
        "name": person.name,
        "unit": person.unit_text,
        "post": person.post_text,
        "region_code": person.region.code if person.region else "",
        "region": person.region.name if person.region else "",
    }


def _fact(item: TimelineEntry) -> FactOut:
    entry = item.entry
    source = entry.source
    return FactOut(
        uid=entry.uid,
        kind=entry.kind,
        title=entry.title,
        year=entry.year,
        happened_on=entry.happened_on,
        issuer=entry.issuer,
        source=SourceOut(title=source.title, url=source.url, kind=source.kind) if source else None,
    )
