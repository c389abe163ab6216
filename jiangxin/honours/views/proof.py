"""Verification for strangers, and the documents issuers publish for the verifiers of others."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from jiangxin.honours.credentials import Status, Verdict
from jiangxin.honours.forms import VerifyForm
from jiangxin.honours.queries.issuing import credential_addressed
from jiangxin.honours.queries.proving import (
    bundle_file,
    controller_of,
    credential_of,
    issuer_addressed,
    shown_result,
    status_list_text,
    verify_text,
)
from jiangxin.kernel.http.limits import address_of, over_limit

CHECKS_A_MINUTE = 60
WITH_CAMERA: dict[str, str | list[str] | tuple[str]] = {
    **settings.PERMISSIONS_POLICY,
    "camera": ["self"],
}  # the check page reads QR codes itself
OPEN = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


@require_http_methods(["GET", "HEAD", "POST"])
@permissions_policy_override(WITH_CAMERA)
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Paste or upload a credential; the answer stands on the same page. Nothing that is sent here is kept."""
    if request.method != "POST":
        return render(request, "honours/verify.html", {"form": VerifyForm()})
    form = VerifyForm(request.POST, request.FILES)
    if wait := over_limit("verify", address_of(request), per_minute=CHECKS_A_MINUTE):
        form.is_valid()
        form.add_error(None, _("核验次数太多，请在 %(seconds)d 秒后再试。") % {"seconds": wait})
        return render(request, "honours/verify.html", {"form": form}, status=429)
    if not form.is_valid():
        return render(request, "honours/verify.html", {"form": form}, status=400)
    if form.cleaned_data["uid"]:
        return redirect("honours:verify_credential", uid=form.cleaned_data["uid"])
    verdict = verify_text(form.cleaned_data["raw"])
    kept = (
        form.cleaned_data["text"] if verdict.status is Status.MALFORMED else ""
    )  # to be mended, not typed anew
    return render(
        request, "honours/verify.html", {"form": VerifyForm(initial={"text": kept}), **_result(verdict)}
    )


def _result(verdict: Verdict) -> dict[str, object]:
    language = get_language() or "zh-hans"
    shown = shown_result(verdict, credential_of(verdict))
    return {"verdict": verdict, "sentence": verdict.sentence(language), "shown": shown}


@require_safe
@permissions_policy_override(WITH_CAMERA)
@never_cache
def verify_credential(request: HttpRequest, uid: str) -> HttpResponse:
    """The page a printed QR code leads to: how the credential of this number stands today."""
    found = credential_addressed(uid)
    if found is None:
        return render(
            request, "honours/verify.html", {"form": VerifyForm(), "unknown_number": uid[:60]}, status=404
        )
    verdict = verify_text(found.document.encode())
    return render(
        request, "honours/verify.html", {"form": VerifyForm(), "is_printed": True, **_result(verdict)}
    )


@require_safe
def credential(request: HttpRequest, uid: str) -> HttpResponse:
    """The address that is a credential's id: leads to its check page, the document itself belongs to the holder."""
    del request
    return redirect("honours:verify_credential", uid=uid)


@csrf_exempt
@require_safe
def issuer(request: HttpRequest, uid: str) -> HttpResponse:
    """The controller document of an issuer, with every key it ever had."""
    del request
    found = issuer_addressed(uid)
    if found is None:
        raise Http404
    body = json.dumps(controller_of(found), ensure_ascii=False)
    return HttpResponse(body, content_type="application/did+json", headers=OPEN)


@csrf_exempt
@require_safe
def status(request: HttpRequest, uid: str) -> HttpResponse:
    """A signed status list, byte for byte as signed."""
    del request
    text = status_list_text(uid)
    if not text:
        raise Http404
    headers = {**OPEN, "Cache-Control": "public, max-age=60"}
    return HttpResponse(text, content_type="application/vc+json", headers=headers)


@require_safe
def bundle(request: HttpRequest) -> HttpResponse:
    """Keys and status lists of this moment in one file, for verification without a network."""
    del request
    response = JsonResponse(bundle_file(), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="jiangxin-verification-bundle.json"'
    return response
