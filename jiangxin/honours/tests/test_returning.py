"""After a revocation: effects told before, things that come back, letters."""

from typing import Any

import pytest
from django.urls import reverse

from jiangxin.accounts.models import User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours.actions import (
    end_return,
    issue_credential,
    keep_honour,
    lift_suspension,
    record_return,
    revoke_conferral,
    suspend_conferral,
)
from jiangxin.honours.models import CascadeProposal, Conferral, Revocation
from jiangxin.honours.queries.effects import effects_of_revoking
from jiangxin.honours.queries.work import count_returns, proposal_to_read
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour, make_ladder
from jiangxin.kernel.access import Refused
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，主要事迹系虚报，已按规定程序作出处理决定。"


@pytest.fixture
def revoked(tree: dict[str, Org]) -> Conferral:
    honour = make_honour(medal="奖章", certificate="证书")
    person = PersonFactory(name="林小满", org=tree["enterprise"], is_public=True)
    held = make_conferral(person, honour, 2020, bonus_fen=500_000, certificate_no="临劳模-2020-7")
    revoke_conferral(held, grounds="false_deeds", reason=REASON, decision_no="临政发〔2026〕3号", by=SYSTEM)
    return held


def out(revocation: Revocation) -> tuple[bool, int, bool]:
    revocation.refresh_from_db()
    return revocation.is_medal_out, revocation.bonus_out_fen, revocation.return_ended_at is None


def test_medal_and_bonus_wait_until_both_are_back(revoked: Conferral, officer: User) -> None:
    revocation, waiting = revoked.revocation, count_returns(officer)
    states = [out(revocation)]
    record_return(revocation, medal_returned_on=revocation.decided_on, by=officer)
    states.append(out(revocation))
    record_return(revocation, bonus_returned_fen=200_000, note="分期退回。", by=officer)
    states.append(out(revocation))
    record_return(revocation, bonus_returned_fen=500_000, by=officer)
    states.append(out(revocation))

    assert states == [
        (True, 500_000, True),
        (False, 500_000, True),
        (False, 300_000, True),
        (False, 0, False),
    ]
    assert (waiting, count_returns(officer), revocation.return_note) == (1, 0, "分期退回。")


def test_what_cannot_come_back_is_closed_with_a_reason(revoked: Conferral, officer: User) -> None:
    with pytest.raises(Refused) as short:
        end_return(revoked.revocation, reason="遗失", by=officer)
    end_return(revoked.revocation, reason="奖章已遗失，本人写了书面说明。", by=officer)

    assert (short.value.code, out(revoked.revocation)) == ("reason_missing", (True, 500_000, False))


@pytest.mark.parametrize(
    ("values", "code"),
    [({"bonus_returned_fen": 500_001}, "too_much"), ({"bonus_returned_fen": -1}, "negative"),
     ({"medal_returned_on": "later"}, "in_future")],
)  # fmt: skip
def test_what_cannot_be_is_refused(revoked: Conferral, values: dict[str, Any], code: str) -> None:
    if "medal_returned_on" in values:
        values = {"medal_returned_on": revoked.revocation.decided_on.replace(year=2999)}

    with pytest.raises(Refused) as refusal:
        record_return(revoked.revocation, by=SYSTEM, **values)

    assert refusal.value.code == code


def test_nothing_waits_when_nothing_was_given(tree: dict[str, Org], officer: User) -> None:
    held = make_conferral(PersonFactory(org=tree["enterprise"]), make_honour())

    revocation = revoke_conferral(held, grounds="tax", reason=REASON, by=SYSTEM)

    assert (out(revocation), count_returns(officer)) == ((False, 0, False), 0)


def test_only_the_level_that_decides_sees_what_is_out(
    revoked: Conferral, tree: dict[str, Org], sign_in: SignIn
) -> None:
    url = reverse("honours:work_return", args=[revoked.uid])
    seen = [
        sign_in(accounts.make_officer(role, tree[place])).get(url).status_code
        for role, place in (
            ("city_officer", "city"),
            ("city_officer", "other_city"),
            ("county_officer", "county"),
        )
    ]

    assert seen == [200, 404, 404]


def test_the_officer_notes_it_on_the_page(revoked: Conferral, officer: User, sign_in: SignIn) -> None:
    client, url = sign_in(officer), reverse("honours:work_return", args=[revoked.uid])
    listed = client.get(reverse("honours:work_returns")).content.decode()

    too_much = client.post(url, {"intent": "record", "bonus_returned": "5000.01", "note": ""})
    client.post(
        url,
        {"intent": "record", "medal_returned_on": "2026年1月5日", "bonus_returned": "1200.50", "note": ""},
    )
    unexplained = client.post(url, {"intent": "end", "note": ""}).status_code
    client.post(url, {"intent": "end", "note": "其余奖金确实无法追回，已报批。"})

    revoked.revocation.refresh_from_db()
    assert (url in listed, "奖章、证书；" in listed and "奖金 ¥5,000.00" in listed) == (True, True)
    assert (too_much.status_code, "追回金额超过了发放的奖金 5,000.00 元。" in too_much.content.decode()) == (
        400,
        True,
    )
    assert (unexplained, revoked.revocation.bonus_returned_fen) == (400, 120_050)
    assert client.get(url).status_code == 404
    assert (
        "其余奖金确实无法追回，已报批。"
        in client.get(reverse("honours:work_conferral", args=[revoked.uid])).content.decode()
    )


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("decision", "撤销荣誉通知书"), ("return", "收回奖章证书通知书")],
)
def test_letters_name_what_was_decided(
    revoked: Conferral, officer: User, sign_in: SignIn, kind: str, sentence: str
) -> None:
    client = sign_in(officer)

    page = client.get(reverse("honours:work_letter", args=[revoked.uid, kind])).content.decode()

    wanted = (sentence, "林小满", "临劳模-2020-7", "临江市人民政府", "奖金 ¥5,000.00")
    assert [each for each in wanted if each not in page] == []
    assert client.get(reverse("honours:work_letter", args=[revoked.uid, "other"])).status_code == 404


