"""A mistyped conferral is written rightly: record, passport, credential, search and holder follow."""

import datetime
from typing import Any

import pytest

from jiangxin.accounts.models import Notice, User
from jiangxin.accounts.tests import factories as accounts
from jiangxin.honours import reactions
from jiangxin.honours.actions import (
    correct_conferral,
    import_list_rows,
    issue_credential,
    revoke_conferral,
    suspend_conferral,
)
from jiangxin.honours.actions.importing import ListRow
from jiangxin.honours.models import Conferral, Correction, Credential
from jiangxin.honours.queries.conferrals import history_of
from jiangxin.honours.queries.correcting import corrections_of, effects_of_correcting
from jiangxin.honours.queries.proving import verify_text
from jiangxin.honours.tests.factories import SYSTEM, make_collective, make_conferral, make_honour, make_ladder
from jiangxin.honours.words import HonourKind, Strength
from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Event
from jiangxin.kernel.search import Query, drain, engine
from jiangxin.orgs.models import Org
from jiangxin.people.models import PassportEntry
from jiangxin.people.queries.passport import timeline
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "登记时把年份和文号看错了一行。"
LONG_REASON = "该同志在抢险救灾中有特别重大贡献，经省总工会党组研究同意。"


def refusal_of(conferral: Conferral, *, by: Any = SYSTEM, reason: str = REASON, **rightly: Any) -> str:
    with pytest.raises(Refused) as refused:
        correct_conferral(conferral, reason=reason, by=by, **rightly)
    return refused.value.code


def states(conferral: Conferral) -> list[str]:
    return list(conferral.credentials.order_by("pk").values_list("state", flat=True))


def test_record_passport_and_history_tell_what_stands_and_what_stood(
    conferral: Conferral, officer: User
) -> None:
    correct_conferral(
        conferral, year=2023, decision_no="临政发〔2023〕3号", unit_text="宏远重工", reason=REASON, by=officer
    )

    conferral.refresh_from_db()
    old, new = PassportEntry.objects.order_by("pk")
    correction = Correction.objects.get()
    assert (conferral.year, conferral.decision_no, conferral.state) == (
        2023,
        "临政发〔2023〕3号",
        "conferred",
    )
    assert (new.corrects, new.year, new.evidence["decision_no"], new.evidence["unit"], new.evidence["reason"]) == (
        old, 2023, "临政发〔2023〕3号", "宏远重工", REASON)  # fmt: skip
    assert sorted(correction.changes) == [
        ["decision_no", "", "临政发〔2023〕3号"],
        ["unit_text", "宏远重工有限公司", "宏远重工"],
        ["year", 2024, 2023],
    ]
    assert [(step.move, step.note) for step in history_of(conferral)] == [("correct", REASON)]
    told = Event.objects.get(name="honours.conferral_corrected").payload
    assert (sorted(told["fields"]), told["credential"]) == (["decision_no", "unit_text", "year"], "")


def test_the_credential_is_replaced_never_changed(conferral: Conferral, credential: Credential) -> None:
    signed = credential.document

    correct_conferral(conferral, year=2023, reason=REASON, by=SYSTEM)

    credential.refresh_from_db()
    new = conferral.credentials.get(state="valid")
    assert (credential.document, credential.state) == (signed, "replaced")
    verdicts = [verify_text(each.document.encode()) for each in (credential, new)]
    assert [each.code for each in verdicts] == ["replaced", "valid"]
    assert (verdicts[1].document or {})["credentialSubject"]["term"] == "2023"
    assert Event.objects.get(name="honours.conferral_corrected").payload["credential"] == new.uid


def test_what_the_credential_does_not_say_leaves_it_alone(
    conferral: Conferral, credential: Credential
) -> None:
    correct_conferral(conferral, pot="special", category="一等", bonus_fen=500_000, reason=REASON, by=SYSTEM)

    conferral.refresh_from_db()
    assert (conferral.pot, conferral.category, conferral.bonus_fen) == ("special", "一等", 500_000)
    assert (states(conferral), PassportEntry.objects.count()) == (["valid"], 1)


