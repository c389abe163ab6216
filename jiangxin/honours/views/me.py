"""A worker's own credentials: ask for one, download it as JSON, certificate or card; the passport as PDF."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.honours import actions
from jiangxin.honours.certificates import card_png, certificate_pdf, passport_pdf
from jiangxin.honours.credentials.baked import bake
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.queries.conferrals import honours_of
from jiangxin.honours.queries.correcting import ShownCorrection, corrections_by
from jiangxin.honours.queries.issuers import IN_FORCE
from jiangxin.honours.queries.issuing import Told, certificate_text, own_credential, told_in
from jiangxin.honours.words import ConferralState
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import owners_only
from jiangxin.people.actions import export_own_record
from jiangxin.people.models import Person
from jiangxin.people.queries.record import record_of_actor

own_record = owners_only(record_of_actor, otherwise="people:passport")


class Line(NamedTuple):
    """One honour on the page: what was corrected, the credential in force with what it tells, whether that may change."""

    conferral: Conferral
    corrections: list[ShownCorrection]
    credential: Credential | None
    told: Told | None
    may_change: bool


@require_http_methods(["GET", "HEAD", "POST"])
@own_record
def credentials(request: HttpRequest, actor: Actor, record: Person) -> HttpResponse:
    """Every honour with its credential; one button asks for a missing one, another for one that tells more or less."""
    held = honours_of(record)
    if request.method == "POST":
        wanted = next((each for each in held if each.uid == request.POST.get("conferral")), None)
        if wanted is None:
            raise Http404
        try:
            messages.success(request, _asked(wanted, actor, with_identity="identity" in request.POST))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("honours:my_credentials")
    corrected = corrections_by(held)
    lines = [_line(each, corrected[each.pk]) for each in held]
    return render(request, "honours/me/credentials.html", {"person": record, "lines": lines})


def _asked(conferral: Conferral, actor: Actor, *, with_identity: bool) -> str:
    """Issue a credential, or another one in its place; returns what to tell the holder."""
    before = _in_force(conferral)
    if before is None:
        actions.issue_credential(conferral, with_identity=with_identity, by=actor)
        return _("凭证已签发，可以下载。")
    made = actions.issue_anew(before, with_identity=with_identity, by=actor)
    if made == before:
        return _("没有要改的内容，凭证照旧有效。")
    return _("新凭证已签发，旧的不再有效。请重新下载证书和卡片。")


def _in_force(conferral: Conferral) -> Credential | None:
    every = sorted(conferral.credentials.all(), key=lambda each: each.pk)
    return next((each for each in every if each.state in IN_FORCE), None)


def _line(conferral: Conferral, corrections: list[ShownCorrection]) -> Line:
    credential, holder = _in_force(conferral), conferral.person
    told = told_in(credential) if credential else None
    more = told is not None and (not told.name or bool(holder and holder.id_number_index))
    may_change = more and conferral.state == ConferralState.CONFERRED
    return Line(conferral, corrections, credential, told, may_change)


def _own(record: Person, uid: str) -> Credential:
    found = own_credential(record, uid)
    if found is None:
        raise Http404
    return found


def _file(body: bytes, *, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_safe
@own_record
def document(request: HttpRequest, actor: Actor, record: Person, uid: str) -> HttpResponse:
    """The signed credential, byte for byte."""
    del request, actor
    found = _own(record, uid)
    return _file(found.document.encode(), media_type="application/vc+json", name=f"credential-{uid}.json")


@require_safe
@own_record
def certificate(request: HttpRequest, actor: Actor, record: Person, uid: str) -> HttpResponse:
    """The certificate as PDF."""
    del request, actor
    text = certificate_text(_own(record, uid), base_url=settings.PUBLIC_URL)
    return _file(certificate_pdf(text), media_type="application/pdf", name=f"{text.name}-{text.honour}.pdf")


@require_safe
@own_record
def card(request: HttpRequest, actor: Actor, record: Person, uid: str) -> HttpResponse:
    """The card as PNG with the credential baked in, unless that would show a picture's readers more than the picture does."""
    del request, actor
    found = _own(record, uid)
    text = certificate_text(found, base_url=settings.PUBLIC_URL)
    made = card_png(text)
    made = made if told_in(found).identity else bake(made, found.document)
    return _file(made, media_type="image/png", name=f"{text.name}-{text.honour}.png")


@require_safe
@own_record
def passport(request: HttpRequest, actor: Actor, record: Person) -> HttpResponse:
    """The whole record as a printed passport."""
    del request
    made = passport_pdf(export_own_record(record, by=actor))
    return _file(made, media_type="application/pdf", name=f"passport-{record.uid}.pdf")
