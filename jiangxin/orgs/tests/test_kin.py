"""An employer's parent and successor: told on the form by name or code, shown on both pages."""

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.accounts.tests.factories import make_officer
from jiangxin.orgs.models import Employer
from jiangxin.orgs.queries import employers_called, kin_of
from jiangxin.orgs.tests.factories import make_employer, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    tree = make_tree()
    client = Client()
    client.force_login(make_officer("city_officer", tree["city"]))
    client.tree = tree  # type: ignore[attr-defined] # handed to the tests
    return client


def _send(client: Client, employer: Employer, **data: str) -> tuple[int, str]:
    answer = client.post(reverse("orgs:edit_employer", args=[employer.uid]), data)
    employer.refresh_from_db()
    return answer.status_code, answer.content.decode()


def _employer(client: Client, name: str, **fields: object) -> Employer:
    return make_employer(name, org=client.tree["county"], **fields)  # type: ignore[attr-defined] # see above


def test_parent_and_successor_are_set_by_name_and_shown_on_both_sides(officer: Client) -> None:
    old, new = _employer(officer, "临江第一机床厂"), _employer(officer, "临江机床有限公司")
    group = _employer(officer, "江州装备集团有限公司")

    sent = _send(officer, old, parent="江州装备集团有限公司", successor="临江机床有限公司")

    assert (sent[0], old.parent, old.successor) == (302, group, new)
    assert (kin_of(group), kin_of(new)) == (([old], []), ([], [old]))
    pages = [
        officer.get(reverse("orgs:employer", args=[each.uid])).content.decode() for each in (old, new, group)
    ]
    assert [word in page for word, page in zip(("承继单位", "前身", "下属单位"), pages, strict=True)] == [
        True
    ] * 3
    assert "临江第一机床厂" in pages[1]


def test_what_was_set_stays_when_the_form_comes_back_unchanged(officer: Client) -> None:
    old = _employer(officer, "临江第一机床厂", successor=_employer(officer, "临江机床有限公司"))
    form = officer.get(reverse("orgs:edit_employer", args=[old.uid])).context["form"]

    _send(officer, old, **{name: form[name].value() or "" for name in form.fields})

    assert old.successor is not None


@pytest.mark.parametrize("text", ["没有这家厂", "重名的厂"])
def test_a_name_that_means_none_or_several_is_refused(officer: Client, text: str) -> None:
    old = _employer(officer, "临江第一机床厂")
    for _number in range(2):
        _employer(officer, "重名的厂")

    status, page = _send(officer, old, parent=text)

    assert (status, old.parent) == (200, None)
    assert ("没有登记过名为" in page, "请改填统一社会信用代码" in page) == (
        text == "没有这家厂",
        text == "重名的厂",
    )


def test_a_unit_is_not_its_own_parent(officer: Client) -> None:
    old = _employer(officer, "临江第一机床厂")

    status, page = _send(officer, old, parent="临江第一机床厂")

    assert (status, "不能形成循环" in page) == (200, True)


def test_a_former_name_or_the_code_finds_the_employer(officer: Client) -> None:
    made = _employer(officer, "临江机床有限公司", uscc="91230200MA19ABCD0X")
    made.names.create(name="临江第一机床厂", normalized="临江第一机床厂", kind="former")

    assert employers_called("临江第一机床厂") == employers_called("91230200ma19abcd0x") == [made]