def test_no_letter_without_a_revocation(conferral: Conferral, officer: User, sign_in: SignIn) -> None:
    url = reverse("honours:work_letter", args=[conferral.uid, "decision"])

    assert sign_in(officer).get(url).status_code == 404


class TestEffects:
    """Before a revocation everything that follows is told."""

    @pytest.fixture
    def climb(self, tree: dict[str, Org]) -> list[Conferral]:
        person = PersonFactory(name="赵铁生", org=tree["enterprise"], is_public=True)
        ladder = make_ladder("generally")
        for honour, treatment in zip(ladder, (["疗休养"], ["疗休养", "省级津贴"], ["全国津贴"]), strict=True):
            honour.treatment = treatment
            honour.save()
        return [
            make_conferral(person, honour, year)
            for honour, year in zip(ladder, (2010, 2014, 2020), strict=True)
        ]

    def test_higher_honours_treatment_and_the_highest_honour(self, climb: list[Conferral]) -> None:
        city, province, nation = climb
        issue_credential(province, by=SYSTEM)

        found = effects_of_revoking(province)

        assert [(each.conferral, each.is_hard, each.is_asked_already) for each in found.higher] == [
            (nation, False, False)
        ]
        assert (found.credentials, found.is_public) == (1, True)
        assert (found.treatment_ending, found.treatment_staying) == (["省级津贴"], ["疗休养"])
        assert (found.highest_now, found.highest_then) == (nation, nation)
        assert effects_of_revoking(nation).highest_then == province
        assert effects_of_revoking(city).highest_now == nation

    def test_what_is_asked_already_is_marked_and_nothing_is_written(self, climb: list[Conferral]) -> None:
        city, province, nation = climb
        revoke_conferral(city, grounds="tax", reason=REASON, by=SYSTEM)
        province.refresh_from_db()
        revoke_conferral(province, grounds="tax", reason=REASON, by=SYSTEM)
        before = Revocation.objects.count()

        assert [each.is_asked_already for each in effects_of_revoking(province).higher] == [True]
        assert (Revocation.objects.count(), effects_of_revoking(nation).highest_then) == (before, None)

    def test_a_question_about_an_honour_that_is_revoked_outright_is_answered_by_that(
        self, climb: list[Conferral]
    ) -> None:
        city, province, _nation = climb
        revoke_conferral(city, grounds="tax", reason=REASON, by=SYSTEM)
        province.refresh_from_db()

        revoke_conferral(province, grounds="criminal", reason=REASON, by=SYSTEM)

        asked = CascadeProposal.objects.order_by("pk").values_list("conferral", "state", "reason")
        assert list(asked) == [(province.pk, "revoked", REASON), (climb[2].pk, "proposed", "")]

    def test_a_suspension_lifted_after_the_basis_fell_leads_into_re_examination(
        self, climb: list[Conferral]
    ) -> None:
        city, province, _nation = climb
        credential = issue_credential(province, by=SYSTEM)
        suspend_conferral(province, reason=REASON, by=SYSTEM)
        revoke_conferral(city, grounds="tax", reason=REASON, by=SYSTEM)

        lift_suspension(province, reason=REASON, by=SYSTEM)

        province.refresh_from_db()
        credential.refresh_from_db()
        assert (province.state, credential.state) == ("reexamined", "suspended")

    def test_they_stand_on_the_page_where_it_is_decided(
        self, climb: list[Conferral], officer: User, sign_in: SignIn
    ) -> None:
        page = sign_in(officer).get(reverse("honours:work_revoke", args=[climb[0].uid])).content.decode()

        assert ("江州省劳动模范 2014" in page, "江州省人民政府" in page) == (True, True)

    def test_a_collective_has_effects_too(self) -> None:
        team = make_collective()
        held = make_conferral(
            team, make_honour("p", "临江市工人先锋号", kind="collective", certificate="奖牌")
        )

        found = effects_of_revoking(held)

        assert (found.is_public, found.things, found.highest_then) == (True, "奖牌", None)

    def test_the_question_and_the_answer_are_letters(
        self, climb: list[Conferral], tree: dict[str, Org], officer: User, sign_in: SignIn
    ) -> None:
        revoke_conferral(climb[0], grounds="tax", reason=REASON, by=SYSTEM)
        proposal = CascadeProposal.objects.get()
        url = reverse("honours:work_proposal_letter", args=[proposal.uid])
        strange = accounts.make_officer("city_officer", tree["other_city"])

        question = sign_in(officer).get(url).content.decode()
        keep_honour(proposal, reason="省级事迹独立成立，予以保留。", by=SYSTEM)
        answer = sign_in(officer).get(url).content.decode()

        assert ("提请复核函" in question, "江州省人民政府" in question) == (True, True)
        assert ("复核决定通知书" in answer, "省级事迹独立成立，予以保留。" in answer) == (True, True)
        assert (sign_in(strange).get(url).status_code, proposal_to_read(strange, proposal.uid)) == (404, None)
