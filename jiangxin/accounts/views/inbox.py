"""The inbox and its preferences."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxin.accounts import actions, queries
from jiangxin.accounts.forms import NoticesForm
from jiangxin.accounts.views.answers import user_of
from jiangxin.kernel.access.doors import signed_in
from jiangxin.kernel.http.gates import found

A_PAGE = 20


@signed_in
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """My notices, the newest first."""
    user = user_of(request)
    page = Paginator(queries.notices_of(user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/inbox.html", {"page": page, "unread": queries.unread_count(user)})


@signed_in
@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """The number beside the inbox link, for htmx."""
    return render(request, "accounts/inbox_count.html", {"unread": queries.unread_count(user_of(request))})


@signed_in
def open_notice(request: HttpRequest, uid: str) -> HttpResponse:
    """Show one notice; opening it by its button marks it as read and leads on."""
    user = user_of(request)
    notice = found(queries.notice_of(user, uid))
    if request.method != "POST":
        return render(request, "accounts/notice.html", {"notice": notice})
    actions.read_notice(notice, by=user)
    safe = notice.link and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if safe else "accounts:inbox")


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.read_all_notices(user_of(request), by=user_of(request))
    return redirect("accounts:inbox")


@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    """Which notices come by mail too."""
    user = user_of(request)
    form = NoticesForm(request.POST or None, topics=queries.topics_of(user))
    if request.method == "POST" and form.is_valid():
        actions.choose_notices(user, by_mail=form.cleaned_data, by=user)
        messages.success(request, _("消息偏好已保存。"))
        return redirect("accounts:notice_preferences")
    return render(request, "accounts/notice_preferences.html", {"form": form})
