"""Errors of the JSON API after RFC 9457: one shape, one media type, a sentence a person can read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from jiangxin.kernel.access import Refused
from jiangxin.kernel.events.plain import clean

PROBLEM = "application/problem+json"
STATUS_OF = {"no_permission": 403, "cursor": 404, "overtaken": 409, "wrong_state": 409, "disk_full": 507}


class Problem(Schema):
    """An error after RFC 9457."""

    type: str = Field("about:blank", description="kind of problem")
    title: str
    status: int
    detail: str = ""
    code: str = Field("", description="short stable word for programs")
    errors: list[dict[str, Any]] = Field(default_factory=list, description="faults of single inputs")


class TooManyRequests(Exception):  # noqa: N818 - reads as what happened
    """The caller asked too often; `seconds` until it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def problem(status: int, title: str, **rest: Any) -> HttpResponse:
    """An answer that says what went wrong; `rest` may hold detail, code and errors."""
    body = Problem(title=title, status=status, **rest)
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM)


def problem_of_status(status: int) -> HttpResponse:
    """The answer for a status that Django itself gave, outside any operation."""
    known = {
        400: (_("请求无法理解"), "bad_request"),
        403: (_("不允许"), "forbidden"),
        404: (_("没有这个地址"), "no_such_address"),
        405: (_("这个地址不接受这种方法"), "method_not_allowed"),
        406: (_("这里只给出 JSON"), "not_acceptable"),
        413: (_("内容太大"), "too_large"),
        415: (_("请求内容应为 JSON"), "unsupported_media_type"),
        503: (_("系统正在维护"), "maintenance"),
        507: (_("服务器磁盘空间不足"), "disk_full"),
    }
    title, code = known.get(status, (_("系统出了问题，请稍后再试"), "server_error"))
    return problem(status, title, code=code)


def register_problems(api: NinjaAPI) -> None:
    """Turn every error an operation may raise into a problem."""
    api.exception_handler(Refused)(_refused)
    api.exception_handler(AuthenticationError)(_unknown_token)
    api.exception_handler(TooManyRequests)(_too_many)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(Http404)(_missing)
    api.exception_handler(ObjectDoesNotExist)(_missing)
    api.exception_handler(RequestDataTooBig)(_too_large)
    api.exception_handler(HttpError)(_plain)


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(STATUS_OF.get(error.code, 400), _("请求被拒绝"), detail=str(error), code=error.code)


def _unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(401, _("令牌无效或已停用"), code="bad_token")
    response["WWW-Authenticate"] = "Bearer"
    return response


def _too_many(request: HttpRequest, error: TooManyRequests) -> HttpResponse:
    response = problem(429, _("请求太频繁，请稍后再试"), code="too_many")
    response["Retry-After"] = str(error.seconds)
    return response


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        {
            "where": [clean(str(part)) for part in each.get("loc", ())],
            "message": clean(str(each.get("msg", ""))),
        }
        for each in error.errors
    ]
    return problem(422, _("输入有误"), code="invalid", errors=faults)


def _missing(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404, _("没有找到"), code="not_found")


def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem_of_status(413)


def _plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    """In our own words; what the library says of a body it cannot read (400) is English whoever asks."""
    if not error.message or error.status_code == 400:
        return problem_of_status(error.status_code)
    return problem(error.status_code, error.message, code="refused")
