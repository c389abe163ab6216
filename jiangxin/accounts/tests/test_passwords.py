"""The two password profiles, former passwords, age, and switching between the profiles."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.accounts.actions import change_password, choose_password_policy
from jiangxin.accounts.models import PasswordHistory, PasswordPolicy, User
from jiangxin.accounts.queries import current_profile, password_expired
from jiangxin.accounts.queries.passwords import character_kinds
from jiangxin.accounts.tests.factories import PASSWORD, make_officer, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.config.settings_accounts import PASSWORD_HASHERS
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db


def faults(password: str, user: User | None = None) -> int:
    """How many demands a password misses."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return len(error.messages)
    return 0


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("Lantern-42", 0),
        ("灯笼Lantern42", 0),
        ("lantern-river", 1),
        ("Ab1-", 1),
        ("aaaa", 3),
        ("password", 2),
        ("Password123", 1),
        ("x" * 129, 2),
    ],
)
def test_the_mlps_profile_wants_kinds_of_characters(password: str, expected: int) -> None:
    PasswordPolicy.objects.create(profile="mlps3")

    assert faults(password) == expected


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("lantern river moon", 0),
        ("灯笼河边的月亮真的非常圆", 0),
        ("lantern-42", 1),
        ("Lantern-1234", 0),
        ("123456789", 2),
        ("my zhoumin secret", 1),
    ],
)
def test_the_asvs_profile_wants_length_alone(password: str, expected: int) -> None:
    PasswordPolicy.objects.create(profile="asvs5")

    assert faults(password, make_user("zhoumin")) == expected


@given(st.text(max_size=40))
def test_kinds_of_characters_are_at_most_four_and_none_only_for_nothing(password: str) -> None:
    kinds = character_kinds(password)

    assert (kinds == 0) is (password == "")
    assert kinds <= min(4, len(password))


def test_a_former_password_is_refused_under_mlps() -> None:
    PasswordPolicy.objects.create(profile="mlps3")
    user = make_user()
    words = [f"Lantern-{number}-River" for number in range(7)]
    for password in words[:6]:
        change_password(user, password=password, by=user)

    assert refusal(lambda: change_password(user, password=words[5], by=user)) == "password_policy"
    assert PasswordHistory.objects.filter(user=user).count() == 5
    assert change_password(user, password=words[0], by=user).check_password(words[0]) is True


@pytest.mark.parametrize(
    ("profile", "days", "expected"), [("mlps3", 89, False), ("mlps3", 91, True), ("asvs5", 900, False)]
)
def test_passwords_grow_old_under_mlps_only(profile: str, days: int, expected: bool) -> None:
    PasswordPolicy.objects.create(profile=profile)
    since = timezone.now() - datetime.timedelta(days=days)

    assert password_expired(make_user(password=PASSWORD, password_changed_at=since)) is expected
    assert password_expired(make_user(created_at=since)) is False


def test_a_password_of_somebody_else_is_changed_by_the_owner_only(tree: dict[str, Org]) -> None:
    user, other = make_user(), make_officer("city_officer", tree["city"])
    admin = make_officer("system_admin", tree["national"])

    code = refusal(lambda: change_password(user, password=PASSWORD, by=other))
    change_password(user, password=PASSWORD, by=admin)

    assert (code, user.must_change_password) == ("no_permission", True)
    assert change_password(user, password=PASSWORD + "x", by=user).must_change_password is False


def test_switching_the_profile_is_kept_and_logged(tree: dict[str, Org]) -> None:
    admin = make_officer("security_admin", tree["national"])
    before = current_profile()

    chosen = choose_password_policy("asvs5", reason="测评已结束", by=admin)

    logged = Event.objects.get(name="accounts.policy_chosen")
    assert (before, current_profile(), chosen.chosen_by) == ("mlps3", "asvs5", admin)
    assert (logged.actor, logged.payload) == (
        admin.actor_id,
        {"old_profile": "mlps3", "new_profile": "asvs5", "reason": "测评已结束"},
    )


@pytest.mark.parametrize(
    ("profile", "reason", "code"),
    [("mlps3", "没变", "same_profile"), ("asvs5", " ", "no_reason"), ("none", "松一点", "unknown_profile")],
)
def test_a_switch_that_says_nothing_is_refused(profile: str, reason: str, code: str) -> None:
    by = SystemActor("test")

    assert refusal(lambda: choose_password_policy(profile, reason=reason, by=by)) == code


def test_officers_do_not_choose_the_policy(tree: dict[str, Org]) -> None:
    officer = make_officer("national_officer", tree["national"])

    assert refusal(lambda: choose_password_policy("asvs5", reason="省事", by=officer)) == "no_permission"


def test_passwords_are_kept_by_argon2_and_older_hashes_are_renewed() -> None:
    word, renewed = "Quiet-Harbour-77", []
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        stored, older = make_password(word), make_password(word, hasher="pbkdf2_sha256")
        checks = [check_password(each, stored) for each in (word, f"{word} ", "")]
        came_in = check_password(word, older, setter=lambda raw: renewed.append(make_password(raw)))
        kept_by = [identify_hasher(each).algorithm for each in (stored, *renewed)]

    assert (checks, came_in, kept_by) == ([True, False, False], True, ["argon2", "argon2"])
