"""The tree and the signed-in client these tests share."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from jiangxin.accounts.models import User
from jiangxin.accounts.tests.factories import PASSWORD, make_grant, make_user
from jiangxin.accounts.tests.sign_ins import NOW
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree


@pytest.fixture
def tree(db: None) -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """The test happens on one morning in May."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer(tree: dict[str, Org], clock: time_machine.Coordinates) -> User:
    """Xu, officer of the city with a second factor."""
    user = make_user(
        "xu", password=PASSWORD, org=tree["city"], email="xu@example.cn", password_changed_at=NOW
    )
    make_grant(user, "city_officer", tree["city"], valid_from=datetime.date(2026, 1, 1))
    return user
