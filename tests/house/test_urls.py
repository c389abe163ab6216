"""Doors: every address is on the public list, or sends a stranger to sign-in or to 404."""

from __future__ import annotations

import pytest
from django.test import Client

from jiangxin.kernel.modules import installed_modules
from tests.house.doors import doors, house_addresses

pytestmark = [pytest.mark.house, pytest.mark.django_db]
KERNEL_PUBLIC = {"http:healthz", "ui:modes", "ui:gallery", "ui:gallery_layout"}
CLOSED = {302, 403, 404, 405}


def test_a_stranger_only_enters_by_public_doors(client: Client) -> None:
    public = KERNEL_PUBLIC | {name for module in installed_modules() for name in module.public_urls}
    open_doors = []
    for name, address in house_addresses():
        status = client.get(address).status_code
        if name not in public and status not in CLOSED:
            open_doors.append(f"{name}: {status}")

    assert open_doors == []


def test_the_public_list_names_only_addresses_that_exist() -> None:
    known = {name for name, _converters in doors()}

    assert sorted({n for module in installed_modules() for n in module.public_urls} - known) == []
