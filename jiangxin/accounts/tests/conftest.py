"""The tree and the signed-in client these tests share."""

from __future__ import annotations

import pytest

from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree


@pytest.fixture
def tree(db: None) -> dict[str, Org]:
    return make_tree()
