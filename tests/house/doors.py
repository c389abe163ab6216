"""Every address of the house, with sample arguments, for checks that go through all doors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from tests.house.tree import HOUSE_APPS

Door = tuple[str, dict[str, Any]]
SAMPLES = {"uid": "0" * 26, "code": "no-such-code", "kind": "none", "name": "none", "token": "none"}
BY_CONVERTER = {"IntConverter": 0, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}
KERNEL_SPACES = ("http", "sheets", "files", "jobs", "ui")


def _walk(resolver: URLResolver, namespace: str, above: dict[str, Any]) -> Iterator[Door]:
    for entry in resolver.url_patterns:
        converters = {**above, **getattr(entry.pattern, "converters", {})}
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, converters)
        elif entry.name:
            groups = dict.fromkeys(entry.pattern.regex.groupindex) if not converters else {}
            yield f"{namespace}{entry.name}", {**groups, **converters}


def doors() -> list[Door]:
    """(name with namespace, converters of its arguments) of every named address."""
    return list(_walk(get_resolver(), "", {}))


def addresses() -> list[tuple[str, str]]:
    """(name, address with sample arguments) of everything, sign-in pages and the API included."""
    found = []
    for name, converters in doors():
        arguments = {
            key: BY_CONVERTER.get(converter.__class__.__name__, SAMPLES.get(key, "none"))
            for key, converter in converters.items()
        }
        found.append((name, reverse(name, kwargs=arguments)))
    return found


def house_addresses() -> list[tuple[str, str]]:
    """(name, address) of our own pages."""
    own = {*HOUSE_APPS, *KERNEL_SPACES}
    return [(name, address) for name, address in addresses() if name.split(":")[0] in own]
