"""Taking back: grounds, cascade, suspension, re-checks."""

from typing import Any

import pytest
from django.utils import translation

from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import (
    doubt_recheck,
    issue_credential,
    keep_honour,
    lift_suspension,
    open_rechecks,
    pass_recheck,
    record_return,
    revoke_conferral,
    revoke_on_proposal,
    suspend_conferral,
)
from jiangxin.honours.models import CascadeProposal, Conferral, Recheck
from jiangxin.honours.queries.conferrals import shown_honours_of
from jiangxin.honours.queries.proving import verify_text
from jiangxin.honours.queries.work import count_proposals, proposals_for, rechecks_for
from jiangxin.honours.rules import deciding_path, is_not_decider
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour, make_ladder
from jiangxin.honours.words import Grounds, ProposalState
from jiangxin.kernel.access import Refused
from jiangxin.kernel.states.models import Step
from jiangxin.orgs.tests.factories import make_tree
from jiangxin.people.actions import correct_entry, give_consent
from jiangxin.people.models import PassportEntry
from jiangxin.people.queries.passport import public_timeline, timeline
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"


@pytest.fixture
def climb() -> list[Conferral]:
    """City, provincial and national honour of one worker in three years, with credentials."""
    person = PersonFactory(name="林小满", org=make_tree()["enterprise"], is_public=True)
    conferrals = [make_conferral(person, honour, 2018 + n) for n, honour in enumerate(make_ladder())]
    for conferral in conferrals:
        issue_credential(conferral, by=SYSTEM)
    return conferrals


def revoke(conferral: Conferral, **changes: Any) -> None:
    revoke_conferral(conferral, grounds=Grounds.FALSE_DEEDS, reason=REASON, by=SYSTEM, **changes)


def states(conferrals: list[Conferral]) -> list[str]:
    return [Conferral.objects.get(pk=each.pk).state for each in conferrals]


def verdicts(conferrals: list[Conferral]) -> list[str]:
    return [verify_text(each.credentials.get().document.encode()).code for each in conferrals]


def test_revoking_puts_the_next_higher_honour_into_reexamination(climb: list[Conferral]) -> None:
    city, province, nation = climb

    revoke(city)

    proposal = CascadeProposal.objects.get()
    assert (proposal.conferral, proposal.granter_text, proposal.strength) == (
        province,
        "江州省人民政府",
        "hard",
    )
    assert states([city, province, nation]) == ["revoked", "reexamined", "conferred"]
    assert verdicts([city, province, nation]) == ["revoked", "suspended", "valid"]


def test_the_passport_keeps_the_entry_and_a_withdrawal_with_its_reason(climb: list[Conferral]) -> None:
    city = climb[0]

    revoke(city)

    entry, withdrawal = PassportEntry.objects.filter(object_id=city.uid).order_by("pk")
    assert (withdrawal.corrects, withdrawal.retracted) == (entry, True)
    assert withdrawal.evidence["reason"] == "荣誉已撤销：主要事迹严重失实或弄虚作假"


def test_a_revoked_honour_leaves_the_public_pages_and_the_record_stays(climb: list[Conferral]) -> None:
    city = climb[0]
    revoke(city)

    assert city.person is not None
    assert [each.honour.code for each in shown_honours_of(city.person)] == ["nation-model", "province-model"]
    assert city.revocation.reason == REASON
    assert Step.objects.of(city).get().note == REASON


def test_keeping_the_higher_honour_restores_it_and_its_credential(climb: list[Conferral]) -> None:
    city, province, _nation = climb
    revoke(city)

    keep_honour(CascadeProposal.objects.get(), reason="省级荣誉另有充分事迹支撑，予以保留。", by=SYSTEM)

    assert states([province]) == ["conferred"]
    assert verdicts([province]) == ["valid"]


def test_revoking_on_a_proposal_asks_further_up(climb: list[Conferral]) -> None:
    city, province, nation = climb
    revoke(city)
    first = CascadeProposal.objects.get()

    revoke_on_proposal(first, grounds=Grounds.FALSE_DEEDS, reason=REASON, by=SYSTEM)

    assert states([city, province, nation]) == ["revoked", "revoked", "reexamined"]
    assert CascadeProposal.objects.get(state=ProposalState.PROPOSED).conferral == nation
    with pytest.raises(Refused):
        keep_honour(first, reason="现在又想保留这一项荣誉了。", by=SYSTEM)


def test_an_honour_conferred_earlier_was_not_built_on_the_revoked_one() -> None:
    city, province, _nation = make_ladder()
    person = PersonFactory()
    make_conferral(person, province, 2010)
    later = make_conferral(person, city, 2018)

    revoke(later)

    assert CascadeProposal.objects.count() == 0


def test_suspension_shows_in_the_credential_and_can_be_lifted(climb: list[Conferral]) -> None:
    city = climb[0]

    suspend_conferral(city, reason="有举报正在核查，核查期间暂停。", by=SYSTEM)
    suspended = verdicts([city])
    lift_suspension(city, reason="核查结束，举报不属实，予以恢复。", by=SYSTEM)

    assert (suspended, verdicts([city]), states([city])) == (["suspended"], ["valid"], ["conferred"])


