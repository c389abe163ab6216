"""API tokens of the account that is signed in: list, make, end."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from jiangxin.kernel.access import Refused
from jiangxin.kernel.access.doors import actor_of, with_permission
from jiangxin.kernel.http import actions
from jiangxin.kernel.http.forms import TokenForm
from jiangxin.kernel.http.tokens import SCOPES, token_of, tokens_of

PERMISSION = "http.list_tokens"


@with_permission(PERMISSION)
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """My tokens, those in use first."""
    mine = tokens_of(request.user)
    context = {
        "tokens": [(token, [SCOPES[scope] for scope in token.scopes if scope in SCOPES]) for token in mine],
        "columns": [_("用途"), pgettext("token", "范围"), _("状态"), _("最近使用"), _("操作")],
    }
    return render(request, "http/tokens.html", context)


@with_permission(PERMISSION)
@reauthentication_required
def make(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown on the answer and nowhere else."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = actions.make_token(request.user, by=actor_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return render(request, "http/token_made.html", {"token": token, "secret": secret})
    return render(request, "http/make_token.html", {"form": form})


@with_permission(PERMISSION)
@require_POST
def end(request: HttpRequest, uid: str) -> HttpResponse:
    """End one of my tokens."""
    token = token_of(request.user, uid)
    if token is None:
        raise Http404
    actions.end_token(token, by=actor_of(request))
    messages.success(request, _("令牌已停用，用它的程序不能再读取。"))
    return redirect("http:tokens")
