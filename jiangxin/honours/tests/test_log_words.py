"""What the log calls an honour: whose, which and of what year, until the worker is forgotten."""

import pytest

from jiangxin.honours.actions import (
    doubt_recheck,
    issue_credential,
    keep_honour,
    open_rechecks,
    revoke_conferral,
    suspend_conferral,
)
from jiangxin.honours.models import CascadeProposal, Conferral, Recheck
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour, make_ladder
from jiangxin.kernel.events import Event
from jiangxin.kernel.privacy import erase_subject
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"


def labels(*kinds: str) -> set[tuple[str, str]]:
    """(name of the event, what its thing is called) of every entry about things of these kinds."""
    about = [f"honours.{kind}" for kind in kinds]
    return set(Event.objects.filter(object_type__in=about).values_list("name", "object_label"))


@pytest.fixture
def ladder(tree: dict[str, Org]) -> Conferral:
    """林小满 with a lower honour that was revoked and a higher one that was kept; returns the lower one."""
    city, province, _nation = make_ladder()
    person = PersonFactory(name="林小满", org=tree["city"])
    lower, _higher = make_conferral(person, city, 2020), make_conferral(person, province, 2022)
    open_rechecks(year=2026, by=SYSTEM)
    doubt_recheck(Recheck.objects.order_by("pk").first(), note="核对社保记录时发现有一个月欠缴", by=SYSTEM)
    revoke_conferral(lower, grounds="procedure", reason=REASON, by=SYSTEM)
    keep_honour(CascadeProposal.objects.get(), reason=REASON, by=SYSTEM)
    return lower


def test_the_log_says_whose_credential_it_is(conferral: Conferral) -> None:
    issue_credential(conferral, by=SYSTEM)

    assert {label for _name, label in labels("credential")} == {"林小满 · 临江市劳动模范 2024"}


def test_the_log_says_whose_honour_was_suspended(tree: dict[str, Org]) -> None:
    team = make_conferral(make_collective(), make_honour(kind="collective"), 2023)
    suspend_conferral(team, reason=REASON, by=SYSTEM)

    assert ("honours.honour_suspended", "宏远重工焊接一班 · 临江市劳动模范 2023") in labels("conferral")


def test_questions_and_re_checks_are_called_by_their_honour(ladder: Conferral) -> None:
    titles = {label for _name, label in labels("recheck", "cascadeproposal", "revocation")}

    assert titles == {f"林小满 · {ladder.honour.title} 2020", "林小满 · 江州省劳动模范 2022"}


def test_who_is_erased_is_forgotten_in_the_log_of_honours_too(ladder: Conferral) -> None:
    other = make_conferral(PersonFactory(name="赵铁生"), ladder.honour, 2021)

    erase_subject(ladder.person.uid, by=SYSTEM)

    told = Event.objects.filter(object_type__startswith="honours.").values_list("object_label", flat=True)
    assert [label for label in told if "林小满" in label] == []
    assert f"赵铁生 · {other.honour.title} 2021" in set(told)


def test_an_erasure_keeps_the_honours_and_says_so(ladder: Conferral) -> None:
    done = erase_subject(ladder.person.uid, by=SYSTEM)["honours"]

    assert (len(done.kept), Conferral.objects.filter(person=ladder.person).count()) == (1, 2)


def test_who_holds_no_honour_leaves_nothing_to_forget(tree: dict[str, Org]) -> None:
    person = PersonFactory(name="丁一", org=tree["city"])

    assert erase_subject(person.uid, by=SYSTEM)["honours"].kept == ()
