"""Addresses for the pager component."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

WINDOW = 1
ENDS = 1


def page_links(values: dict[str, Any]) -> dict[str, Any]:
    """Turn a Django page into numbered links that keep the rest of the address."""
    page: Page[Any] | None = values["page"]
    if page is None:
        return {"numbers": []}
    request: HttpRequest | None = values["request"]
    param = str(values["param"])

    def address(number: int | str) -> str:
        query = request.GET.copy() if request is not None else None
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    paginator: Paginator[Any] = page.paginator
    numbers = [
        {"gap": True}
        if not isinstance(number, int)
        else {"number": number, "url": address(number), "current": number == page.number}
        for number in paginator.get_elided_page_range(page.number, on_each_side=WINDOW, on_ends=ENDS)
    ]
    return {
        "numbers": numbers if paginator.num_pages > 1 else [],
        "newer": address(page.previous_page_number()) if page.has_previous() else "",
        "older": address(page.next_page_number()) if page.has_next() else "",
    }
