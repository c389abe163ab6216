"""Workers and officers who sign in; accounts stand a floor above, so their factories are fetched at run time."""

from importlib import import_module
from typing import Any

import pytest
from django.test import Client

from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.models import Person


def _accounts() -> Any:
    return import_module("jiangxin.accounts.tests.factories")


def make_worker(person: Person | None, **fields: Any) -> Any:
    """The account of a worker."""
    return _accounts().make_user(person=person, **fields)


def make_officer(role: str, org: Org, **fields: Any) -> Any:
    """An account with a role on an organisation."""
    return _accounts().make_officer(role, org, **fields)


def signed_in(user: Any) -> Client:
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def tree(db: None) -> dict[str, Org]:
    """The small union tree of orgs."""
    return make_tree()
