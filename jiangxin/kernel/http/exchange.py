"""What the API agrees on with a caller before an operation runs: media types, callers in other sites' pages, limits told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jiangxin.kernel.http.limits import Standing

OURS = ("application/json", "application/problem+json")
DAY = 86_400
# Tokens travel in a header and cookies count for nothing here, so a page of any site may ask what anybody may ask.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Request-ID",
}


def preflight(allowed: str) -> HttpResponse:
    """The answer to OPTIONS, also to a browser that asks on behalf of another site's page."""
    methods = ", ".join(sorted({"OPTIONS", *(word.strip() for word in allowed.split(",") if word.strip())}))
    answer = HttpResponse(status=204, headers={"Allow": methods})
    answer["Access-Control-Allow-Methods"] = methods
    answer["Access-Control-Allow-Headers"] = "Authorization, Content-Type, If-None-Match"
    answer["Access-Control-Max-Age"] = str(DAY)
    del answer["Content-Type"]
    return answer


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller takes JSON (RFC 9110 12.5.1); without Accept it does."""
    return not request.headers.get("Accept") or any(request.accepts(each) for each in OURS)


def sends_json(request: HttpRequest) -> bool:
    """Whether a body, if there is one, says it is JSON (application/json or any +json)."""
    kind = (request.content_type or "").lower()
    if request.method not in {"POST", "PUT", "PATCH"}:
        return True
    return (
        not kind or kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    )


def tell_limit(answer: HttpResponse, standing: Standing | None) -> None:
    """Say how many calls are left (IETF draft RateLimit header fields)."""
    if standing is not None:
        answer["RateLimit-Limit"] = str(standing.allowed)
        answer["RateLimit-Remaining"] = str(standing.left)
        answer["RateLimit-Reset"] = str(standing.seconds)