def test_correcting_again_undoes_it(conferral: Conferral, credential: Credential) -> None:
    correct_conferral(conferral, year=2023, reason=REASON, by=SYSTEM)

    correct_conferral(conferral, year=2024, reason="先前的更正有误，恢复原来的年份。", by=SYSTEM)

    conferral.refresh_from_db()
    assert (conferral.year, states(conferral)) == (2024, ["replaced", "replaced", "valid"])
    assert [each.correction.changes for each in corrections_of(conferral)] == [
        [["year", 2023, 2024]], [["year", 2024, 2023]]]  # fmt: skip


def test_what_is_suspended_stays_suspended_and_what_is_revoked_is_not_corrected(
    conferral: Conferral, credential: Credential
) -> None:
    suspend_conferral(conferral, reason="有举报，正在核实情况。", by=SYSTEM)

    correct_conferral(conferral, post_text="电焊工", reason=REASON, by=SYSTEM)
    between = (conferral.state, states(conferral))
    revoke_conferral(conferral, grounds="false_deeds", reason="主要事迹经核查不实。", by=SYSTEM)

    assert between == ("suspended", ["replaced", "suspended"])
    assert refusal_of(conferral, year=2023) == "wrong_state"


def test_what_cannot_be_is_refused_and_nothing_is_written(
    conferral: Conferral, credential: Credential
) -> None:
    make_conferral(conferral.holder, conferral.honour, 2022)
    team_only = make_honour("team", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)
    tries: tuple[tuple[dict[str, Any], str], ...] = (
        ({}, "unchanged"),
        ({"year": 2024, "printed_title": " 临江市劳动模范 "}, "unchanged"),
        ({"year": None}, "year_missing"),
        ({"year": 1900}, "year_impossible"),
        ({"conferred_on": datetime.date(2023, 5, 1)}, "year_contradicts_day"),
        ({"year": 2022}, "already_conferred"),
        ({"honour": team_only}, "collectives_only"),
        ({"year": 2023, "reason": "错"}, "reason_missing"),
    )

    found = [refusal_of(conferral, **each) for each, _ in tries]

    conferral.refresh_from_db()
    assert found == [code for _, code in tries]
    assert (conferral.year, Correction.objects.count(), states(conferral)) == (2024, 0, ["valid"])


def test_an_honour_before_the_workers_birth_is_refused_whole(tree: dict[str, Org]) -> None:
    person = PersonFactory(org=tree["enterprise"], birth_on=datetime.date(1990, 1, 1))
    conferral = make_conferral(person, make_honour(), 2020)

    assert refusal_of(conferral, year=1985) != ""
    conferral.refresh_from_db()
    assert (conferral.year, Correction.objects.count()) == (2020, 0)


class TestAnotherHonour:
    """The wrong honour was chosen."""

    def test_what_only_repeated_the_catalogue_follows_the_right_one(self, tree: dict[str, Org]) -> None:
        wrong = make_honour("wrong", "临江工匠", granter="临江市总工会", bonus_fen=100)
        right = make_honour("right", "临江大工匠", granter="临江市人民政府", bonus_fen=200)
        conferral = make_conferral(PersonFactory(org=tree["enterprise"]), wrong, 2024)

        correct_conferral(conferral, honour=right, reason=REASON, by=SYSTEM)

        conferral.refresh_from_db()
        entry = PassportEntry.objects.get(corrects__isnull=False)
        assert (conferral.honour, conferral.printed_title, conferral.granter_text, conferral.bonus_fen) == (
            right, "临江大工匠", "临江市人民政府", 200)  # fmt: skip
        assert (entry.title, entry.evidence["honour"], entry.evidence["rank"]) == ("临江大工匠", "right", 50)

    def test_a_higher_one_needs_its_basis_and_the_wrong_record_is_none(self, tree: dict[str, Org]) -> None:
        city, province, _nation = make_ladder()
        conferral = make_conferral(PersonFactory(org=tree["enterprise"]), city, 2024)

        assert refusal_of(conferral, honour=province, reason=LONG_REASON) == "prerequisite_missing"

    def test_a_general_basis_is_waived_by_a_reason_of_twenty_characters(self, tree: dict[str, Org]) -> None:
        city, province, _nation = make_ladder(Strength.GENERALLY)
        conferral = make_conferral(PersonFactory(org=tree["enterprise"]), city, 2024)

        short = refusal_of(conferral, honour=province)
        correct_conferral(conferral, honour=province, reason=LONG_REASON, by=SYSTEM)

        assert (short, conferral.honour) == ("waiver_missing", province)

    def test_higher_honours_that_build_on_the_wrong_one_are_told_before(self, tree: dict[str, Org]) -> None:
        city, province, _nation = make_ladder()
        person = PersonFactory(org=tree["enterprise"])
        lower, upper = make_conferral(person, city, 2020), make_conferral(person, province, 2022)

        assert effects_of_correcting(lower, ["honour"]).higher == [upper]
        assert effects_of_correcting(lower, ["year"]).higher == []


