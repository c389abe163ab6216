"""Honours and verification as JSON: public facts only, the same queries as the pages."""

import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from jiangxin.honours.credentials.canonical import MalformedJson, canonical, read_json
from jiangxin.honours.models import Conferral, Honour
from jiangxin.honours.queries.catalogue import by_level, honour_coded, neighbours
from jiangxin.honours.queries.holders import holders_after
from jiangxin.honours.queries.proving import bundle_file, verify_text
from jiangxin.kernel.http.api import ERRORS, Page, scoped

router = Router()
Code = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]{1,40}$", description="code of an honour")]


class HonourOut(Schema):
    """An honour of the catalogue; a smaller rank stands higher."""

    code: str
    title: str
    title_en: str
    level: str
    kind: str
    granter: str
    rank: int


class HonourDetailOut(HonourOut):
    """An honour with its place in the graph of prerequisites (codes)."""

    rhythm: str
    criteria: str
    treatment: list[str]
    source: str
    needs_hard: list[str]
    needs_generally: list[str]
    opens: list[str]


class HolderOut(Schema):
    """One conferral the public may see."""

    uid: str
    name: str
    person: str | None = Field(None, description="uid of the worker, null for a collective")
    collective: str | None = Field(None, description="uid of the collective, null for a worker")
    year: int | None
    conferred_on: datetime.date | None
    unit: str
    post: str
    granter: str
    source_url: str


class HoldersQuery(Schema):
    """Which holders; `after` is the cursor of the page before."""

    year: int | None = Field(None, ge=1921, le=2200)
    after: int = Field(0, ge=0, le=2**31 - 1)
    limit: int = Field(50, ge=1, le=200)


class CheckOut(Schema):
    """One thing that was looked at; null when it could not be and nothing depends on it."""

    name: str
    ok: bool | None
    detail: str


class VerdictOut(Schema):
    """The answer of a verification in both languages."""

    status: str
    code: str
    valid: bool
    sentence_zh: str
    sentence_en: str
    issuer: str
    issuer_name: str
    status_as_of: datetime.datetime | None
    replaced_by: str = Field(
        "",
        description="check page of the credential that took its place, empty where nobody may be led to it",
    )
    checks: list[CheckOut]


class CredentialIn(Schema):
    """A signed credential as a JSON object."""

    credential: dict[str, Any]


def _honour(honour: Honour) -> dict[str, Any]:
    return {name: getattr(honour, name) for name in HonourOut.model_fields}


@router.get("/honours", response={200: list[HonourOut], **ERRORS}, summary="The catalogue of honours")
@scoped("honours:read")
def list_honours(request: HttpRequest) -> list[dict[str, Any]]:
    """Every honour, highest level first."""
    del request
    return [_honour(each) for _level, honours in by_level() for each in honours]


def _found(code: str) -> Honour:
    found = honour_coded(code)
    if found is None:
        raise Http404
    return found


@router.get("/honours/{code}", response={200: HonourDetailOut, **ERRORS}, summary="One honour")
@scoped("honours:read")
def show_honour(request: HttpRequest, code: Code) -> dict[str, Any]:
    """What it is, what it presupposes and what it opens."""
    del request
    honour = _found(code)
    edges = neighbours(honour)
    return {
        **_honour(honour),
        "rhythm": honour.rhythm,
        "criteria": honour.criteria,
        "treatment": honour.treatment,
        "source": honour.source,
        "needs_hard": [each.code for each in edges.needs_hard],
        "needs_generally": [each.code for each in edges.needs_generally],
        "opens": [each.code for each in edges.opens],
    }


@router.get(
    "/honours/{code}/holders", response={200: Page[HolderOut], **ERRORS}, summary="Holders of an honour"
)
@scoped("honours:read")
def list_holders(request: HttpRequest, code: Code, query: Query[HoldersQuery]) -> dict[str, Any]:
    """Conferrals the public may see, in the order of registration."""
    del request
    found = holders_after(_found(code), after=query.after, year=query.year, limit=query.limit)
    following = str(found[-1].pk) if len(found) == query.limit else None
    return {"items": [_holder(each) for each in found], "next": following}


def _holder(conferral: Conferral) -> dict[str, Any]:
    return {
        "uid": conferral.uid,
        "name": conferral.holder_name,
        "person": conferral.person.uid if conferral.person else None,
        "collective": conferral.collective.uid if conferral.collective else None,
        "year": conferral.year,
        "conferred_on": conferral.conferred_on,
        "unit": conferral.unit_text,
        "post": conferral.post_text,
        "granter": conferral.granter_text,
        "source_url": conferral.source.url if conferral.source else "",
    }


@router.post("/verify", response={200: VerdictOut, **ERRORS}, summary="Verify a credential")
@scoped("honours:read")
def verify(request: HttpRequest, body: CredentialIn) -> dict[str, Any]:
    """The verdict on a credential; a bad one is an answer, not an error. What is sent is not kept."""
    del body  # the signature covers the text as sent, duplicate keys included, so the raw bytes are read
    verdict = verify_text(_credential_text(request.body))
    return {
        "status": verdict.status.value,
        "code": verdict.code,
        "valid": verdict.is_valid,
        "sentence_zh": verdict.sentence_zh,
        "sentence_en": verdict.sentence_en,
        "issuer": verdict.issuer,
        "issuer_name": verdict.issuer_name,
        "status_as_of": verdict.status_as_of,
        "replaced_by": verdict.replaced_by,
        "checks": [{"name": each.name, "ok": each.ok, "detail": each.detail} for each in verdict.checks],
    }


def _credential_text(raw: bytes) -> bytes:
    """The text of the member `credential`; a body that is no strict JSON is answered by the verdict on it."""
    try:
        document = read_json(raw)["credential"]
    except (MalformedJson, KeyError, TypeError):
        return raw
    return canonical(document)


@router.get("/verify/bundle", response={200: dict[str, Any], **ERRORS}, summary="Keys and status lists")
@scoped("honours:read")
def show_bundle(request: HttpRequest) -> dict[str, Any]:
    """Controller documents of all issuers and their status lists, for verification without a network."""
    del request
    return bundle_file()
