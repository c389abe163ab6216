"""Regions, organisations, industries and occupations for programs: public facts, read only."""

import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema

from jiangxin.kernel.http.api import ERRORS, PLAIN_TEXT, UID, Page, caller_of, scoped
from jiangxin.orgs import queries
from jiangxin.orgs.models import Industry, Occupation, Org, Region
from jiangxin.orgs.queries.regions import TABLE_VERSION, spans_of_code
from jiangxin.orgs.queries.searching import search_orgs
from jiangxin.orgs.words.choices import OrgKind, RegionLevel

router = Router()
RegionCode = Annotated[str, Path(pattern=r"^[0-9]{6}$", description="six digits of GB/T 2260")]
RegionFilter = Annotated[str, Query(pattern=r"^([0-9]{6})?$", description="six digits of GB/T 2260")]
Uid = Annotated[str, Path(pattern=UID)]
MOST = 100


class RegionOut(Schema):
    """A code over one span of time; `valid_to` is the first day it is no longer in force."""

    code: str
    name: str
    level: RegionLevel
    parent_code: str | None
    valid_from: datetime.date
    valid_to: datetime.date | None


class RegionAnswerOut(Schema):
    """What a code means on a day, and the regions that stand in its place today."""

    region: RegionOut
    note: str
    present: list[RegionOut]
    spans: list[RegionOut]
    table_version: str


class OrgRef(Schema):
    """An organisation as others refer to it."""

    uid: str
    name: str


class OrgOut(Schema):
    """An organisation in register."""

    uid: str
    name: str
    short_name: str
    kind: OrgKind
    state: str
    parent: OrgRef | None
    region_code: str | None
    founded_on: datetime.date | None


class OrgDetailOut(OrgOut):
    """An organisation with what stands above it and the names it had."""

    ancestors: list[OrgRef]
    former_names: list[str]
    merged_into: OrgRef | None


class IndustryOut(Schema):
    """A section (letter) or division (two digits) of GB/T 4754."""

    code: str
    name: str
    name_en: str
    parent_code: str | None


class OccupationOut(Schema):
    """A heading (level 1–3) or an occupation (level 4)."""

    code: str
    name: str
    level: int
    is_green: bool
    is_digital: bool


@router.get("/regions", response={200: Page[RegionOut], **ERRORS}, operation_id="list_regions")
@scoped("regions:read")
def list_regions(request: HttpRequest, parent: RegionFilter = "") -> dict[str, Any]:
    """Regions in force directly below `parent`; provinces without it."""
    return {"items": [region_out(region) for region in queries.regions_below(parent)]}


@router.get("/regions/{code}", response={200: RegionAnswerOut, **ERRORS}, operation_id="get_region")
@scoped("regions:read")
def get_region(request: HttpRequest, code: RegionCode, on: datetime.date | None = None) -> dict[str, Any]:
    """What a code means on a day (today if none is given), old codes included."""
    answer = queries.resolve_region(code, on=on)
    if answer.region is None:
        raise Http404(answer.note)
    return {
        "region": region_out(answer.region),
        "note": answer.note,
        "present": [region_out(each) for each in queries.present_regions_of(answer.region)],
        "spans": [region_out(each) for each in spans_of_code(code)],
        "table_version": TABLE_VERSION,
    }


@router.get("/organisations", response={200: Page[OrgOut], **ERRORS}, operation_id="list_organisations")
@scoped("orgs:read")
def list_organisations(
    request: HttpRequest,
    text: Annotated[str, Query(max_length=100, pattern=PLAIN_TEXT)] = "",
    kind: OrgKind | None = None,
    region: RegionFilter = "",
    under: Annotated[
        str, Query(pattern=r"^([0-9A-HJKMNP-TV-Z]{26})?$", description="uid of an organisation")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
    after: Annotated[
        str, Query(max_length=1000, pattern="^[A-Za-z0-9_-]*$", description="`next` of the page before")
    ] = "",
) -> dict[str, Any]:
    """Organisations in register; by words in their names, or all in the order of the tree."""
    path = queries.path_of(under)
    if under and not path:
        raise Http404
    actor = caller_of(request).actor
    wanted = {"kind": kind.value if kind else "", "region_code": region, "path": path, "state": "active"}
    if text.strip():
        found = search_orgs(actor, text, limit=limit, after=after, **wanted)
        return {"items": [org_out(org) for org in found.orgs], "next": found.next_cursor or None}
    start = queries.path_of(after)
    if after and not start:
        raise Http404
    page = list(queries.orgs_found(actor, **wanted).filter(path__gt=start)[: limit + 1])
    more = page[limit - 1].uid if len(page) > limit else None
    return {"items": [org_out(org) for org in page[:limit]], "next": more}


@router.get("/organisations/{uid}", response={200: OrgDetailOut, **ERRORS}, operation_id="get_organisation")
@scoped("orgs:read")
def get_organisation(request: HttpRequest, uid: Uid) -> dict[str, Any]:
    """One organisation."""
    org = queries.org_at(uid, caller_of(request).actor)
    if org is None:
        raise Http404
    return {
        **org_out(org),
        "ancestors": [_ref(each) for each in queries.ancestors_of(org)],
        "former_names": [name.name for name in queries.names_of(org)],
        "merged_into": _ref(org.merged_into) if org.merged_into else None,
    }


@router.get("/industries", response={200: Page[IndustryOut], **ERRORS}, operation_id="list_industries")
@scoped("regions:read")
def list_industries(request: HttpRequest) -> dict[str, Any]:
    """Sections and divisions of GB/T 4754-2017."""
    return {"items": [_industry_out(each) for each in (*queries.industries(), *queries.divisions())]}


@router.get("/occupations", response={200: Page[OccupationOut], **ERRORS}, operation_id="list_occupations")
@scoped("regions:read")
def list_occupations(
    request: HttpRequest, under: Annotated[str, Query(pattern=r"^([1-8]-\d\d-\d\d-\d\d)?$")] = ""
) -> dict[str, Any]:
    """Headings and occupations directly below a heading; the eight major groups without one."""
    return {"items": [_occupation_out(each) for each in queries.occupations_below(under)]}


def region_out(region: Region) -> dict[str, Any]:
    """A region as the API shows it."""
    return {
        "code": region.code,
        "name": region.name,
        "level": region.level,
        "parent_code": region.parent.code if region.parent else None,
        "valid_from": region.valid_from,
        "valid_to": region.valid_to,
    }


def org_out(org: Org) -> dict[str, Any]:
    """An organisation as the API shows it."""
    return {
        "uid": org.uid,
        "name": org.name,
        "short_name": org.short_name,
        "kind": org.kind,
        "state": org.state,
        "parent": _ref(org.parent) if org.parent else None,
        "region_code": org.region.code if org.region else None,
        "founded_on": org.founded_on,
    }


def _ref(org: Org) -> dict[str, str]:
    return {"uid": org.uid, "name": org.name}


def _industry_out(industry: Industry) -> dict[str, Any]:
    above = industry.parent.code if industry.parent else None
    return {"code": industry.code, "name": industry.name, "name_en": industry.name_en, "parent_code": above}


def _occupation_out(occupation: Occupation) -> dict[str, Any]:
    return {name: getattr(occupation, name) for name in ("code", "name", "level", "is_green", "is_digital")}
