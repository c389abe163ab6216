"""Gives each request an id for the log, and turns a refusal into a page a person can read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import render

from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import context
from jiangxin.kernel.text.ids import new_uid

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
    """A refusal that no view caught becomes a calm page with status 403, 409 or 400 and its own sentence."""

    STATUS = {"overtaken": 409, "wrong_state": 409, "no_permission": 403}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        status = self.STATUS.get(error.code, 400)
        return render(
            request, "http/refused.html", {"sentence": error.sentence, "status": status}, status=status
        )


class ApiConditionalMiddleware(ConditionalGetMiddleware):
    """Answers of the API carry an ETag; an unchanged answer is 304 without a body."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return response
        return super().process_response(request, response)
