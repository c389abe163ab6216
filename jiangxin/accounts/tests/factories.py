"""Users, grants and second factors for tests of this app and of the apps above it."""

from __future__ import annotations

import itertools
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from jiangxin.accounts.models import Grant, Notice, User
from jiangxin.accounts.queries import forget_roles
from jiangxin.kernel.modules import roles
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "Lantern-River-42"
_numbers = itertools.count(1)


def make_user(
    username: str = "",
    *,
    display_name: str = "",
    password: str = "",
    org: Org | None = None,
    person: Person | None = None,
    **fields: object,
) -> User:
    """An active account; without a password it can only be signed in by `client.force_login`."""
    name = username or f"user{next(_numbers):06}"
    user = User(username=name, display_name=display_name or name, org=org, person=person, **fields)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    return user


def make_grant(
    user: User,
    role: str,
    org: Org,
    *,
    second_factor: bool = True,
    valid_from: date | None = None,
    **fields: object,
) -> Grant:
    """A grant in force; a staff role brings a second factor along, so that the user may open the workbench."""
    dates = {"valid_from": valid_from} if valid_from else {}
    grant = Grant.objects.create(user=user, role=role, org=org, **dates, **fields)
    forget_roles(user)
    if second_factor and roles()[role].staff and not Authenticator.objects.filter(user=user).exists():
        make_second_factor(user)
    return grant


def make_officer(role: str, org: Org, username: str = "", **fields: object) -> User:
    """A user of the organisation with this role on it, ready for the workbench."""
    user = make_user(username, org=org, **fields)
    make_grant(user, role, org)
    return user


def make_second_factor(user: User) -> Authenticator:
    """An authenticator app with the secret SECRET, and recovery codes."""
    authenticator: Authenticator = TOTP.activate(user, SECRET).instance
    RecoveryCodes.activate(user)
    return authenticator


def make_notice(user: User, title: str = "有一条消息", **fields: object) -> Notice:
    """An unread notice."""
    values = {"kind": "accounts.test_notice", "sender_label": "系统", **fields}
    return Notice.objects.create(user=user, title=title, **values)
