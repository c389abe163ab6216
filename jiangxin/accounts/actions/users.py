"""Opening, closing and unlocking accounts, and their passwords."""

from __future__ import annotations

import re

from allauth.usersessions.models import UserSession
from axes.utils import reset as reset_failures
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.accounts.actions.grants import give_grant
from jiangxin.accounts.models import PasswordHistory, PasswordPolicy, User
from jiangxin.accounts.queries.passwords import PROFILES, current_profile, current_rules
from jiangxin.accounts.words import ADMIN_ROLES
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce, record_security
from jiangxin.orgs.models import Org

USERNAME = re.compile(r"[\w.+-]{2,60}")


@action("accounts.add_user", on="org")
def add_user(
    username: str,
    *,
    display_name: str,
    by: Actor,
    email: str = "",
    org: Org | None = None,
    password: str = "",
    is_persona: bool = False,
) -> User:
    """Open an account; without a password nobody can sign in until one is set by mail.

    A password given here is somebody else's choice, so the owner must change it at the first sign-in.
    """
    name = username.strip().lower()
    if not USERNAME.fullmatch(name):
        raise Refused(
            _("登录名只能用字母、数字、汉字和 . + - _，2 至 60 个字。"), code="bad_username", field="username"
        )
    user = User(
        username=name,
        email=email.strip().lower(),
        display_name=display_name.strip(),
        org=org,
        is_persona=is_persona,
    )
    if not user.display_name:
        raise Refused(_("请填写姓名。"), code="no_name", field="display_name")
    user.set_unusable_password()
    _insert(user)
    if password:
        _store_password(user, password, must_change=True)
    announce("accounts.user_added", user, username=user.username)
    return user


@action("accounts.disable_user")
def disable_user(user: User, *, by: Actor, reason: str) -> User:
    """Switch an account off and end all its sign-ins at once; nothing it did is lost."""
    if not reason.strip():
        raise Refused(_("请写明停用原因。"), code="no_reason", field="reason")
    now = timezone.now()
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False, disabled_at=now):
        raise Refused(_("这个账号已经停用。"), code="overtaken")
    user.is_active, user.disabled_at = False, now
    _end_sessions(user)
    announce("accounts.user_disabled", user, username=user.username, reason=reason.strip()[:300])
    return user


@action("accounts.enable_user")
def enable_user(user: User, *, by: Actor) -> User:
    """Switch an account on again; its grants that are still in force count again."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True, disabled_at=None):
        raise Refused(_("这个账号没有停用。"), code="overtaken")
    user.is_active, user.disabled_at = True, None
    announce("accounts.user_enabled", user, username=user.username)
    return user


@action("accounts.end_sessions")
def end_sessions(user: User, *, by: Actor, keep: str = "") -> int:
    """End the user's sign-ins, all but the one with the session key `keep`; return how many were ended."""
    ended = _end_sessions(user, keep=keep)
    record_security("accounts.sessions_ended", user, payload={"count": ended})
    return ended


@action("accounts.end_sessions")
def end_session(user: User, *, session_id: int, by: Actor) -> User:
    """End one sign-in of the user; Refused when it is not there any more."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise Refused(_("这个登录已经结束。"), code="overtaken")
    session.end()
    record_security("accounts.sessions_ended", user, payload={"count": 1})
    return user


@action("accounts.release_lockout")
def release_lockout(user: User, *, by: Actor) -> User:
    """Forget the failed tries of a locked account, so that its owner may try again."""
    if not reset_failures(username=user.username):
        raise Refused(_("这个账号没有被锁定。"), code="not_locked")
    announce("accounts.lockout_released", user, username=user.username)
    return user


@action("accounts.change_password")
def change_password(user: User, *, password: str, by: Actor) -> User:
    """Set a password that meets the policy in force; remember the old ones as far as the policy wants.

    Raises Refused with the sentences of the policy. Every other session of the user falls, because Django binds
    sessions to the password hash.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="password_policy", field="password") from error
    foreign = isinstance(by, User) and by.pk != user.pk
    _store_password(user, password, must_change=foreign)
    announce("accounts.password_changed", user)
    return user


@action("accounts.choose_policy")
def choose_password_policy(profile: str, *, reason: str, by: Actor) -> PasswordPolicy:
    """Put one of the two password profiles in force for everybody; older choices stay as history."""
    if profile not in PROFILES:
        raise Refused(_("没有这个密码策略。"), code="unknown_profile", field="profile")
    old = current_profile()
    if profile == old:
        raise Refused(_("这个密码策略正在使用，不必更换。"), code="same_profile", field="profile")
    if not reason.strip():
        raise Refused(_("请写明更换理由，理由会记入日志。"), code="no_reason", field="reason")
    chosen = PasswordPolicy.objects.create(
        profile=profile, chosen_by=by if isinstance(by, User) else None, reason=reason.strip()[:300]
    )
    announce("accounts.policy_chosen", chosen, old_profile=old, new_profile=profile, reason=chosen.reason)
    return chosen


@action("accounts.add_user")
def create_admin(username: str, *, role: str, password: str, by: Actor) -> User:
    """Open the account of a first administrator on the topmost organisation; for the command line.

    `role` is one of system_admin, security_admin, audit_admin or national_officer.
    """
    root = Org.objects.filter(parent__isnull=True).order_by("path").first()
    if root is None:
        raise Refused(_("还没有任何组织，请先建立最上级工会。"), code="no_root")
    if role not in (*ADMIN_ROLES, "national_officer"):
        raise Refused(_("这里只能建立管理员账号。"), code="unknown_role", field="role")
    user = add_user(username, display_name=username, org=root, by=by)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="password_policy", field="password") from error
    _store_password(user, password, must_change=False)
    give_grant(user, role=role, org=root, by=by)
    return user


def _insert(user: User) -> None:
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        taken = User.objects.filter(username=user.username).exists()
        raise Refused(
            _("这个登录名已有人使用，请换一个。") if taken else _("这个邮箱已属于另一个账号。"),
            code="taken",
            field="username" if taken else "email",
        ) from error


def _store_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.password_changed_at = timezone.now()
    user.must_change_password = must_change
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    keeps = max(current_rules().remembers, 5)
    PasswordHistory.objects.create(user=user, password=user.password)
    kept = PasswordHistory.objects.filter(user=user).order_by("-id").values_list("pk", flat=True)[:keeps]
    PasswordHistory.objects.filter(user=user).exclude(pk__in=list(kept)).delete()


def _end_sessions(user: User, *, keep: str = "") -> int:
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=keep))
    for session in sessions:
        session.end()
    return len(sessions)
