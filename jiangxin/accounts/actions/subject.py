"""What the house holds about one person's account: a copy of it, and closing it for good."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset as reset_failures
from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.models import (
    CodeUse,
    Grant,
    Invitation,
    Notice,
    NoticePreference,
    PasswordHistory,
    RecordClaim,
    User,
)
from jiangxin.accounts.models.letters import forget_letters
from jiangxin.accounts.queries.rights import role_title
from jiangxin.kernel.access import Actor, SystemActor
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce, forget_words
from jiangxin.kernel.http.actions import forget_tokens
from jiangxin.kernel.http.models import ApiToken
from jiangxin.kernel.privacy import Erasure, Kept, Outlook, SubjectPart
from jiangxin.kernel.sheets.forgetting import sign_imports
from jiangxin.kernel.states.models import forget_actor
from jiangxin.people.models import Person
from jiangxin.people.queries.traces import names_of

KEPT_LOG = Kept(_("角色与操作日志"), _("审计日志依法保存，不含姓名。"))
CLOSED_NAME = "已注销账号"
OWNED = (Notice, NoticePreference, PasswordHistory, CodeUse, Authenticator, EmailAddress, UserSession)


@action("accounts.close_account")
def close_account(user: User, *, by: Actor) -> User:
    """Close an account for good: sign-ins, second factors, inbox and personal fields go; grants stay as history.

    PIPL articles 47 and 50. What the account did stays in the log under its number, without a name: those the log
    and the histories held are forgotten too, and its messages to others say the office instead.
    """
    traces, names = _log_traces(user), [user.display_name, user.username]
    for session in UserSession.objects.filter(user=user):
        session.end()
    for model in OWNED:
        model.objects.filter(user=user).delete()
    forget_tokens(user, by=by)
    letters = Invitation.objects.filter(accepted_by=user)
    forget_letters([user.email, *letters.values_list("email", flat=True)])
    letters.update(email="")
    reset_failures(username=user.username)
    now = timezone.now()
    Grant.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now, end_note="closed")
    user.username, user.email, user.display_name = f"closed-{user.uid.lower()}", "", CLOSED_NAME
    user.person, user.is_active, user.disabled_at, user.last_login = None, False, now, None
    user.set_unusable_password()
    user.save()
    forget_actor(user.actor_id)
    _sign_with_office(user)
    forget_words(traces, actors=[user.actor_id], names=names, by=SystemActor("accounts"))
    announce("accounts.account_closed", user, user=user.pk)
    return user


def _sign_with_office(user: User) -> None:
    """What the account sent and brought in bears from now on the office it was done in: role and union, no name."""
    sent = Notice.objects.filter(sender=user.actor_id)
    sent.update(sender_label=CLOSED_NAME)
    sign_imports(user.actor_id, label=CLOSED_NAME)
    with translation.override(settings.LANGUAGE_CODE):
        for grant in Grant.objects.filter(user=user).select_related("org").order_by("created_at", "id"):
            office = f"{role_title(grant.role)}（{grant.org.name}）"[:120]
            sent.filter(created_at__gte=grant.created_at).update(sender_label=office)
            sign_imports(user.actor_id, label=office, since=grant.created_at)


def _log_traces(user: User) -> dict[str, list[str]]:
    """{kind of thing: outside ids} of all that the log may have named because of this account."""
    owned = Q(accepted_by=user) | Q(person=user.person) if user.person else Q(accepted_by=user)
    found = (
        Notice.objects.filter(user=user),
        RecordClaim.objects.filter(user=user),
        Invitation.objects.filter(owned),
    )
    tokens = ApiToken.objects.filter(owner_key=user.pk)
    return {
        User._meta.label_lower: [user.uid],
        **{
            rows.model._meta.label_lower: list(rows.values_list("uid", flat=True))
            for rows in (*found, tokens)
        },
    }


def _user_of(person_uid: str) -> User | None:
    return User.objects.filter(person__uid=person_uid).first()


def _export(person_uid: str) -> dict[str, Any]:
    letters = Invitation.objects.filter(person__uid=person_uid).order_by("id")
    invited = [{"email": each.email, "created_at": each.created_at.isoformat()} for each in letters]
    user = _user_of(person_uid)
    if user is None:
        return {"invitations": invited} if invited else {}
    sessions = UserSession.objects.filter(user=user).order_by("id")
    return {
        "username": user.username,
        "email": user.email,
        "display_name": user.display_name,
        "invitations": invited,
        "created_at": user.created_at.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else "",
        "grants": [
            {"role": grant.role, "org": grant.org.name, "from": grant.valid_from.isoformat()}
            for grant in Grant.objects.filter(user=user).select_related("org").order_by("id")
        ],
        "sessions": [{"ip": each.ip, "browser": each.user_agent} for each in sessions],
        "notices": list(Notice.objects.filter(user=user).order_by("id").values("kind", "title", "body")),
        "tokens": list(
            ApiToken.objects.filter(owner_key=user.pk).order_by("pk").values_list("label", flat=True)
        ),
        "claims": list(RecordClaim.objects.filter(user=user).order_by("id").values("state", "answer")),
    }


def _erase(person_uid: str, by: Actor) -> Erasure:
    unread = Invitation.objects.filter(person__uid=person_uid, accepted_by__isnull=True)
    forget_letters(unread.values_list("email", flat=True))
    letters, _kinds = unread.delete()
    _forget_failures(Person.objects.get(uid=person_uid))
    user = _user_of(person_uid)
    if user is None:
        return Erasure(deleted=letters)
    deleted = letters + sum(model.objects.filter(user=user).count() for model in OWNED)
    close_account(user, by=by)
    return Erasure(deleted=deleted, anonymised=1, kept=(KEPT_LOG,))


def _forget_failures(person: Person) -> None:
    """Failed sign-ins keep what was typed as the account, which may be a name, a number or a telephone."""
    for typed in (*names_of(person), person.id_number, person.phone, person.email):
        if typed:
            reset_failures(username=typed.strip().lower())


def _outlook(person_uid: str) -> Outlook:
    """The account with all its ways in, or nothing where there is none."""
    if _user_of(person_uid) is None:
        return Outlook()
    return Outlook(goes=(_("账号、登录方式和消息：账号随即注销，不能再登录"),), stays=(KEPT_LOG,))


SUBJECT_PART = SubjectPart(title=_("账号"), export=_export, erase=_erase, outlook=_outlook)
