"""Care of the session: idle exit, nothing kept in caches, and duties that come before work."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.accounts.models import User
from jiangxin.accounts.queries import has_second_factor, password_expired, staff_roles
from jiangxin.kernel.modules import installed_modules

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN = "accounts_seen_at"
DUTIES = "accounts_password_checked_on"
NOTE_EVERY = 60
ALWAYS_OPEN = ("account_", "mfa_", "usersessions_")


class SessionCareMiddleware:
    """Ends idle sessions; pages of a signed-in user are never stored; signing out clears the browser's store."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        if was_in and self._is_idle(request):
            response = self._send_away(request)
        else:
            response = self.get_response(request)
        if was_in:
            response.headers["Cache-Control"] = "no-store, private"
        if was_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def _is_idle(self, request: HttpRequest) -> bool:
        """Note at most once a minute that the session is alive; tell whether it was silent too long."""
        now = int(time.time())
        seen = int(request.session.get(SEEN, now))
        if now - seen > settings.IDLE_EXIT_SECONDS:
            return True
        if SEEN not in request.session or now - seen >= NOTE_EVERY:
            request.session[SEEN] = now
        return False

    def _send_away(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        messages.info(
            request,
            _("您有 %(minutes)s 分钟没有操作，已自动退出。请重新登录。")
            % {"minutes": settings.IDLE_EXIT_SECONDS // 60},
        )
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


class DutiesFirstMiddleware:
    """Whoever must change the password or set up the second factor does so before any page that is not public."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send the user to the duty that waits, if one does."""
        user = request.user
        if not isinstance(user, User) or (user.is_persona and settings.DEMO_MODE) or _is_open(request):
            return None
        if self._password_waits(request, user):
            messages.warning(request, _("请先换一个新密码，再继续。"))
            return redirect("account_change_password")
        if staff_roles(user) and not has_second_factor(user):
            messages.warning(request, _("您的角色需要第二重验证，请先设置，再继续。"))
            return redirect("mfa_index")
        return None

    def _password_waits(self, request: HttpRequest, user: User) -> bool:
        """A password grows old by days, so one look a day and session is enough; a foreign one is seen at once."""
        today = timezone.localdate().isoformat()
        if not user.must_change_password and request.session.get(DUTIES) == today:
            return False
        if password_expired(user):
            return True
        request.session[DUTIES] = today
        return False


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.view_name if match else ""
    return name.startswith(ALWAYS_OPEN) or name in _open_names()


@cache
def _open_names() -> frozenset[str]:
    public = {name for module in installed_modules() for name in module.public_urls}
    return frozenset({*public, "set_language", "ui:modes", "accounts:account", "accounts:end_session"})
