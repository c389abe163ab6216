"""Giving, delegating, ending roles, and handing an administrator's office over."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.accounts.models import AdminHandover, Grant, User
from jiangxin.accounts.queries.people import former_admin_roles
from jiangxin.accounts.queries.rights import forget_roles, held_roles, role_title
from jiangxin.accounts.rules import clashing_roles, may_appoint
from jiangxin.accounts.words import ADMIN_ROLES, IMPLICIT_ROLES, LONGEST_DELEGATION_DAYS
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.modules import roles
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models import Org


@action("accounts.give_grant", on="org")
def give_grant(
    user: User,
    *,
    role: str,
    org: Org,
    by: Actor,
    valid_from: date | None = None,
    valid_until: date | None = None,
    handover: AdminHandover | None = None,
) -> Grant:
    """Give the user a role on the organisation and all below it; `valid_until` is the last day it counts.

    Refused unless the giver's own roles appoint this role there, to oneself, on closed organisations, for dates in
    the past, for roles that clash, and for a second administrator office without a written handover.
    """
    _check_role(role)
    _check_giver(by, user, role, org)
    _hold(user)
    _check_receiver(user, org)
    _check_offices(user, role, handover)
    start = valid_from or timezone.localdate()
    _check_dates(start, valid_until)
    return _add(user, by=by, role=role, org=org, valid_from=start, valid_until=valid_until, handover=handover)


@action("accounts.delegate_grant")
def delegate_grant(grant: Grant, *, to: User, valid_until: date, by: Actor, org: Org | None = None) -> Grant:
    """Let somebody stand in for the holder until a day, on the same organisation or one below it.

    A delegation ends with the grant it came from, cannot be passed on, and is not possible for administrators.
    """
    place = org or grant.org
    if grant.role in ADMIN_ROLES:
        raise Refused(_("管理员职务不能委托，只能交接。"), code="office_not_delegable")
    if grant.delegated_from_id is not None:
        raise Refused(_("受托得来的角色不能再转托。"), code="delegated_twice")
    if not _in_force(grant):
        raise Refused(_("这项授权现在不生效，不能委托。"), code="not_in_force")
    if not place.path.startswith(grant.org.path):
        raise Refused(_("只能委托本单位或下级单位的事务。"), code="outside_scope", field="org")
    if to.pk == grant.user_id:
        raise Refused(_("不能委托给自己。"), code="to_oneself", field="to")
    _hold(to)
    _check_receiver(to, place)
    _check_offices(to, grant.role, None)
    today = timezone.localdate()
    _check_dates(today, valid_until)
    if valid_until > today + timedelta(days=LONGEST_DELEGATION_DAYS):
        raise Refused(
            say(_("委托最长 %(days)s 天，请选近一些的日期。"), days=LONGEST_DELEGATION_DAYS),
            code="delegation_too_long",
            field="valid_until",
        )
    if grant.valid_until is not None and valid_until > grant.valid_until:
        raise Refused(
            say(_("原授权到 %(day)s 为止，委托不能更长。"), day=grant.valid_until), code="longer_than_source"
        )
    return _add(
        to, by=by, role=grant.role, org=place, valid_from=today, valid_until=valid_until, source=grant
    )


@action("accounts.end_grant")
def end_grant(grant: Grant, *, by: Actor, note: str = "") -> Grant:
    """End a role now, together with everything delegated from it; the holder may lay it down too."""
    own = isinstance(by, User) and by.pk == grant.user_id
    if isinstance(by, User) and not own and not may_appoint(held_roles(by), grant.role, grant.org.path):
        raise Refused(_("这个角色不由您授予，您也不能结束它。请联系上级工会。"), code="may_not_appoint")
    _end(grant, by=by, note=note)
    for delegation in Grant.objects.filter(delegated_from=grant, ended_at__isnull=True).select_related(
        "org", "user"
    ):
        _end(delegation, by=by, note=note)
    return grant


@action("accounts.hand_over_office")
def hand_over_office(grant: Grant, *, successor: User, reason: str, by: Actor) -> AdminHandover:
    """Write down that an administrator handed the office over, and end the office.

    Only after it may the former holder be given another of the three offices (GB/T 22239-2019 §8.1.5). Refused
    when the successor does not hold the office yet, without a reason, and by the leaving administrator alone.
    """
    if grant.role not in ADMIN_ROLES:
        raise Refused(_("只有系统、安全、审计管理员需要办理交接。"), code="no_office")
    if isinstance(by, User) and by.pk == grant.user_id:
        raise Refused(_("交接要由另一名安全管理员见证。"), code="own_handover")
    if successor.pk == grant.user_id or not _holds(successor, grant.role):
        raise Refused(_("接手人还没有这个职务，请先授予。"), code="no_successor", field="successor")
    if not reason.strip():
        raise Refused(_("请写明交接说明。"), code="no_reason", field="reason")
    handover = AdminHandover.objects.create(
        user_id=grant.user_id,
        gave_up_role=grant.role,
        successor=successor,
        recorded_by=_user(by),
        reason=reason.strip(),
    )
    _end(grant, by=by, note=reason.strip()[:200])
    announce(
        "accounts.office_handed_over",
        handover,
        user=grant.user_id,
        role=grant.role,
        successor=successor.pk,
    )
    return handover


def _check_role(role: str) -> None:
    if role not in roles() or role in IMPLICIT_ROLES:
        raise Refused(say(_("没有“%(role)s”这个角色。"), role=role), code="unknown_role", field="role")


def _check_giver(by: Actor, user: User, role: str, org: Org) -> None:
    if not isinstance(by, User):
        return
    if by.pk == user.pk:
        raise Refused(_("不能给自己授权。"), code="to_oneself", field="user")
    if not may_appoint(held_roles(by), role, org.path):
        raise Refused(
            say(_("您不能在“%(org)s”授予“%(role)s”。请联系上级工会。"), org=org.name, role=role_title(role)),
            code="may_not_appoint",
            field="role",
        )


def _hold(user: User) -> None:
    """Whoever gives this account a role at the same time waits, and then sees the role that was given first."""
    user.is_active = User.objects.select_for_update(no_key=True).only("is_active").get(pk=user.pk).is_active


def _check_receiver(user: User, org: Org) -> None:
    if not user.is_active:
        raise Refused(_("这个账号已停用，不能授权。"), code="user_disabled", field="user")
    if org.state != "active":
        raise Refused(
            say(_("“%(org)s”已合并或撤销，不能在此授权。"), org=org.name), code="org_closed", field="org"
        )


def _check_offices(user: User, role: str, handover: AdminHandover | None) -> None:
    standing = Grant.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True)
    clashing = clashing_roles(role, standing)
    if clashing:
        raise Refused(
            say(
                _("“%(new)s”不能与“%(old)s”由同一账号担任。"),
                new=role_title(role),
                old=role_title(clashing[0]),
            ),
            code="roles_clash",
            field="role",
        )
    former = former_admin_roles(user) - {role}
    if role in ADMIN_ROLES and former and not _covers(handover, user, former):
        raise Refused(
            say(
                _("此人担任过“%(old)s”。办完书面交接之后，才能改任“%(new)s”。"),
                old=role_title(min(former)),
                new=role_title(role),
            ),
            code="handover_missing",
            field="handover",
        )


def _covers(handover: AdminHandover | None, user: User, former: set[str]) -> bool:
    """A handover opens one later office; offices held before it must have been handed over too."""
    if handover is None or handover.user_id != user.pk or Grant.objects.filter(handover=handover).exists():
        return False
    written = set(AdminHandover.objects.filter(user=user).values_list("gave_up_role", flat=True))
    return former <= written


def _check_dates(start: date, until: date | None) -> None:
    today = timezone.localdate()
    if start < today:
        raise Refused(_("开始日期不能早于今天。"), code="starts_in_past", field="valid_from")
    if until is not None and until < start:
        raise Refused(_("结束日期早于开始日期，请核对。"), code="dates_reversed", field="valid_until")


def _in_force(grant: Grant) -> bool:
    return Grant.objects.in_force().filter(pk=grant.pk).exists()


def _holds(user: User, role: str) -> bool:
    return Grant.objects.in_force().filter(user=user, role=role).exists()


def _user(by: Actor) -> User | None:
    return by if isinstance(by, User) else None


def _add(
    user: User,
    *,
    by: Actor,
    role: str,
    org: Org,
    valid_from: date,
    valid_until: date | None,
    handover: AdminHandover | None = None,
    source: Grant | None = None,
) -> Grant:
    try:
        with transaction.atomic():
            grant = Grant.objects.create(
                user=user,
                role=role,
                org=org,
                granted_by=_user(by),
                valid_from=valid_from,
                valid_until=valid_until,
                handover=handover,
                delegated_from=source,
            )
    except IntegrityError as error:
        raise Refused(_("此人在这个单位已有这个角色，不必再授。"), code="granted_already") from error
    forget_roles(user)
    until = valid_until.isoformat() if valid_until else ""
    announce("accounts.grant_given", grant, user=user.pk, role=role, org=org.uid, until=until)
    return grant


def _end(grant: Grant, *, by: Actor, note: str) -> None:
    now = timezone.now()
    done = Grant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(
        ended_at=now, ended_by=_user(by), end_note=note[:200]
    )
    if not done:
        raise Refused(_("这项授权刚才已经结束。"), code="overtaken")
    grant.ended_at, grant.ended_by, grant.end_note = now, _user(by), note[:200]
    forget_roles(grant.user)
    announce("accounts.grant_ended", grant, user=grant.user_id, role=grant.role, org=grant.org.uid)
