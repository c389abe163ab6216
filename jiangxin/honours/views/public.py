"""The catalogue of honours and the page of one honour, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxin.honours.models import Honour
from jiangxin.honours.queries.catalogue import catalogue as honours_by_level
from jiangxin.honours.queries.catalogue import honour_coded, neighbours
from jiangxin.honours.queries.collectives import collective_shown, shown_of
from jiangxin.honours.queries.graph import graph
from jiangxin.honours.queries.holders import YearCount, holders_of, years_of
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.honours.views.paging import page_of
from jiangxin.honours.views.picture import picture

PAGE_SIZE = 50
LONGEST = 60
WITHOUT_YEAR = "none"


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every honour by level, or those whose name or granter holds what was asked for."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    context = {
        "groups": honours_by_level(text),
        "text": text,
        "picture": None if text else picture(graph()),
        "columns": COLUMNS,
    }
    return render(request, "honours/catalogue.html", context)


@require_safe
def honour(request: HttpRequest, code: str) -> HttpResponse:
    """One honour: what it is, what it presupposes and opens, who holds it by year."""
    found = honour_coded(code)
    if found is None:
        raise Http404
    year = request.GET.get("year", "")
    if year not in ("", WITHOUT_YEAR) and not (
        year.isascii() and year.isdigit() and len(year) == len("2025")
    ):
        raise Http404
    holders = holders_of(found, year=int(year) if year.isdigit() else None, without_year=year == WITHOUT_YEAR)
    years = years_of(found)
    known = sum(each.count for each in years if year in ("", _key(each)))
    context = {
        "honour": found,
        "columns": COLUMNS,
        "edges": neighbours(found),
        "years": years,
        "year": year,
        "tabs": _tabs(found, years, year),
        "page": page_of(holders, request.GET.get("page"), size=PAGE_SIZE, known=known),
    }
    return render(request, "honours/honour.html", context)


@require_safe
def collective(request: HttpRequest, uid: str) -> HttpResponse:
    """A team, crew or unit with the honours it holds, each with its source."""
    found = collective_shown(uid)
    if found is None:
        raise Http404
    context = {"collective": found, "conferrals": list(shown_of(found))}
    return render(request, "honours/collective.html", context)


def _key(each: YearCount) -> str:
    """The year as addresses name it."""
    return str(each.year or WITHOUT_YEAR)


def _tabs(honour: Honour, counts: list[YearCount], year: str) -> list[dict[str, object]]:
    """The latest years as tabs, with how many holders each has."""
    url = reverse("honours:honour", args=[honour.code])
    tabs: list[dict[str, object]] = [
        {"label": _("全部"), "url": url, "current": not year, "count": sum(each.count for each in counts)}
    ]
    for each in counts[:12]:
        key = _key(each)
        label = _("%(year)s年") % {"year": each.year} if each.year else _("未印年份")
        tabs.append({"label": label, "url": f"{url}?year={key}", "current": key == year, "count": each.count})
    return tabs
