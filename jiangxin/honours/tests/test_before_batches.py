"""Before a batch begins: what cannot be printed is told with its number and names; and lists keep their filters."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.honours.models import Conferral
from jiangxin.honours.queries.printing import lacking_among
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import make_collective, make_conferral, make_honour
from jiangxin.honours.views import batches
from jiangxin.honours.words import HonourKind
from jiangxin.kernel.jobs import Progress
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
RARE = "𰽀"


@pytest.fixture
def client_here(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


@pytest.fixture
def plain(tree: dict[str, Org]) -> Conferral:
    return make_conferral(PersonFactory(name="周敏", org=tree["city"], is_public=True), make_honour(), 2024)


@pytest.fixture
def rare(plain: Conferral, tree: dict[str, Org]) -> Conferral:
    person = PersonFactory(name=f"林{RARE}", org=tree["city"], is_public=True)
    return make_conferral(person, plain.honour, 2024)


def post(client: Client, intent: str, *chosen: Conferral, **more: str) -> Any:
    return client.post(
        reverse("honours:work_batch"), {"intent": intent, "uid": [each.uid for each in chosen], **more}
    )


@pytest.mark.parametrize(
    ("intent", "title"), [("issue", "成批签发凭证"), ("pdf", "成批打印证书"), ("zip", "成批打印证书")]
)
def test_what_cannot_be_printed_is_told_before_anything_begins(
    client_here: Client, plain: Conferral, rare: Conferral, intent: str, title: str
) -> None:
    page = post(client_here, intent, plain, rare)

    words = page.content.decode()
    assert (page.status_code, f"<title>{title}" in words) == (200, True)
    assert f"1 份证书里有字库没有的字“{RARE}”，会印成〓。" in words
    assert f'<p lang="zh-Hans">林{RARE}</p>' in words
    assert Progress.objects.count() == 0


@pytest.mark.parametrize("intent", ["issue", "pdf", "zip"])
def test_confirmed_it_begins_with_what_was_chosen(
    client_here: Client, plain: Conferral, rare: Conferral, intent: str
) -> None:
    page = post(client_here, intent, plain, rare).content.decode()
    form = re.search(r'<form class="confirm.*?</form>', page, re.DOTALL)
    kept = re.findall(r'name="(\w+)" value="([^"]*)"', form[0] if form else "")
    data: dict[str, list[str]] = {}
    for name, value in kept:
        data.setdefault(name, []).append(value)

    begun = client_here.post(reverse("honours:work_batch"), data)

    task = Progress.objects.get()
    assert (begun.status_code, begun["Location"]) == (302, reverse("honours:work_task", args=[task.uid]))
    assert task.total == 2


@pytest.mark.parametrize("intent", ["issue", "pdf"])
def test_nothing_is_asked_when_all_can_be_printed(client_here: Client, plain: Conferral, intent: str) -> None:
    assert post(client_here, intent, plain).status_code == 302
    assert Progress.objects.count() == 1


def test_many_are_counted_first_even_when_all_can_be_printed(
    client_here: Client, plain: Conferral, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CONFIRM_FROM", 1)

    page = post(client_here, "issue", plain).content.decode()

    assert ("将为 1 项荣誉签发凭证。" in page, "有字印不出来" in page) == (True, False)


def test_names_of_collectives_units_and_posts_are_looked_at_too(
    plain: Conferral, tree: dict[str, Org]
) -> None:
    pioneer = make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)
    make_conferral(make_collective(f"{RARE}山班组", opath=tree["city"].path), pioneer, 2024)
    make_conferral(PersonFactory(name="丁一", org=tree["city"]), plain.honour, 2020, unit_text=f"{RARE}山矿")
    make_conferral(PersonFactory(name="顾长河", org=tree["city"]), plain.honour, 2020, post_text=f"{RARE}工")

    found = lacking_among(Conferral.objects.all())

    assert found is not None
    assert (found.number, found.signs, found.more) == (3, RARE, 0)
    assert set(found.names) == {f"{RARE}山班组", "丁一", "顾长河"}


def test_ten_are_named_and_the_others_counted_with_one_question(
    plain: Conferral, tree: dict[str, Org]
) -> None:
    for sign in "甲乙丙丁戊己庚辛壬癸子丑":
        make_conferral(PersonFactory(name=f"林{RARE}{sign}", org=tree["city"]), plain.honour, 2020)

    with CaptureQueriesContext(connection) as asked:
        found = lacking_among(Conferral.objects.all())

    assert found is not None
    assert (found.number, len(found.names), found.more, len(asked)) == (12, 10, 2, 1)


def test_the_list_of_honours_keeps_its_filters(client_here: Client, plain: Conferral) -> None:
    url = reverse("honours:work_honours")
    page = client_here.get(url, {"state": "conferred", "year": "2024"}).content.decode()
    client_here.post(
        reverse("ui:keep_filter"), {"path": url, "query": "state=conferred&year=2024", "name": "今年有效的"}
    )

    after = client_here.get(url).content.decode()

    assert "保存这组条件" in page
    assert f'<a href="{url}?state=conferred&amp;year=2024">今年有效的</a>' in after
