"""Completes the OpenAPI document: problem+json errors, headers, unchanged answers, and the scope of each operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiangxin.kernel.http.problems import PROBLEM

ETAG: dict[str, Any] = {
    "ETag": {"schema": {"type": "string"}, "description": "Send it back as If-None-Match."}
}
REQUEST_ID: dict[str, Any] = {
    "X-Request-ID": {"schema": {"type": "string"}, "description": "Names this request in the log."},
}
LIMITS: dict[str, Any] = {
    "RateLimit-Limit": {"schema": {"type": "integer"}, "description": "Calls allowed in a minute."},
    "RateLimit-Remaining": {"schema": {"type": "integer"}, "description": "Calls left in this minute."},
    "RateLimit-Reset": {"schema": {"type": "integer"}, "description": "Seconds until all are allowed again."},
}
HEADERS: dict[str, dict[str, Any]] = {
    "401": {"WWW-Authenticate": {"schema": {"type": "string"}}},
    "405": {"Allow": {"schema": {"type": "string"}}},
    "429": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}},
}
WORDS = {
    "400": "The request cannot be understood.",
    "401": "The token is unknown, ended or past its day.",
    "403": "The token lacks the scope.",
    "404": "There is no such thing, or no such page of it.",
    "405": "The address does not take this method.",
    "406": "Only JSON is given here.",
    "413": "The body is too large.",
    "415": "The body does not say that it is JSON.",
    "422": "An input is not allowed; `errors` says which.",
    "429": "Too many requests; wait as long as Retry-After says.",
}


def complete_schema(document: dict[str, Any], scopes: Mapping[str, str]) -> None:
    """Write into the document what ninja leaves out; `scopes` names the scope of each operation by its id."""
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _complete_answers(operation, reads=method == "get")
            scope = scopes[operation["operationId"]]
            operation["security"] = [{}, {"Bearer": [scope]}]
            operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scope}`.".strip()


def _complete_answers(operation: dict[str, Any], *, reads: bool) -> None:
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    if reads:
        answers.pop("413", None)
        answers.pop("415", None)
    for status, answer in answers.items():
        answer["headers"] = {**REQUEST_ID, **HEADERS.get(status, {})}
        if status in WORDS:
            answer["description"] = WORDS[status]
            answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    answers["200"]["headers"].update(LIMITS)
    if reads:
        answers["200"]["headers"].update(ETAG)
        answers["304"] = {"description": "Unchanged since the ETag sent.", "headers": {**REQUEST_ID, **ETAG}}
    operation["responses"] = dict(sorted(answers.items()))
