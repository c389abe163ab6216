"""Who may do what where: roles, dates, places, owning and vetoes."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from jiangxin.accounts.queries import held_roles, scopes, staff_roles, users_with
from jiangxin.accounts.rules import Held
from jiangxin.accounts.tests.factories import make_grant, make_officer, make_second_factor, make_user
from jiangxin.kernel.access import Anonymous, SystemActor
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("place", "expected"),
    [("province", False), ("city", True), ("county", True), ("branch", True), ("other_city", False)],
)
def test_a_grant_reaches_its_organisation_and_all_below(
    tree: dict[str, Org], place: str, expected: bool
) -> None:
    officer = make_officer("city_officer", tree["city"])

    assert officer.has_perm("accounts.give_grant", tree[place]) is expected


def test_a_national_grant_reaches_things_of_no_organisation(tree: dict[str, Org]) -> None:
    officer = make_officer("national_officer", tree["national"])
    city_officer = make_officer("city_officer", tree["city"])
    loose = make_user()

    assert officer.has_perm("accounts.view_user", loose) is True
    assert city_officer.has_perm("accounts.view_user", loose) is False
    assert scopes(officer, "accounts.view_user") == ("",)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(-10, None, True), (0, 0, True), (1, None, False), (-10, -1, False), (-10, 3, True)],
)
def test_a_grant_counts_from_its_first_to_its_last_day(
    tree: dict[str, Org], start: int, end: int | None, expected: bool
) -> None:
    today = timezone.localdate()
    user = make_user()
    until = None if end is None else today + end * DAY
    make_grant(user, "city_officer", tree["city"], valid_from=today + start * DAY, valid_until=until)

    assert user.has_perm("accounts.give_grant", tree["city"]) is expected


def test_an_ended_grant_and_a_disabled_account_count_for_nothing(tree: dict[str, Org]) -> None:
    ended, disabled = make_user(), make_officer("city_officer", tree["city"])
    make_grant(ended, "city_officer", tree["city"], ended_at=timezone.now())
    disabled.is_active = False

    assert ended.has_perm("accounts.give_grant") is False
    assert disabled.has_perm("accounts.give_grant", tree["city"]) is False
    assert disabled.has_perm("accounts.use_account") is False


def test_without_a_thing_any_place_will_do(tree: dict[str, Org]) -> None:
    assert make_officer("county_officer", tree["county"]).has_perm("accounts.give_grant") is True
    assert make_user().has_perm("accounts.give_grant") is False


def test_owners_may_what_others_may_not(tree: dict[str, Org]) -> None:
    owner, other = make_user(), make_user()
    grant = make_grant(owner, "editor", tree["city"])

    assert owner.has_perm("accounts.end_grant", grant) is True
    assert other.has_perm("accounts.end_grant", grant) is False
    assert owner.has_perm("accounts.end_grant") is False


def test_a_veto_beats_the_role(tree: dict[str, Org]) -> None:
    officer = make_officer("city_officer", tree["city"])
    colleague = make_user(org=tree["city"])

    assert officer.has_perm("accounts.disable_user", colleague) is True
    assert officer.has_perm("accounts.disable_user", officer) is False


def test_visitors_may_nothing_and_the_system_everything(tree: dict[str, Org]) -> None:
    assert AnonymousUser().has_perm("accounts.use_account") is False
    assert Anonymous().has_perm("accounts.use_account") is False
    assert SystemActor("test").has_perm("accounts.give_grant", tree["city"]) is True


def test_an_undeclared_permission_is_an_error() -> None:
    with pytest.raises(KeyError):
        make_user().has_perm("accounts.fly_away")


def test_scopes_name_the_widest_paths_only(tree: dict[str, Org]) -> None:
    user = make_officer("city_officer", tree["city"])
    make_grant(user, "grassroots_officer", tree["enterprise"])
    make_grant(user, "county_officer", tree["other_city"])

    assert scopes(user, "accounts.give_grant") == (tree["city"].path, tree["other_city"].path)
    assert user.paths_for("accounts.give_grant") == scopes(user, "accounts.give_grant")
    assert scopes(user, "accounts.choose_policy") == ()
    assert scopes(SystemActor("test"), "accounts.give_grant") == ("",)
    assert scopes(Anonymous(), "accounts.give_grant") == ()


def test_roles_are_asked_once_per_user_object(
    tree: dict[str, Org], django_assert_num_queries: object
) -> None:
    user = make_officer("city_officer", tree["city"])

    with django_assert_num_queries(1):  # type: ignore[operator]
        for _again in range(5):
            user.has_perm("accounts.give_grant", tree["city"])


def test_users_with_finds_those_above_but_not_beside(tree: dict[str, Org]) -> None:
    city = make_officer("city_officer", tree["city"])
    national = make_officer("national_officer", tree["national"])
    make_officer("city_officer", tree["other_city"])
    make_officer("grassroots_officer", tree["branch"])
    make_officer("city_officer", tree["city"], is_active=False)

    found = users_with("accounts.decide_claim", tree["enterprise"].path).order_by("id")

    assert list(found) == [city, national]
    assert list(users_with("accounts.decide_claim")) == [national]


def test_everybody_is_a_member_and_only_officers_are_staff(tree: dict[str, Org]) -> None:
    user, officer = make_user(), make_officer("team_leader", tree["branch"])

    assert held_roles(user) == (Held("member", None),)
    assert staff_roles(user) == ()
    assert staff_roles(officer) == ("team_leader",)


def test_no_account_is_a_super_user() -> None:
    user = make_user()
    make_second_factor(user)

    assert hasattr(user, "is_superuser") is False
    assert hasattr(user, "groups") is False
