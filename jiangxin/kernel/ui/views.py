"""The display settings and the gallery of components."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxin.kernel.access import Refused
from jiangxin.kernel.access.doors import actor_of, signed_in
from jiangxin.kernel.ui.actions import forget_filter, keep_filter
from jiangxin.kernel.ui.gallery import LAYOUTS, gallery_context
from jiangxin.kernel.ui.models import SavedFilter
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


@require_POST
@signed_in
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the conditions of a list under a name, and go back to the list."""
    said = {name: request.POST.get(name, "") for name in ("path", "query", "name")}
    try:
        kept = keep_filter(**said, by=actor_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(_safe_next(request, f"{said['path']}?{said['query']}"))
    messages.success(request, _("已保存为“%(name)s”。") % {"name": kept.name})
    return HttpResponseRedirect(f"{kept.path}?{kept.query}")


@require_POST
@signed_in
def forget(request: HttpRequest, uid: str) -> HttpResponse:
    """Forget a kept filter, and go back to the list."""
    actor = actor_of(request)
    kept = SavedFilter.objects.of(actor).filter(uid=uid).first()
    if kept is None:
        raise Http404
    path, name = kept.path, kept.name
    forget_filter(kept, by=actor)
    messages.success(request, _("已删除“%(name)s”。") % {"name": name})
    return HttpResponseRedirect(path)


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
