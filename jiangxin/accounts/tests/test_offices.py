"""The three administrators apart, at once and over time (privacy example 5)."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from jiangxin.accounts.actions import delegate_grant, end_grant, give_grant, hand_over_office
from jiangxin.accounts.models import AdminHandover, Grant
from jiangxin.accounts.tests.factories import make_grant, make_officer, make_user
from jiangxin.accounts.tests.refusals import refusal
from jiangxin.kernel.access import SystemActor
from jiangxin.orgs.models import Org

pytestmark = pytest.mark.django_db
SYSTEM = SystemActor("test")
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("system_admin", "security_admin"),
        ("security_admin", "audit_admin"),
        ("audit_admin", "system_admin"),
        ("audit_admin", "city_officer"),
        ("city_reviewer", "audit_admin"),
    ],
)
def test_one_account_never_holds_two_offices_at_once(tree: dict[str, Org], first: str, second: str) -> None:
    user = make_user()
    give_grant(user, role=first, org=tree["national"], by=SYSTEM)

    assert refusal(lambda: give_grant(user, role=second, org=tree["city"], by=SYSTEM)) == "roles_clash"


def test_the_database_refuses_two_offices_too(tree: dict[str, Org]) -> None:
    user = make_user()
    make_grant(user, "system_admin", tree["national"])

    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=user, role="audit_admin", org=tree["national"])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_grant SET role = 'audit_admin' WHERE user_id = %s", [user.pk])


def test_the_database_keeps_offices_apart_over_time(tree: dict[str, Org]) -> None:
    user, other = make_user(), make_user()
    make_grant(user, "system_admin", tree["national"], ended_at=timezone.now())
    foreign = AdminHandover.objects.create(
        user=other, gave_up_role="system_admin", successor=user, reason="离任"
    )

    for handover in (None, foreign):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(user=user, role="audit_admin", org=tree["national"], handover=handover)


def test_a_second_office_later_needs_a_handover(tree: dict[str, Org]) -> None:
    witness, successor, user = (
        make_officer("security_admin", tree["national"]),
        make_officer("system_admin", tree["national"]),
        make_user(),
    )
    grant = make_grant(user, "system_admin", tree["national"])
    ended = end_grant(grant, by=user)

    def promote(handover: AdminHandover | None = None) -> Grant:
        return give_grant(user, role="audit_admin", org=tree["national"], handover=handover, by=witness)

    without = refusal(promote)
    again = give_grant(user, role="system_admin", org=tree["national"], by=witness)
    handover = hand_over_office(again, successor=successor, reason="轮岗，账号与钥匙已移交", by=witness)

    assert (without, ended.ended_at is not None) == ("handover_missing", True)
    assert promote(handover).role == "audit_admin"
    assert refusal(lambda: promote(handover)) == "handover_missing"


def test_a_handover_opens_one_office_only(tree: dict[str, Org]) -> None:
    witness, user = make_officer("security_admin", tree["national"]), make_user()
    successor = make_officer("system_admin", tree["national"])
    grant = make_grant(user, "system_admin", tree["national"])
    handover = hand_over_office(grant, successor=successor, reason="轮岗", by=witness)
    second = give_grant(user, role="audit_admin", org=tree["national"], handover=handover, by=witness)
    end_grant(second, by=user)

    code = refusal(
        lambda: give_grant(user, role="security_admin", org=tree["national"], handover=handover, by=witness)
    )

    assert code == "handover_missing"


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [("nobody", "轮岗", "no_successor"), ("successor", " ", "no_reason"), ("self", "轮岗", "no_successor")],
)
def test_a_handover_needs_a_successor_and_a_reason(
    tree: dict[str, Org], who: str, reason: str, code: str
) -> None:
    witness, user = make_officer("security_admin", tree["national"]), make_user()
    people = {
        "nobody": make_user(),
        "successor": make_officer("system_admin", tree["national"]),
        "self": user,
    }
    grant = make_grant(user, "system_admin", tree["national"])

    assert refusal(lambda: hand_over_office(grant, successor=people[who], reason=reason, by=witness)) == code


def test_nobody_witnesses_the_own_handover_and_officers_need_none(tree: dict[str, Org]) -> None:
    admin, successor = (
        make_officer("security_admin", tree["national"]),
        make_officer("security_admin", tree["national"]),
    )
    officer = make_officer("city_officer", tree["city"])

    own = refusal(lambda: hand_over_office(admin.grants.get(), successor=successor, reason="轮岗", by=admin))
    none = refusal(
        lambda: hand_over_office(officer.grants.get(), successor=successor, reason="轮岗", by=admin)
    )
    delegated = refusal(
        lambda: delegate_grant(
            admin.grants.get(), to=officer, valid_until=timezone.localdate() + DAY, by=admin
        )
    )

    assert (own, none, delegated) == ("own_handover", "no_office", "office_not_delegable")
