"""What the verbs refuse, and the rarer ways through them."""

import datetime
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from jiangxin.honours.actions import (
    add_alias,
    add_collective,
    begin_replacing,
    confer_honour,
    correct_conferral,
    import_list_rows,
    issue_credential,
    keep_honour,
    revoke_conferral,
    rotate_key,
    suspend_conferral,
    withdraw_key,
)
from jiangxin.honours.actions.importing import ListRow
from jiangxin.honours.actions.subject import SUBJECT_PART
from jiangxin.honours.models import CascadeProposal, Conferral, Credential, HonourList, IssuerKey
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour, make_ladder
from jiangxin.kernel.access import Refused
from jiangxin.orgs.models import Org
from jiangxin.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
REASON = "经核查，登记时看错了一行。"
ROW = ListRow(
    number=1, list_title="2024年名单", honour="临江市劳动模范", name="林小满", unit="宏远重工", year=2024,
    source_url="https://example.org/list", list_complete=True,
)  # fmt: skip


def refusal_of(deed: Any, *args: Any, **kwargs: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        deed(*args, by=SYSTEM, **kwargs)
    return refused.value.code, refused.value.field


def test_names_are_needed(tree: dict[str, Org]) -> None:
    honour = make_honour()

    assert refusal_of(add_collective, name=" 　") == ("name_missing", "name")
    assert refusal_of(add_alias, honour, name="  ") == ("name_missing", "name")


def test_a_revocation_is_not_decided_tomorrow(conferral: Conferral) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=2)

    found = refusal_of(revoke_conferral, conferral, grounds="false_deeds", reason=REASON, decided_on=tomorrow)

    conferral.refresh_from_db()
    assert (found, conferral.state) == (("in_future", "decided_on"), "conferred")


def test_the_database_refuses_one_row_of_a_list_twice(conferral: Conferral, tree: dict[str, Org]) -> None:
    honour_list = HonourList.objects.create(title="2024年名单", title_key="2024年名单")
    row = {"honour_list": honour_list, "row_key": "1"}
    make_conferral(PersonFactory(org=tree["city"]), conferral.honour, 2020, **row)

    found = refusal_of(
        confer_honour, PersonFactory(org=tree["city"]), honour=conferral.honour, year=2021, **row
    )

    assert found == ("already_conferred", "year")


def test_a_row_is_not_corrected_into_another_row_of_its_list(
    conferral: Conferral, tree: dict[str, Org]
) -> None:
    honour_list = HonourList.objects.create(title="2024年名单", title_key="2024年名单")
    row = {"honour_list": honour_list, "row_key": "1"}
    person, other = PersonFactory(org=tree["city"]), make_honour("other", "临江工匠")
    wrong = make_conferral(person, conferral.honour, 2020, **row)
    make_conferral(person, other, 2021, **row)

    found = refusal_of(correct_conferral, wrong, honour=other, reason=REASON)

    wrong.refresh_from_db()
    assert (found, wrong.honour) == (("already_conferred", ""), conferral.honour)


class TestHigherHonours:
    """Decisions on what a revocation left open."""

    def test_what_is_suspended_meanwhile_stays_so_when_it_is_kept(self, tree: dict[str, Org]) -> None:
        city, province, _nation = make_ladder()
        person = PersonFactory(org=tree["enterprise"])
        lower, upper = make_conferral(person, city, 2020), make_conferral(person, province, 2022)
        suspend_conferral(upper, reason=REASON, by=SYSTEM)
        revoke_conferral(lower, grounds="false_deeds", reason=REASON, by=SYSTEM)

        proposal = keep_honour(CascadeProposal.objects.get(), reason=REASON, by=SYSTEM)

        upper.refresh_from_db()
        assert (proposal.state, upper.state) == ("kept", "suspended")


class TestKeys:
    """Keys and the places in the status lists."""

    def test_a_key_in_use_has_nothing_to_replace(self, credential: Credential) -> None:
        assert refusal_of(begin_replacing, credential.key) == ("wrong_state", "")

    def test_withdrawing_a_retired_key_leaves_the_one_in_use(self, credential: Credential) -> None:
        retired, issuer = credential.key, credential.key.issuer
        rotate_key(issuer, by=SYSTEM)

        withdraw_key(IssuerKey.objects.get(pk=retired.pk), reason=REASON, by=SYSTEM)

        states = list(issuer.keys.order_by("pk").values_list("state", flat=True))
        assert states == ["compromised", "active"]

    def test_two_credentials_never_share_a_place_in_a_list(
        self, credential: Credential, tree: dict[str, Org], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken = credential.revocation_index
        drawn: Iterator[int] = iter((taken, taken, taken + 1, 7, 8))
        monkeypatch.setattr(secrets, "randbelow", lambda _size: next(drawn))
        second = make_conferral(
            PersonFactory(org=tree["enterprise"], is_public=True), make_honour("b", "临江工匠")
        )

        made = issue_credential(second, by=SYSTEM)

        assert made.revocation_index == taken + 1


class TestLists:
    """Rows of published lists."""

    def test_a_list_has_a_title(self) -> None:
        make_honour()

        (answer,) = import_list_rows([replace(ROW, list_title=" ")], by=SYSTEM)

        assert (answer.code, Conferral.objects.count()) == ("list_missing", 0)

    def test_a_row_that_says_so_makes_a_list_incomplete_and_tells_how_many_it_names(self) -> None:
        make_honour()
        import_list_rows([ROW], by=SYSTEM)
        before = HonourList.objects.get()

        import_list_rows([replace(ROW, name="丁一等40名同志", list_complete=False)], by=SYSTEM)

        after = HonourList.objects.get()
        assert (before.is_complete, before.announced_count) == (True, None)
        assert (after.is_complete, after.announced_count) == (False, 40)


def test_the_copy_of_an_honour_that_stands_tells_of_no_revocation(conferral: Conferral) -> None:
    assert conferral.person is not None

    (told,) = SUBJECT_PART.export(conferral.person.uid)["conferrals"]

    assert (told["revocation"], told["corrections"]) == (None, [])


def test_the_copy_for_the_worker_holds_corrections_and_what_was_taken_back(
    conferral: Conferral, credential: Credential
) -> None:
    assert conferral.person is not None
    correct_conferral(conferral, year=2023, reason=REASON, by=SYSTEM)
    revoke_conferral(conferral, grounds="false_deeds", reason=REASON, decision_no="〔2025〕7号", by=SYSTEM)

    (told,) = SUBJECT_PART.export(conferral.person.uid)["conferrals"]

    assert [(each["changes"], each["reason"]) for each in told["corrections"]] == [
        ([["year", 2024, 2023]], REASON)
    ]
    assert [each["state"] for each in told["credentials"]] == ["replaced", "revoked"]
    assert (told["revocation"]["decision_no"], told["year"]) == ("〔2025〕7号", 2023)
    assert SUBJECT_PART.erase(conferral.person.uid, SYSTEM).kept != ()
    assert SUBJECT_PART.erase(PersonFactory().uid, SYSTEM).kept == ()
