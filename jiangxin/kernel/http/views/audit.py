"""The log for the audit administrator: read, filter, export, prove; nothing can be changed here."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.kernel.access.doors import actor_of, with_permission
from jiangxin.kernel.events.models import Event
from jiangxin.kernel.http import actions, audit
from jiangxin.kernel.http.forms import LogForm
from jiangxin.kernel.sheets.exporting import export_name, stream_csv

VIEW, EXPORT = "events.view_log", "events.export_log"
A_PAGE = 50


@with_permission(VIEW)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Entries of the log, the latest first, page by page."""
    form = LogForm(request.GET or None)
    found = audit.entries_found(_cleaned(form))
    page = list(audit.entries_after(found, _last_seen(request.GET.get("before", "")))[: A_PAGE + 1])
    numbers = audit.numbers_of(page)
    context = {
        "form": form,
        "entries": [(event, audit.title_of(event.name), numbers.get(event.pk)) for event in page[:A_PAGE]],
        "older": _older(request.GET, page[A_PAGE - 1].pk) if len(page) > A_PAGE else "",
        "asked": [(name, value) for name, value in request.GET.items() if name in form.fields],
        "may_export": actor_of(request).has_perm(EXPORT),
        "columns": [
            _("事项"),
            _("经办人"),
            _("时间"),
            _("对象"),
            _("结果"),
            {"label": _("编号"), "numeric": True},
        ],
    }
    return render(request, "http/audit.html", context)


@with_permission(VIEW)
@require_safe
def entry(request: HttpRequest, uid: str) -> HttpResponse:
    """One entry with the proof that it stands in the log; ?format=json gives the proof as a file."""
    event = audit.entry_named(uid)
    if event is None:
        raise Http404
    proof = audit.proof_of(event)
    if request.GET.get("format") == "json":
        if proof is None:
            raise Http404
        answer = HttpResponse(
            json.dumps(proof.document(), ensure_ascii=False, indent=1), content_type="application/json"
        )
        answer["Content-Disposition"] = content_disposition_header(True, f"log-entry-{proof.number}.json")
        return answer
    payload = json.dumps(event.payload, ensure_ascii=False, indent=1, sort_keys=True)
    titles = {"title": audit.title_of(event.name), "permission": audit.title_of(event.action)}
    return render(
        request, "http/audit_entry.html", {"event": event, "proof": proof, "payload": payload, **titles}
    )


@with_permission(EXPORT)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The entries found as CSV; taking them is itself an entry."""
    wanted = _cleaned(LogForm(request.POST))
    by = actor_of(request)
    actions.note_log_export({name: str(value) for name, value in wanted.items() if value}, by=by)
    rows = audit.rows_of(audit.entries_found(wanted))
    answer = StreamingHttpResponse(stream_csv(audit.SHEET, rows, by=by), content_type="text/csv")
    answer["Content-Disposition"] = content_disposition_header(True, export_name(audit.SHEET, ending=".csv"))
    return answer


def _cleaned(form: LogForm) -> dict[str, Any]:
    """The values that are right; a wrong one is told beside its field and left out."""
    form.full_clean()
    return dict(form.cleaned_data) if form.is_bound else {}


def _last_seen(before: str) -> Event | None:
    """The entry at the foot of the page before this one; None for the first page."""
    return audit.entry_at(int(before[:18])) if before.isascii() and before.isdigit() else None


def _older(query: QueryDict, last: int) -> str:
    following = query.copy()
    following["before"] = str(last)
    return f"?{following.urlencode()}"
