"""Gives each request an id for the log, and turns a refusal into a page a person can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import context
from jiangxin.kernel.files.storage import is_disk_full
from jiangxin.kernel.http.exchange import OPEN, preflight, tell_limit, wants_json
from jiangxin.kernel.http.problems import PROBLEM, problem_of_status
from jiangxin.kernel.text.ids import new_uid

API, HEALTH = "/api/", "/healthz"
MOST_BYTES = 1 << 20
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Every log entry written during a request carries the same request id, which the answer shows too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = new_uid()
        with context.in_request(request_id):
            response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        return response


class RefusalMiddleware:
    """A refusal that no view caught becomes a calm page with status 403, 409 or 400 and its own sentence.

    So does an address asked for in a way it does not take, such as a button's typed into the browser (405).
    """

    STATUS = {"overtaken": 409, "wrong_state": 409, "no_permission": 403, "too_often": 429, "disk_full": 507}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and not request.path_info.startswith(API):
            return not_so(request, allowed=answer["Allow"])
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError) and "NUL" in str(
            error
        ):  # PostgreSQL: %00 where words were looked for
            return render(request, "400.html", status=400)
        if is_disk_full(error):
            return no_room(request)
        if not isinstance(error, Refused):
            return None
        status = self.STATUS.get(error.code, 400)
        return render(
            request, "http/refused.html", {"sentence": error.sentence, "status": status}, status=status
        )


def not_so(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """The page for an address that only takes other methods; `allowed` names them."""
    answer = render(request, "405.html", status=405)
    answer.headers["Allow"] = allowed
    return answer


def no_room(request: HttpRequest) -> HttpResponse:
    """The page for a disk or a database without room: one sentence, and what was there stays."""
    sentence = _("服务器磁盘空间不足，这次没有保存，原有内容不受影响。请联系系统管理员，稍后再试。")
    return render(request, "http/refused.html", {"sentence": sentence, "status": 507}, status=507)


class MaintenanceMiddleware:
    """While a file called `maintenance` lies in JX_HOME every page says so (503); the health check answers as ever."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == HEALTH or not (settings.JX_HOME / "maintenance").exists():
            return self.get_response(request)
        answer = (
            problem_of_status(503)
            if request.path_info.startswith(API)
            else render(request, "503.html", status=503)
        )
        answer.headers["Retry-After"] = "300"
        return answer


class ApiConditionalMiddleware:
    """What holds for the whole API: an ETag on every answer, HEAD like GET, and each error a problem, also Django's own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.conditional = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return self.get_response(request)
        for status, is_wrong in ((413, _too_long(request)), (406, not wants_json(request))):
            if is_wrong:
                return _opened(problem_of_status(status))
        headers_only = request.method == "HEAD"
        if headers_only:
            request.method = "GET"
        answer = self.get_response(request)
        if answer.status_code >= 400 and answer.get("Content-Type") != PROBLEM:
            answer = _as_problem(answer)
        patch_vary_headers(answer, ["Authorization"])
        answer.headers.setdefault("Cache-Control", "no-cache")
        answer = cast(HttpResponse, self.conditional.process_response(request, answer))
        tell_limit(answer, getattr(request, "standing", None))
        if answer.has_header("Allow"):
            answer["Allow"] = ", ".join(sorted(_with_head(str(answer["Allow"]))))
            if request.method == "OPTIONS":
                return _opened(preflight(str(answer["Allow"])))
        _opened(answer)
        if headers_only:
            length = len(answer.content)
            answer.content = b""
            answer["Content-Length"] = str(length)
        return answer


def _opened(answer: HttpResponse) -> HttpResponse:
    """Any site's page may read it: nothing here depends on a cookie."""
    for name, value in OPEN.items():
        answer[name] = value
    return answer


def _too_long(request: HttpRequest) -> bool:
    length = request.headers.get("content-length") or "0"
    return length.isascii() and length.isdigit() and int(length[:12]) > MOST_BYTES


def _as_problem(answer: HttpResponse) -> HttpResponse:
    """The same status with our body; the headers stay, but for those that belong to the old body."""
    made = problem_of_status(answer.status_code)
    for name, value in answer.headers.items():
        if name not in made.headers and name not in {"Content-Length", "ETag"}:
            made.headers[name] = value
    return made


def _with_head(allowed: str) -> set[str]:
    methods = {word.strip() for word in allowed.split(",") if word.strip()}
    return methods | {"HEAD"} if "GET" in methods else methods