def test_a_suspended_honour_rests_on_the_passport_and_leaves_the_public_pages(climb: list[Conferral]) -> None:
    city = climb[0]
    person = city.person
    assert person is not None
    give_consent(person, purpose="profile", by=SYSTEM)
    before = len(public_timeline(person))

    suspend_conferral(city, reason="有举报正在核查，核查期间暂停。", by=SYSTEM)
    own = {item.entry.object_id: item.moment.resting for item in timeline(person, SYSTEM)}
    during = len(public_timeline(person))
    lift_suspension(city, reason="核查结束，举报不属实，予以恢复。", by=SYSTEM)

    assert {uid for uid, word in own.items() if word} == {city.uid}
    assert (before, during, len(public_timeline(person))) == (len(climb), len(climb) - 1, len(climb))


def test_the_passport_reads_in_the_readers_language_what_the_catalogue_knows(climb: list[Conferral]) -> None:
    person, honour = climb[0].person, climb[0].honour
    assert person is not None
    type(honour).objects.filter(pk=honour.pk).update(title_en="City Model", granter_en="the City")
    entry = PassportEntry.objects.get(object_id=climb[0].uid)
    correct_entry(entry, title="别的写法", reason="按原件更正写法。", by=SYSTEM)

    with translation.override("en"):
        told = {item.entry.object_id: (item.title, item.issuer) for item in timeline(person, SYSTEM)}

    assert told[climb[0].uid] == ("别的写法", "the City")
    assert told[climb[1].uid] == ("Linjiang Model Worker (江州省劳动模范)", "江州省人民政府")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"reason": "假"}, "reason_missing"), ({"grounds": "whim"}, "grounds_unknown")],
)
def test_a_revocation_needs_grounds_and_a_reason(changes: dict[str, str], code: str) -> None:
    conferral = make_conferral(PersonFactory(), make_honour())

    with pytest.raises(Refused) as refused:
        revoke_conferral(conferral, by=SYSTEM, **{"grounds": "tax", "reason": REASON, **changes})

    assert refused.value.code == code
    assert states([conferral]) == ["conferred"]


def test_revoking_twice_is_refused_in_plain_words() -> None:
    conferral = make_conferral(PersonFactory(), make_honour())
    revoke(conferral)

    with pytest.raises(Refused, match="已撤销"):
        revoke(conferral)


def test_medal_and_bonus_that_came_back_are_noted() -> None:
    conferral = make_conferral(PersonFactory(), make_honour(), bonus_fen=500_000)
    revoke(conferral)

    record_return(conferral.revocation, bonus_returned_fen=500_000, by=SYSTEM)

    conferral.revocation.refresh_from_db()
    assert conferral.revocation.bonus_returned_fen == 500_000


@pytest.mark.parametrize(
    ("level", "opath", "path"),
    [("national", "0001000200030004", ""), ("ministry", "00010002", ""), ("province", "0001000200030004", "00010002"),
     ("city", "0001000200030004", "000100020003"), ("county", "0001000200030004", "0001000200030004"),
     ("enterprise", "0001000200030004", "0001000200030004"), ("city", "0001", "0001"), ("province", "", ""),
     ("county", "000100020003", "000100020003")],
)  # fmt: skip
def test_each_level_of_honour_is_decided_at_its_own_place_in_the_tree(
    level: str, opath: str, path: str
) -> None:
    assert deciding_path(level, opath) == path


class TestWhoDecides:
    """Only the level that grants an honour takes it away, and never the holder."""

    def test_a_city_officer_revokes_city_honours_and_not_higher_ones(self, climb: list[Conferral]) -> None:
        city, province, _nation = climb
        officer = accounts.make_officer("city_officer", city.person.org.parent.parent)

        with pytest.raises(Refused) as refused:
            revoke_conferral(province, grounds="tax", reason=REASON, by=officer)
        revoke_conferral(city, grounds="tax", reason=REASON, by=officer)

        assert refused.value.code == "no_permission"
        assert states([city, province]) == ["revoked", "reexamined"]

    def test_the_question_goes_to_the_province_alone(self, climb: list[Conferral]) -> None:
        city = climb[0]
        union = city.person.org.parent.parent
        officer = accounts.make_officer("city_officer", union)
        decider = accounts.make_officer("province_officer", union.parent)

        revoke(city)

        assert (count_proposals(officer), count_proposals(decider)) == (0, 1)
        assert is_not_decider(officer, proposals_for(decider)[0])

    def test_nobody_decides_about_an_own_honour(self, climb: list[Conferral]) -> None:
        city = climb[0]
        officer = accounts.make_officer("city_officer", city.person.org.parent.parent, person=city.person)

        with pytest.raises(Refused):
            suspend_conferral(city, reason="我自己的荣誉先停一停再说吧。", by=officer)


def test_rechecks_are_opened_once_a_year_for_honours_in_force() -> None:
    standing = make_conferral(PersonFactory(), make_honour(), 2020)
    revoke(make_conferral(PersonFactory(), standing.honour, 2020))
    make_conferral(PersonFactory(), standing.honour, 2025)

    assert (open_rechecks(year=2025, by=SYSTEM), open_rechecks(year=2025, by=SYSTEM)) == (1, 0)
    assert [each.conferral for each in rechecks_for(SYSTEM)] == [standing]


def test_a_recheck_in_doubt_can_be_cleared() -> None:
    make_conferral(PersonFactory(), make_honour(), 2020)
    open_rechecks(year=2025, by=SYSTEM)
    recheck = Recheck.objects.get()

    doubt_recheck(recheck, note="社保系统显示单位欠缴三个月，待核实。", by=SYSTEM)
    pass_recheck(recheck, note="单位已补缴。", by=SYSTEM)

    recheck.refresh_from_db()
    assert (recheck.state, recheck.finding, recheck.checked_by) == ("passed", "单位已补缴。", "系统（test）")
