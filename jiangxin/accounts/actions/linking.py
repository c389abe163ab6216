"""Tying an account to a worker record: by invitation, or by a claim that an officer confirms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.accounts.actions.users import add_user, change_password
from jiangxin.accounts.models import Invitation, RecordClaim, User
from jiangxin.accounts.queries.rights import forget_roles
from jiangxin.accounts.rules import digest_of
from jiangxin.accounts.states import CLAIM
from jiangxin.accounts.words import INVITATION_DAYS, ClaimState
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.privacy import blind_index
from jiangxin.people.models import Person


@dataclass(frozen=True)
class Letter:
    """An invitation and its secret, which is shown once and never stored."""

    invitation: Invitation
    secret: str


@action("accounts.invite_person")
def invite_person(person: Person, *, by: Actor, email: str = "") -> Letter:
    """Write a worker a letter that opens one account on the own record, good for 14 days; an older one falls."""
    if User.objects.filter(person=person).exists():
        raise Refused(_("这位职工已有账号。"), code="has_account")
    now = timezone.now()
    Invitation.objects.filter(person=person, accepted_at__isnull=True, cancelled_at__isnull=True).update(
        cancelled_at=now
    )
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        person=person,
        secret_digest=digest_of(secret),
        email=email.strip().lower(),
        invited_by=by if isinstance(by, User) else None,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return Letter(invitation, secret)


@action("accounts.accept_invitation")
def accept_invitation(
    invitation: Invitation, *, username: str, password: str, by: Actor, email: str = ""
) -> User:
    """Open the invited worker's account; the letter counts once. `by` is the system: the secret proved the right."""
    now = timezone.now()
    waiting = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=now
    )
    if not waiting.update(accepted_at=now):
        raise Refused(_("这份邀请已失效，请联系所属工会重新发一份。"), code="letter_spent")
    person = invitation.person
    user = add_user(
        username,
        display_name=person.name,
        email=email or invitation.email,
        org=person.org,
        by=by,
    )
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="password_policy", field="password") from error
    change_password(user, password=password, by=by)
    _link(user, person, road="invitation")
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    return user


@action("accounts.claim_record")
def claim_record(user: User, *, name: str, id_number: str, by: Actor) -> RecordClaim | None:
    """Look for the record of this identity number and propose the link to the record's union.

    Returns None when nothing matches; the caller shows the same answer either way, so that nobody can find out
    whose number is in the register.
    """
    if user.person_id is not None:
        raise Refused(_("您的账号已经关联了档案。"), code="linked_already")
    if RecordClaim.objects.filter(user=user, state=ClaimState.PROPOSED).exists():
        raise Refused(_("您已提交过认领，正在核对。"), code="claim_open")
    index = blind_index(id_number, kind="id_number")
    person = Person.objects.filter(id_number_index=index).first()
    if person is None or User.objects.filter(person=person).exists():
        return None
    claim = RecordClaim.objects.create(user=user, person=person, name_matches=_same_name(name, person.name))
    announce("accounts.claim_made", claim, claim=claim.uid, opath=person.opath)
    return claim


@action("accounts.decide_claim")
def confirm_claim(claim: RecordClaim, *, by: Actor, note: str = "") -> RecordClaim:
    """Confirm that the claimant is the worker, and tie the account to the record."""
    CLAIM.move(claim, "confirm", by=by, note=note, **_decision(by, note))
    _link(claim.user, claim.person, road="claim")
    return claim


@action("accounts.decide_claim")
def refuse_claim(claim: RecordClaim, *, by: Actor, note: str) -> RecordClaim:
    """Refuse a claim, with a reason the claimant will read."""
    if not note.strip():
        raise Refused(_("请写明不予确认的原因，申请人会看到。"), code="no_reason", field="note")
    CLAIM.move(claim, "refuse", by=by, note=note, **_decision(by, note))
    return claim


@action("accounts.withdraw_claim")
def withdraw_claim(claim: RecordClaim, *, by: Actor) -> RecordClaim:
    """Take an own claim back before it is decided."""
    CLAIM.move(claim, "withdraw", by=by, decided_at=timezone.now())
    return claim


def _decision(by: Actor, note: str) -> dict[str, object]:
    return {
        "decided_at": timezone.now(),
        "decided_by": by if isinstance(by, User) else None,
        "answer": note.strip()[:300],
    }


def _same_name(typed: str, recorded: str) -> bool:
    return "".join(typed.split()) == "".join(recorded.split())


def _link(user: User, person: Person, *, road: str) -> None:
    try:
        with transaction.atomic():
            done = User.objects.filter(pk=user.pk, person__isnull=True).update(
                person=person, org=user.org_id or person.org_id
            )
    except IntegrityError as error:
        raise Refused(_("这份档案已关联了另一个账号。"), code="linked_already") from error
    if not done:
        raise Refused(_("您的账号已经关联了档案。"), code="linked_already")
    user.refresh_from_db()
    forget_roles(user)
    announce("accounts.person_linked", user, user=user.pk, person=person.uid, road=road)
