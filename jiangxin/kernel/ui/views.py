"""The display settings and the gallery of components."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.kernel.ui.gallery import LAYOUTS, gallery_context
from jiangxin.kernel.ui.modes import COOKIE_AGE, COOKIE_PREFIX, chosen_modes


@require_http_methods(["GET", "HEAD", "POST"])
def modes(request: HttpRequest) -> HttpResponse:
    """Show the display settings, or keep the posted ones in cookies and go back."""
    if request.method != "POST":
        return render(
            request, "ui/pages/modes.html", {"back": _safe_next(request, request.GET.get("next", ""))}
        )
    response = HttpResponseRedirect(_safe_next(request, request.POST.get("next", "")))
    for name, value in chosen_modes(request.POST).items():
        response.set_cookie(
            COOKIE_PREFIX + name,
            value,
            max_age=COOKIE_AGE,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states."""
    return render(request, "ui/gallery/index.html", gallery_context())


@require_safe
def gallery_layout(request: HttpRequest, layout: str) -> HttpResponse:
    """Show one layout with sample content."""
    if layout not in LAYOUTS:
        raise Http404
    return render(request, LAYOUTS[layout], gallery_context())


def _safe_next(request: HttpRequest, address: str) -> str:
    allowed = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if allowed else "/"
