"""The JSON API: one ninja instance, problem+json errors, scopes, rate limits and paging for every app's router."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from jiangxin.kernel.access import Refused
from jiangxin.kernel.http.limits import over_limit
from jiangxin.kernel.http.tokens import Caller, read_caller
from jiangxin.kernel.modules import installed_modules

T = TypeVar("T")
PROBLEM = "application/problem+json"
READS_A_MINUTE_ANONYMOUS, READS_A_MINUTE_TOKEN = 120, 1200


class Problem(Schema):
    """An error after RFC 9457."""

    type: str = Field("about:blank", description="kind of problem")
    title: str
    status: int
    detail: str = ""
    code: str = ""
    errors: list[dict[str, Any]] = Field(default_factory=list, description="faults of single inputs")


class Page(Schema, Generic[T]):
    """One page of a list; `next` is the cursor of the following page, null on the last one."""

    items: list[T]
    next: str | None = None


ERRORS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}


class TooManyRequests(Exception):  # noqa: N818 - reads as what happened
    """The caller asked too often; `seconds` until it may ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _problem(request: HttpRequest, status: int, title: str, **rest: Any) -> HttpResponse:
    body = Problem(title=title, status=status, **rest)
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM)


def caller_of(request: HttpRequest) -> Caller:
    """The caller, set by the scope check."""
    caller: Caller = request.caller  # type: ignore[attr-defined]  # set below, before the view runs
    return caller


class Bearer:
    """Security scheme of the schema; lets visitors without a token through with public facts only."""

    def __call__(self, request: HttpRequest) -> Caller:
        caller = read_caller(request)
        if caller is None:
            raise AuthenticationError
        key = f"token:{caller.token.pk}" if caller.token else f"ip:{request.META.get('REMOTE_ADDR', '')}"
        allowed = READS_A_MINUTE_TOKEN if caller.token else READS_A_MINUTE_ANONYMOUS
        if seconds := over_limit("api", key, per_minute=allowed):
            raise TooManyRequests(seconds)
        request.caller = caller  # type: ignore[attr-defined]  # read by caller_of
        return caller


def scoped(scope: str) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Ask the token for a scope before the view runs."""

    def decorate(view: Callable[..., T]) -> Callable[..., T]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> T:
            if not caller_of(request).may(scope):
                raise HttpError(403, _("令牌没有这个范围：%(scope)s") % {"scope": scope})
            return view(request, *args, **kwargs)

        return checked

    return decorate


def _register_errors(api: NinjaAPI) -> None:
    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        status = 403 if error.code == "no_permission" else 400
        return _problem(request, status, _("请求被拒绝"), detail=str(error), code=error.code)

    @api.exception_handler(AuthenticationError)
    def unknown_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = _problem(request, 401, _("令牌无效或已停用"), code="bad_token")
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(TooManyRequests)
    def too_many(request: HttpRequest, error: TooManyRequests) -> HttpResponse:
        response = _problem(request, 429, _("请求太频繁，请稍后再试"), code="too_many")
        response["Retry-After"] = str(error.seconds)
        return response

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [
            {"where": list(map(str, e.get("loc", ()))), "message": e.get("msg", "")} for e in error.errors
        ]
        return _problem(request, 422, _("输入有误"), code="invalid", errors=faults)

    @api.exception_handler(Http404)
    @api.exception_handler(ObjectDoesNotExist)
    def missing(request: HttpRequest, error: Exception) -> HttpResponse:
        return _problem(request, 404, _("没有找到"), code="not_found")

    @api.exception_handler(HttpError)
    def plain(request: HttpRequest, error: HttpError) -> HttpResponse:
        return _problem(request, error.status_code, error.message, code="refused")


def build_api() -> NinjaAPI:
    """The API with the router of each installed module that offers one."""
    api = NinjaAPI(
        title="匠心 Jiangxin",
        version="1",
        urls_namespace="api-v1",
        docs_url=None,
        openapi_url="/openapi.json",
        auth=Bearer(),
        description="Public register of skilled workers, honours, verification, organisations and regions.",
    )
    _register_errors(api)
    for module in installed_modules():
        if module.api:
            api.add_router("", import_string(module.api.replace(":", ".")), tags=[module.app])
    return api
