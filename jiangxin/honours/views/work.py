"""Honours on the workbench: the list, one conferral with its decisions, a new one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from jiangxin.honours import actions
from jiangxin.honours.certificates import certificate_pdf, unprintable
from jiangxin.honours.forms import ConferForm, FilterForm, ReasonForm, RevokeForm
from jiangxin.honours.models import Conferral
from jiangxin.honours.queries.conferrals import (
    conferral_for,
    conferrals_for,
    history_of,
    people_to_honour,
    person_for_conferral,
)
from jiangxin.honours.queries.correcting import corrections_of, is_correctable
from jiangxin.honours.queries.effects import effects_of_revoking
from jiangxin.honours.queries.issuing import certificate_text, credential_in_force, latest_credential
from jiangxin.honours.queries.work import proposals_raised
from jiangxin.honours.views.columns import COLUMNS
from jiangxin.honours.views.tabs import work_tabs
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.http.gates import officers_only
from jiangxin.kernel.http.paging import KeysFirst

PAGE_SIZE = 30
VIEW = "honours.view_conferral"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@officers_only(VIEW)
def honours(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Conferrals of the organisations the officer works for."""
    form = FilterForm(request.GET or {}, actor=actor)
    page = KeysFirst(conferrals_for(actor, form.wanted()), PAGE_SIZE).get_page(request.GET.get("page"))
    kept = [(name, request.GET[name]) for name in form.fields if request.GET.get(name)]
    context = {
        "tabs": work_tabs(actor, "work_honours"),
        "form": form,
        "page": page,
        "columns": COLUMNS,
        "kept": kept,
        "is_narrowed": bool(kept),
        "may_confer": actor.has_perm("honours.confer_honour"),
        "may_issue": actor.has_perm("honours.issue_credential"),
        "may_export": actor.has_perm("honours.export_conferrals"),
    }
    return render(request, "honours/work/honours.html", context)


@require_http_methods(FORM_METHODS)
@officers_only("honours.confer_honour")
def confer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Record one decision about one worker or collective."""
    named = person_for_conferral(actor, request.GET.get("person", ""))
    form = ConferForm(request.POST or None, actor=actor, person=named)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.confer_after_check(form.holder, by=actor, **form.decision())
            if form.cleaned_data["with_credential"]:
                actions.issue_credential(made, by=actor)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("已登记，并写入本人护照。"))
            return redirect("honours:work_conferral", uid=made.uid)
    text = "" if named else request.GET.get("q", "").strip()[:100]
    context = {"form": form, "person": named, "text": text, "people": people_to_honour(actor, text)}
    return render(request, "honours/work/confer.html", context, status=400 if form.errors else 200)


def _conferral(actor: Actor, uid: str) -> Conferral:
    found = conferral_for(actor, uid)
    if found is None:
        raise Http404
    return found


@require_http_methods(FORM_METHODS)
@officers_only(VIEW)
def conferral(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """One conferral: facts, credential, history; suspend, lift, issue from here."""
    found = _conferral(actor, uid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and _decided(request, actor, found, form):
        return redirect("honours:work_conferral", uid=uid)
    context = {
        "conferral": found,
        "credential": latest_credential(found),
        "steps": history_of(found),
        "corrections": corrections_of(found),
        "may_correct": actor.has_perm("honours.correct_conferral", found) and is_correctable(found),
        "raised": proposals_raised(found.revocation) if hasattr(found, "revocation") else (),
        "form": form,
        "may_issue": actor.has_perm("honours.issue_credential", found),
        "unprintable": unprintable(f"{found.holder_name}{found.unit_text}{found.post_text}"),
        "may_suspend": actor.has_perm("honours.suspend_conferral", found),
        "may_revoke": actor.has_perm("honours.revoke_conferral", found),
    }
    return render(
        request, "honours/work/conferral.html", context, status=400 if request.method == "POST" else 200
    )


def _decided(request: HttpRequest, actor: Actor, found: Conferral, form: ReasonForm) -> bool:
    try:
        match request.POST.get("intent"):
            case "issue":
                actions.issue_credential(found, by=actor)
                messages.success(request, _("凭证已签发。"))
            case "suspend" if form.is_valid():
                actions.suspend_conferral(found, reason=form.cleaned_data["reason"], by=actor)
                messages.success(request, _("已暂停，凭证状态同时更新。"))
            case "lift" if form.is_valid():
                actions.lift_suspension(found, reason=form.cleaned_data["reason"], by=actor)
                messages.success(request, _("已恢复，凭证状态同时更新。"))
            case _:
                return False
    except Refused as refusal:
        form.add_error("reason" if refusal.field == "reason" else None, str(refusal))
        return False
    return True


@require_http_methods(FORM_METHODS)
@officers_only("honours.revoke_conferral")
def revoke(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """Revoke with grounds, on a page of its own that says what follows."""
    found = _conferral(actor, uid)
    if not actor.has_perm("honours.revoke_conferral", found):
        raise Http404
    begun = request.POST.get("intent") == "begin"  # what was written before choosing to revoke goes along
    form = (
        RevokeForm(initial={"reason": request.POST.get("reason", "")})
        if begun
        else RevokeForm(request.POST or None)
    )
    if form.is_bound and form.is_valid():
        try:
            actions.revoke_conferral(found, by=actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _told_revoked(found))
            return redirect("honours:work_conferral", uid=uid)
    context = {"conferral": found, "form": form, "effects": effects_of_revoking(found)}
    return render(request, "honours/work/revoke.html", context, status=400 if form.errors else 200)


def _told_revoked(conferral: Conferral) -> str:
    """What follows, and only what does."""
    conferral.refresh_from_db()
    raised = proposals_raised(conferral.revocation).count()
    if not raised:
        return _("荣誉已撤销。")
    words = ngettext(
        "荣誉已撤销。以它为基础的 %(count)s 项荣誉已提请授予机关复核。",
        "荣誉已撤销。以它为基础的 %(count)s 项荣誉已提请授予机关复核。",
        raised,
    )
    return words % {"count": raised}


@require_safe
@officers_only(VIEW)
def certificate(request: HttpRequest, actor: Actor, uid: str) -> HttpResponse:
    """The certificate of a conferral whose credential is in force, ready to print."""
    del request
    credential = credential_in_force(_conferral(actor, uid))
    if credential is None:
        raise Http404
    text = certificate_text(credential, base_url=settings.PUBLIC_URL)
    response = HttpResponse(certificate_pdf(text), content_type="application/pdf")
    response.headers["Content-Disposition"] = (
        content_disposition_header(False, f"{text.name}.pdf") or "inline"
    )
    return response
