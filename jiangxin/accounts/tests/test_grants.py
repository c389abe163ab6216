"""Giving, delegating, ending; the three administrators apart, at once and over time."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from jiangxin.accounts.actions import close_account, delegate_grant, disable_user, end_grant, give_grant
from jiangxin.accounts.models import Grant, User
from jiangxin.accounts.queries import grants_seen_by, roles_to_give, staff_roles, stale_grants, users_with
from jiangxin.accounts.tests.factories import make_grant, make_officer, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
DAY = datetime.timedelta(days=1)


def test_an_officer_gives_roles_below(tree: dict[str, Org]) -> None:
    officer, new = make_officer("city_officer", tree["city"]), make_user()

    grant = give_grant(new, role="county_officer", org=tree["county"], by=officer)

    assert new.has_perm("accounts.give_grant", tree["branch"]) is True
    assert grant.granted_by == officer
    assert Event.objects.filter(kind="announcement").latest("id").payload == {
        "user": new.pk,
        "role": "county_officer",
        "org": tree["county"].uid,
        "until": "",
    }


@pytest.mark.parametrize(
    ("role", "place", "code"),
    [
        ("city_officer", "province", "no_permission"),
        ("grassroots_officer", "other_city", "no_permission"),
        ("province_officer", "city", "may_not_appoint"),
        ("security_admin", "city", "may_not_appoint"),
        ("audit_admin", "county", "may_not_appoint"),
        ("member", "county", "unknown_role"),
        ("emperor", "county", "unknown_role"),
    ],
)
def test_an_officer_gives_only_what_the_office_appoints_and_only_below(
    tree: dict[str, Org], role: str, place: str, code: str
) -> None:
    officer = make_officer("city_officer", tree["city"])

    assert refusal(lambda: give_grant(make_user(), role=role, org=tree[place], by=officer)) == code
    assert Grant.objects.exclude(user=officer).count() == 0


def test_nobody_gives_a_role_to_oneself(tree: dict[str, Org]) -> None:
    admin = make_officer("security_admin", tree["national"])

    code = refusal(lambda: give_grant(admin, role="national_officer", org=tree["national"], by=admin))

    assert code == "to_oneself"


@pytest.mark.parametrize(("start", "until", "code"), [(-1, None, "starts_in_past"), (5, 3, "dates_reversed")])
def test_dates_that_cannot_be_are_refused(
    tree: dict[str, Org], start: int, until: int | None, code: str
) -> None:
    today = timezone.localdate()
    last = None if until is None else today + until * DAY

    assert (
        refusal(
            lambda: give_grant(
                make_user(),
                role="editor",
                org=tree["city"],
                valid_from=today + start * DAY,
                valid_until=last,
                by=SYSTEM,
            )
        )
        == code
    )


def test_closed_organisations_and_disabled_accounts_get_nothing(tree: dict[str, Org]) -> None:
    Org.objects.filter(pk=tree["branch"].pk).update(state="closed")
    tree["branch"].refresh_from_db()
    off = make_user(is_active=False)

    closed = refusal(lambda: give_grant(make_user(), role="team_leader", org=tree["branch"], by=SYSTEM))
    disabled = refusal(lambda: give_grant(off, role="team_leader", org=tree["county"], by=SYSTEM))

    assert (closed, disabled) == ("org_closed", "user_disabled")


def test_the_same_role_is_given_once(tree: dict[str, Org]) -> None:
    user = make_user()
    give_grant(user, role="editor", org=tree["city"], by=SYSTEM)

    assert refusal(lambda: give_grant(user, role="editor", org=tree["city"], by=SYSTEM)) == "granted_already"


def test_a_delegation_ends_with_its_source(tree: dict[str, Org]) -> None:
    holder, deputy = make_officer("city_officer", tree["city"]), make_user()
    grant = holder.grants.get()
    until = timezone.localdate() + 30 * DAY

    delegation = delegate_grant(grant, to=deputy, valid_until=until, org=tree["county"], by=holder)
    could = deputy.has_perm("accounts.give_grant", tree["branch"])
    end_grant(grant, by=holder)

    assert (could, delegation.valid_until) == (True, until)
    fresh = User.objects.get(pk=deputy.pk)
    assert fresh.has_perm("accounts.give_grant", tree["branch"]) is False


@pytest.mark.parametrize(("days", "may"), [(0, True), (9, True), (10, True), (11, False), (40, False)])
def test_a_delegation_counts_to_its_last_day_and_then_falls_by_itself(
    tree: dict[str, Org], days: int, may: bool
) -> None:
    holder, deputy = make_officer("city_officer", tree["city"]), make_user()
    until = timezone.localdate() + 10 * DAY
    delegate_grant(holder.grants.get(), to=deputy, valid_until=until, org=tree["county"], by=holder)

    with time_machine.travel(timezone.now() + days * DAY):
        later = User.objects.get(pk=deputy.pk)
        found = (
            later.has_perm("accounts.give_grant", tree["branch"]),
            deputy in users_with("accounts.give_grant", tree["branch"].path),
        )

    assert found == (may, may)


@pytest.mark.parametrize(
    "leaves", [close_account, lambda user, by: disable_user(user, reason="调离本单位", by=by)]
)
def test_nobody_stands_in_for_an_account_that_is_gone(
    tree: dict[str, Org], leaves: Callable[..., User]
) -> None:
    holder, deputy = make_officer("city_officer", tree["city"]), make_user()
    until = timezone.localdate() + 10 * DAY
    delegate_grant(holder.grants.get(), to=deputy, valid_until=until, by=holder)

    leaves(holder, by=SYSTEM)

    later = User.objects.get(pk=deputy.pk)
    assert (later.has_perm("accounts.give_grant", tree["branch"]), staff_roles(later)) == (False, ())


@pytest.mark.parametrize(
    ("place", "days", "code"),
    [
        ("province", 10, "outside_scope"),
        ("county", 400, "delegation_too_long"),
        ("county", -1, "dates_reversed"),
    ],
)
def test_a_delegation_is_narrow_and_short(tree: dict[str, Org], place: str, days: int, code: str) -> None:
    holder = make_officer("city_officer", tree["city"])
    until = timezone.localdate() + days * DAY

    got = refusal(
        lambda: delegate_grant(
            holder.grants.get(), to=make_user(), valid_until=until, org=tree[place], by=holder
        )
    )

    assert got == code


def test_a_delegation_is_not_passed_on_nor_longer_than_its_source(tree: dict[str, Org]) -> None:
    today = timezone.localdate()
    holder, deputy = make_user(), make_user()
    grant = make_grant(holder, "city_officer", tree["city"], valid_until=today + 5 * DAY)
    delegation = delegate_grant(grant, to=deputy, valid_until=today + 5 * DAY, by=holder)

    longer = refusal(lambda: delegate_grant(grant, to=make_user(), valid_until=today + 6 * DAY, by=holder))
    passed = refusal(lambda: delegate_grant(delegation, to=make_user(), valid_until=today, by=deputy))
    oneself = refusal(lambda: delegate_grant(grant, to=holder, valid_until=today, by=holder))

    assert (longer, passed, oneself) == ("longer_than_source", "delegated_twice", "to_oneself")


@pytest.mark.parametrize("start", [-20, 5])
def test_what_does_not_count_today_is_not_delegated(tree: dict[str, Org], start: int) -> None:
    today = timezone.localdate()
    dates = {"valid_from": today + start * DAY, "valid_until": today + (start + 10) * DAY}
    grant = make_grant(make_user(), "city_officer", tree["city"], **dates)

    delegate = lambda: delegate_grant(grant, to=make_user(), valid_until=today, by=SYSTEM)  # noqa: E731 - read once

    assert refusal(delegate) == "not_in_force"


def test_only_the_holder_delegates(tree: dict[str, Org]) -> None:
    holder, other = make_officer("city_officer", tree["city"]), make_officer("city_officer", tree["city"])
    today = timezone.localdate()

    code = refusal(lambda: delegate_grant(holder.grants.get(), to=make_user(), valid_until=today, by=other))

    assert code == "no_permission"


def test_a_grant_is_ended_once_and_only_by_who_may_appoint(tree: dict[str, Org]) -> None:
    county, holder = make_officer("county_officer", tree["county"]), make_user()
    grant = make_grant(holder, "city_reviewer", tree["county"])

    foreign = refusal(lambda: end_grant(grant, by=county))
    end_grant(grant, by=make_officer("city_officer", tree["city"]), note="换届")
    again = refusal(lambda: end_grant(grant, by=holder))

    assert (foreign, again) == ("may_not_appoint", "overtaken")
    assert Grant.objects.get(pk=grant.pk).end_note == "换届"


def test_stale_grants_are_found(tree: dict[str, Org]) -> None:
    now = timezone.now()
    officer = make_officer("city_officer", tree["city"], last_login=now)
    fresh = make_grant(make_user(last_login=now), "editor", tree["county"])
    away = make_grant(make_user(last_login=now - 91 * DAY), "editor", tree["county"])
    off = make_grant(make_user(last_login=now, is_active=False), "editor", tree["county"])
    expired = make_grant(
        make_user(last_login=now),
        "editor",
        tree["county"],
        valid_from=timezone.localdate() - 9 * DAY,
        valid_until=timezone.localdate() - DAY,
    )
    make_grant(make_user(last_login=now - 91 * DAY), "editor", tree["other_city"])

    assert set(stale_grants(officer)) == {away, off, expired}
    assert set(grants_seen_by(officer)) == {officer.grants.get(), fresh, away, off, expired}


def test_the_list_of_roles_to_give_follows_the_office(tree: dict[str, Org]) -> None:
    grassroots = make_officer("grassroots_officer", tree["enterprise"])

    assert roles_to_give(grassroots, tree["branch"]) == ["team_leader", "grassroots_officer"]
    assert roles_to_give(grassroots, tree["county"]) == []
