"""Workers and officers who sign in; accounts stand a floor above, so their factories are fetched at run time."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.kernel.access import Refused
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


@pytest.fixture
def officer(tree: dict[str, Org]) -> Any:
    """The officer of the city."""
    return make_officer("city_officer", tree["city"], display_name="许青禾")


def refused(call: Callable[[], object]) -> str:
    """The code of the refusal that a call meets."""
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def send(user: Any, name: str, *args: object, **data: Any) -> Any:
    """The answer to a form that the user sends to an address of people."""
    return signed_in(user).post(reverse(f"people:{name}", args=args), data)


def page_of(user: Any, name: str, *args: object) -> str:
    """What the user reads at an address of people."""
    response = signed_in(user).get(reverse(f"people:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()
