"""The conditions of a list as they stand in its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

PLACE_IN_LIST = {"page", "after", "before", "more"}
SEARCHED, WHOLE_COUNTRY = "q", "all"


def conditions_in_force(values: dict[str, Any]) -> dict[str, Any]:
    """How many conditions of a filter bar are in force inside its fold: not the search field that stands outside."""
    filters = values["filters"]
    outside = {WHOLE_COUNTRY, SEARCHED} if values["slots"].get("search") else {WHOLE_COUNTRY}
    names = {name for name, _ in parse_qsl(filters.query)} if filters else set()
    return {"in_force": len(names - outside)}


def conditions(query: str) -> str:
    """The conditions of an address, always in one order, without empty ones and without the place in the list."""
    said = [(name, value) for name, value in parse_qsl(query) if value.strip() and name not in PLACE_IN_LIST]
    return urlencode(sorted(said))
