"""Scenes for the pages: a tree, a worker with an account, officers, signed-in clients."""

from collections.abc import Callable

import pytest
from django.test import Client

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import issue_credential
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour
from jiangxin.kernel.http.limits import forget_limits
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.tests.factories import PersonFactory, SourceFactory

SignIn = Callable[[User], Client]


@pytest.fixture
def tree(db: None) -> dict[str, Org]:
    return make_tree()


@pytest.fixture
def conferral(tree: dict[str, Org]) -> Conferral:
    person = PersonFactory(name="林小满", org=tree["enterprise"], is_public=True)
    return make_conferral(person, make_honour(), 2024, source=SourceFactory())


@pytest.fixture
def credential(conferral: Conferral) -> Credential:
    return issue_credential(conferral, by=SYSTEM)


@pytest.fixture
def officer(tree: dict[str, Org]) -> User:
    return accounts.make_officer("city_officer", tree["city"], display_name="许青禾")


@pytest.fixture
def worker(conferral: Conferral) -> User:
    return accounts.make_user("lin", person=conferral.person)


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    forget_limits()
