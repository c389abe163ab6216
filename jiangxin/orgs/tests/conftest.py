"""Actors and the small tree used all over these tests."""

from dataclasses import dataclass

import pytest

from jiangxin.kernel.access import SystemActor
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree


@dataclass(frozen=True)
class OfficerOf:
    """An actor who holds every permission on one path and nothing elsewhere."""

    path: str
    actor_id: str = "user:1"
    actor_label: str = "许青禾"
    is_authenticated: bool = True

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        if obj is None:
            return perm != "orgs.load_tables"
        return getattr(obj, "opath", "").startswith(self.path)

    def paths_for(self, code: str) -> tuple[str, ...]:
        return (self.path,)


@pytest.fixture
def system() -> SystemActor:
    return SystemActor("test")


@pytest.fixture
def tree(db: None) -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def city_officer(tree: dict[str, Org]) -> OfficerOf:
    return OfficerOf(tree["city"].path)
