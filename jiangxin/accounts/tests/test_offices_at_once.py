"""Two administrators give one account roles that exclude each other, at the same moment: one role, one clear refusal."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from jiangxin.accounts.actions import disable_user, give_grant
from jiangxin.accounts.models import AdminHandover, Grant, User
from jiangxin.accounts.tests.factories import make_grant, make_user
from jiangxin.kernel.access import Refused, SystemActor
from jiangxin.orgs.models import Org
from jiangxin.orgs.tests.factories import make_tree

pytestmark = pytest.mark.django_db(transaction=True)
BY = SystemActor("test")
OFFICES = ("system_admin", "security_admin", "audit_admin")
A_MOMENT = 0.4  # seconds the first one keeps its transaction open while the second one tries


@pytest.fixture
def union() -> Org:
    return make_tree()["national"]


def _give(user: User, role: str, union: Org, handover: AdminHandover | None = None) -> Callable[[], None]:
    """What one administrator's request does, with an account of its own from the database."""

    def give() -> None:
        give_grant(User.objects.get(pk=user.pk), role=role, org=union, handover=handover, by=BY)

    return give


def _one_inside_the_other(first: Callable[[], None], second: Callable[[], None]) -> str:
    """The second request runs while the first one's transaction is still open; returns what refused it."""
    done, refused = Event(), []

    def begin() -> None:
        try:
            with transaction.atomic():
                first()
                done.set()
                time.sleep(A_MOMENT)
        finally:
            connection.close()

    def follow() -> None:
        try:
            done.wait(20)
            second()
        except Refused as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    _run([Thread(target=begin), Thread(target=follow)])
    return "".join(refused)


def _run(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _roles(user: User) -> set[str]:
    return set(Grant.objects.in_force().filter(user=user).values_list("role", flat=True))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("system_admin", "security_admin"),
        ("security_admin", "audit_admin"),
        ("audit_admin", "system_admin"),
        ("city_officer", "audit_admin"),
        ("audit_admin", "city_reviewer"),
    ],
)
def test_a_clashing_role_given_meanwhile_is_refused(union: Org, first: str, second: str) -> None:
    user = make_user()

    refused = _one_inside_the_other(_give(user, first, union), _give(user, second, union))

    assert (refused, _roles(user)) == ("roles_clash", {first})


def test_of_three_offices_given_at_once_one_is_held(union: Org) -> None:
    user, start, refused = make_user(), Barrier(len(OFFICES)), []

    def give(role: str) -> None:
        try:
            start.wait()
            _give(user, role, union)()
        except Refused as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    _run([Thread(target=give, args=(role,)) for role in OFFICES])

    assert (refused, len(_roles(user))) == (["roles_clash", "roles_clash"], 1)


def test_one_handover_opens_one_office_however_fast_it_is_shown_twice(union: Org) -> None:
    user, successor = make_user(), make_user()
    make_grant(user, "system_admin", union, ended_at=timezone.now())
    handover = AdminHandover.objects.create(
        user=user, gave_up_role="system_admin", successor=successor, reason="轮岗，钥匙已移交"
    )

    refused = _one_inside_the_other(
        _give(user, "security_admin", union, handover), _give(user, "audit_admin", union, handover)
    )

    assert (refused, _roles(user)) == ("roles_clash", {"security_admin"})


def test_an_account_disabled_meanwhile_gets_nothing(union: Org) -> None:
    user = make_user()

    def disable() -> None:
        disable_user(User.objects.get(pk=user.pk), reason="离职停用", by=BY)

    refused = _one_inside_the_other(disable, _give(user, "city_officer", union))

    assert (refused, _roles(user)) == ("user_disabled", set())