class TestWhoMay:
    """Officers of the place; nobody their own."""

    def test_another_city_and_the_holder_may_not(self, conferral: Conferral, tree: dict[str, Org]) -> None:
        there = accounts.make_officer("city_officer", tree["other_city"], username="there")
        own = accounts.make_officer("city_officer", tree["city"], username="own", person=conferral.person)
        chair = accounts.make_officer("grassroots_officer", tree["enterprise"], username="chair")

        assert [refusal_of(conferral, year=2023, by=each) for each in (there, own, chair)] == [
            "no_permission"
        ] * 3

    def test_the_holder_finds_it_in_the_inbox(
        self, conferral: Conferral, worker: User, officer: User
    ) -> None:
        correct_conferral(conferral, year=2023, reason=REASON, by=officer)
        event = Event.objects.get(name="honours.conferral_corrected")
        reactions.tell_holder(event)
        reactions.tell_holder(event)

        told = Notice.objects.get(user=worker, kind="honours.conferral_corrected")
        assert (told.title, told.link) == ("您的“临江市劳动模范”登记内容已更正", "/me/credentials/")


def test_importing_the_same_list_after_a_correction_changes_nothing(
    tree: dict[str, Org], officer: User
) -> None:
    make_honour()
    row = ListRow(
        number=1, list_title="2024年名单", honour="临江市劳动模范", name="林小满", unit="宏远重工", year=2024,
        source_url="https://example.org/list", list_complete=True,
    )  # fmt: skip
    import_list_rows([row], org=tree["city"], by=officer)
    conferral = Conferral.objects.get()

    correct_conferral(conferral, year=2023, honour=make_honour("b", "临江工匠"), reason=REASON, by=officer)
    again = import_list_rows([row], org=tree["city"], by=officer)

    assert ([each.code for each in again], Conferral.objects.count()) == (["known"], 1)


def test_a_collective_is_found_by_what_it_holds_now(tree: dict[str, Org]) -> None:
    pioneer = make_honour("pioneer", "临江市工人先锋号", kind=HonourKind.COLLECTIVE)
    team = make_collective(opath=tree["enterprise"].path)
    conferral = make_conferral(team, pioneer, 2024)

    correct_conferral(conferral, year=2023, reason=REASON, by=SYSTEM)
    while drain():
        continue

    found = [engine().search(Query(kind="collective", facets={"y": year})).ids for year in ("2023", "2024")]
    assert found == [[team.pk], []]


def test_the_worker_reads_the_old_entry_beside_the_new_one(conferral: Conferral, worker: User) -> None:
    correct_conferral(conferral, year=2023, reason=REASON, by=SYSTEM)
    assert conferral.person is not None

    items = timeline(conferral.person, worker)

    assert [(item.entry.year, [old.year for old, _new in item.corrections]) for item in items] == [
        (2023, [2024])
    ]


def test_no_credential_is_issued_where_there_was_none(conferral: Conferral) -> None:
    correct_conferral(conferral, year=2023, reason=REASON, by=SYSTEM)

    assert (states(conferral), effects_of_correcting(conferral, ["year"]).replaces) == ([], False)
    issue_credential(conferral, by=SYSTEM)
    assert [effects_of_correcting(conferral, [each]).replaces for each in ("year", "pot")] == [True, False]
