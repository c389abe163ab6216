"""The public register: search, narrow, page, take along; the address is the state."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.insights.forms import KINDS, ORDERS, RegisterForm
from jiangxin.insights.queries.register import (
    EXPORT_LIMIT,
    Facet,
    RegisterAnswer,
    first_entries,
    first_teams,
    look_up,
    stamp,
)
from jiangxin.insights.sheets import REGISTER_LIST, TEAM_LIST, register_rows, team_rows
from jiangxin.insights.views.parts import kept_page, kept_part
from jiangxin.kernel.access import Refused
from jiangxin.kernel.access.doors import actor_of
from jiangxin.kernel.http.limits import address_of, over_limit
from jiangxin.kernel.sheets.exporting import export_name, stream_csv
from jiangxin.kernel.text.sayings import say

EXPORTS_PER_MINUTE = 6
NARROWING = ("honour", "year", "region", "industry")


@require_safe
@kept_page(stamp)
def register(request: HttpRequest, state: object) -> HttpResponse:
    """One page of the register."""
    form = RegisterForm(request.GET)
    part = kept_part(
        "insights/parts/register.html",
        sorted(form.said.items()),
        form.ignored,
        state,
        context=lambda: _context(form),
    )
    return render(request, "insights/register.html", {"said": form.said, "part": part})


def _context(form: RegisterForm) -> dict[str, Any]:
    said = form.said
    kept = {name: said[name] for name in ("kind", "q", *NARROWING, "order") if name in said}
    answer = look_up(form.wanted, open_facet=said.get("more", ""), teams=form.teams)
    titles = {"honour": _("荣誉"), "year": _("年份"), "region": _("地区"), "industry": _("行业")}
    return {
        "said": said,
        "answer": answer,
        "teams": form.teams,
        "all_url": _address({"kind": said.get("kind", "")}),
        "tabs": _tabs(answer, kept, teams=form.teams),
        "ignored": form.ignored,
        "groups": [_group(facet, kept, titles[facet.name]) for facet in answer.facets if facet.choices],
        "chosen": sum(name in said for name in NARROWING),
        "keep": [(name, kept[name]) for name in ("kind", *NARROWING, "order") if name in kept],
        "orders": _orders(kept),
        "clear_url": _address({name: kept[name] for name in ("kind", "q", "order") if name in kept})
        if any(name in said for name in NARROWING)
        else "",
        "newer_url": _address(kept) if "after" in said else "",
        "older_url": _address({**kept, "after": answer.next_cursor}) if answer.next_cursor else "",
        "export_url": f"{reverse('insights:register_export')}?{urlencode(kept)}",
        "export_limit": EXPORT_LIMIT,
    }


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The first workers or collectives of the list as CSV: what the page shows, nothing else."""
    seconds = over_limit("register.export", address_of(request), per_minute=EXPORTS_PER_MINUTE)
    if seconds:
        raise Refused(say(_("下载得太频繁，请 %(seconds)d 秒后再试。"), seconds=seconds), code="too_often")
    form, site = RegisterForm(request.GET), f"{settings.PUBLIC_URL}/"  # never the host that a request names
    if form.teams:
        sheet, rows = TEAM_LIST, team_rows(first_teams(form.wanted), site=site)
    else:
        sheet, rows = REGISTER_LIST, register_rows(first_entries(form.wanted), site=site)
    response = StreamingHttpResponse(
        stream_csv(sheet, rows, by=actor_of(request)), content_type="text/csv; charset=utf-8"
    )
    name = export_name(sheet, ending=".csv")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _tabs(answer: RegisterAnswer, kept: dict[str, Any], *, teams: bool) -> list[dict[str, Any]]:
    """Workers and collectives; the other tab keeps the words, year, region and industry and counts by them."""
    shared = {name: value for name, value in kept.items() if name not in ("kind", "honour", "order")}
    own = None if answer.count_is_capped else answer.count
    counts = {"": answer.others if teams else own, "collective": own if teams else answer.others}
    return [
        {
            "label": label,
            "url": _address({**(kept if bool(kind) == teams else shared), "kind": kind}),
            "current": bool(kind) == teams,
            "count": counts[kind],
        }
        for kind, label in KINDS
    ]


def _group(facet: Facet, kept: dict[str, Any], title: str) -> dict[str, Any]:
    """A facet for the component; a chosen value leads back out of itself."""
    items = [
        {
            "label": choice.label,
            "count": choice.count,
            "selected": choice.is_chosen,
            "url": _address({**kept, facet.name: choice.above if choice.is_chosen else choice.value}),
        }
        for choice in facet.choices
    ]
    more = _address({**kept, "more": facet.name}) if facet.has_more else ""
    return {"title": title, "items": items, "more_url": more}


def _orders(kept: dict[str, Any]) -> list[dict[str, Any]]:
    """Ways to order; by relevance only where there are words."""
    current = kept.get("order", "" if "q" in kept else "newest")
    if current == "name" and "kind" in kept:
        current = "" if "q" in kept else "newest"
    return [
        {"label": label, "url": _address({**kept, "order": code}), "current": code == current}
        for code, label in ORDERS
        if (code or "q" in kept) and not (code == "name" and "kind" in kept)
    ]


def _address(values: dict[str, Any]) -> str:
    query = urlencode({name: value for name, value in values.items() if value})
    return _here() + (f"?{query}" if query else "")


@cache
def _here() -> str:
    """A page writes its own address some thirty times."""
    return reverse("insights:register")
