"""Doors: every address is on the public list, or sends a stranger to sign-in or to 404."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jiangxin.kernel.modules import installed_modules
from tests.house.tree import HOUSE_APPS

pytestmark = [pytest.mark.house, pytest.mark.django_db]
KERNEL_PUBLIC = {"http:healthz"}
SAMPLES = {"uid": "0" * 26, "code": "no-such-code", "pk": 0, "kind": "none", "name": "none", "token": "none"}
CLOSED = {302, 403, 404, 405}


def _patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _patterns(entry, inner)
        elif entry.name:
            yield f"{namespace}{entry.name}", entry


def _house_addresses() -> list[tuple[str, str]]:
    found = []
    for name, pattern in _patterns(get_resolver()):
        if name.split(":")[0] in {*HOUSE_APPS, "http", "sheets", "files", "jobs"}:
            arguments = {
                key: SAMPLES.get(key, 0 if conv.__class__.__name__ == "IntConverter" else "none")
                for key, conv in pattern.pattern.converters.items()
            }
            found.append((name, reverse(name, kwargs=arguments)))
    return found


def test_a_stranger_only_enters_by_public_doors(client: Client) -> None:
    public = KERNEL_PUBLIC | {name for module in installed_modules() for name in module.public_urls}
    open_doors = []
    for name, address in _house_addresses():
        status = client.get(address).status_code
        if name not in public and status not in CLOSED:
            open_doors.append(f"{name}: {status}")

    assert open_doors == []


def test_the_public_list_names_only_addresses_that_exist() -> None:
    known = {name for name, _ in _patterns(get_resolver())}

    assert sorted({n for module in installed_modules() for n in module.public_urls} - known) == []
