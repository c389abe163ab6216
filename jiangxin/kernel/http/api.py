"""The JSON API: one ninja instance, problem+json errors, scopes, rate limits and paging for every app's router."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, Generic, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from jiangxin.kernel.http.exchange import sends_json
from jiangxin.kernel.http.limits import address_of, over_limit, standing
from jiangxin.kernel.http.problems import Problem, TooManyRequests, register_problems
from jiangxin.kernel.http.schema import complete_schema
from jiangxin.kernel.http.tokens import Caller, read_caller
from jiangxin.kernel.modules import installed_modules, named

T = TypeVar("T")
READS_A_MINUTE_ANONYMOUS, READS_A_MINUTE_TOKEN, BAD_TOKENS_A_MINUTE = 120, 1200, 20
PLAIN_TEXT = r"^[^\x00-\x1f\x7f]*$"  # words as a person types them; no database takes NUL
UID = r"^[0-9A-HJKMNP-TV-Z]{26}$"
ERRORS = {
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    405: Problem,
    406: Problem,
    413: Problem,
    415: Problem,
    422: Problem,
    429: Problem,
}
_scopes: dict[str, str] = {}


class Page(Schema, Generic[T]):
    """One page of a list; `next` is the cursor of the following page, null on the last one."""

    items: list[T]
    next: str | None = None


def caller_of(request: HttpRequest) -> Caller:
    """The caller, set by the scope check."""
    caller: Caller = request.caller  # type: ignore[attr-defined]  # set below, before the view runs
    return caller


class Bearer:
    """Security scheme of the schema; lets visitors without a token through with public facts only."""

    openapi_security_schema: ClassVar[dict[str, str]] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of an account (`jx_…`). Without one, public facts only and a lower limit.",
    }

    def __call__(self, request: HttpRequest) -> Caller:
        if not sends_json(request):
            raise HttpError(415, "")
        caller, address = read_caller(request), address_of(request)
        if caller is None:
            _count(request, "bad-token", address, BAD_TOKENS_A_MINUTE)
            raise AuthenticationError
        if caller.token:
            _count(request, "api", f"token:{caller.token.pk}", READS_A_MINUTE_TOKEN)
        else:
            _count(request, "api", f"ip:{address}", READS_A_MINUTE_ANONYMOUS)
        request.caller = caller  # type: ignore[attr-defined]  # read by caller_of
        return caller


def _count(request: HttpRequest, what: str, key: str, allowed: int) -> None:
    seconds = over_limit(what, key, per_minute=allowed)
    request.standing = standing(what, key, per_minute=allowed)  # type: ignore[attr-defined]  # told by the middleware
    if seconds:
        raise TooManyRequests(seconds)


def scoped(scope: str) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Ask the token for a scope before the view runs."""

    def decorate(view: Callable[..., T]) -> Callable[..., T]:
        _scopes[view.__name__] = scope

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> T:
            if not caller_of(request).may(scope):
                raise HttpError(403, _("令牌没有这个范围：%(scope)s") % {"scope": scope})
            return view(request, *args, **kwargs)

        return checked

    return decorate


class HouseAPI(NinjaAPI):
    """The API whose schema says all that its answers may hold; made once a path, because it never changes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._schemas: dict[str, OpenAPISchema] = {}

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the view, which says what is done to what: list_people."""
        return str(getattr(operation.view_func, "__name__", ""))

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The OpenAPI 3.1 document with every header, error and scope."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._schemas:
            drawn = super().get_openapi_schema(path_prefix=prefix)
            complete_schema(drawn, _scopes)
            self._schemas[prefix] = drawn
        return self._schemas[prefix]


def build_api() -> NinjaAPI:
    """The API with the router of each installed module that offers one."""
    api = HouseAPI(
        title="匠心 Jiangxin",
        version="1",
        urls_namespace="api-v1",
        docs_url=None,
        openapi_url="/openapi.json",
        auth=Bearer(),
        description="Public register of skilled workers, honours, verification, organisations and regions.",
    )
    register_problems(api)
    for module in installed_modules():
        if module.api:
            api.add_router("", named(module.api), tags=[module.app])
    return api
