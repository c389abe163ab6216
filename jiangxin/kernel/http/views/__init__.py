"""Pages of the house itself: error pages and health, API tokens, the log."""

from jiangxin.kernel.http.views.answers import (
    bad_request,
    csrf_failure,
    forbidden,
    healthz,
    not_found,
    server_error,
)

__all__ = ["bad_request", "csrf_failure", "forbidden", "healthz", "not_found", "server_error"]
