"""Lists of accounts, grants, claims and personas, seen by an actor."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from jiangxin.accounts.models import (
    AdminHandover,
    Grant,
    GrantQuerySet,
    Invitation,
    RecordClaim,
    User,
    UserQuerySet,
)
from jiangxin.accounts.queries.rights import held_roles
from jiangxin.accounts.rules import may_appoint
from jiangxin.accounts.words import STALE_AFTER_DAYS, ClaimState
from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.modules import roles
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person

SECOND_FACTORS = ("totp", "webauthn")


def users_seen_by(actor: Actor, *, text: str = "") -> UserQuerySet:
    """Return the accounts the actor may look after, narrowed by user name, name or mail."""
    found = User.objects.filter(covered_by(actor, "accounts.view_user", field="org__path"))
    for word in text.split():
        found = found.filter(
            Q(username__icontains=word) | Q(display_name__icontains=word) | Q(email__iexact=word)
        )
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    return found.annotate(second_factor=Exists(factor)).select_related("org").order_by("username")


def user_seen_by(actor: Actor, uid: str) -> User | None:
    """Return one account the actor may look after, else None."""
    return users_seen_by(actor).filter(uid=uid).first()


def grants_seen_by(actor: Actor) -> GrantQuerySet:
    """Return grants that are not ended on organisations the actor looks after, by organisation and role."""
    found = Grant.objects.filter(covered_by(actor, "accounts.view_grant", field="org__path"))
    return (
        found.filter(ended_at__isnull=True)
        .select_related("user", "org", "granted_by", "delegated_from__user")
        .order_by("org__path", "role", "user__username")
    )


def grants_of(user: User) -> GrantQuerySet:
    """Return the user's grants that are not ended."""
    return (
        Grant.objects.filter(user=user, ended_at__isnull=True)
        .select_related("org", "granted_by")
        .order_by("id")
    )


def grant_by_uid(uid: str) -> Grant | None:
    """Return a grant that is not ended."""
    return Grant.objects.filter(uid=uid, ended_at__isnull=True).select_related("org", "user").first()


def stale_grants(actor: Actor) -> GrantQuerySet:
    """Return grants worth a question: expired, on a closed organisation, or of a user long away or switched off."""
    away = timezone.now() - timedelta(days=STALE_AFTER_DAYS)
    never_came = Q(user__last_login__isnull=True, created_at__lt=away)
    return grants_seen_by(actor).filter(
        Q(valid_until__lt=timezone.localdate())
        | ~Q(org__state="active")
        | Q(user__is_active=False)
        | Q(user__last_login__lt=away)
        | never_came
    )


def roles_to_give(actor: Actor, org: Org) -> list[str]:
    """Return the roles the actor may give on the organisation, in the order they are declared."""
    if not isinstance(actor, User):
        return list(roles())
    return [role for role in roles() if may_appoint(held_roles(actor), role, org.path)]


def orgs_for_grants(actor: Actor) -> QuerySet[Org]:
    """Return the organisations on which the actor may give roles, by path."""
    return (
        Org.objects.active().filter(covered_by(actor, "accounts.give_grant", field="path")).order_by("path")
    )


def has_second_factor(user: User, *, besides: int = 0) -> bool:
    """Tell whether the user has an authenticator app or a passkey, other than `besides`; recovery codes do not count."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exclude(pk=besides).exists()


def passkey_of(user: User, pk: int) -> Authenticator | None:
    """Return one passkey or security key of the user."""
    return Authenticator.objects.filter(user=user, type="webauthn", pk=pk).first()


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Return the sign-ins of the user that are not ended, the newest first."""
    return UserSession.objects.filter(user=user).order_by("-created_at")


def handovers_of(user: User) -> QuerySet[AdminHandover]:
    """Return the administrator offices the user handed over, the newest first."""
    return AdminHandover.objects.filter(user=user).select_related("successor").order_by("-id")


def former_admin_roles(user: User) -> set[str]:
    """Return the administrator offices the user holds or ever held."""
    held = Grant.objects.filter(user=user, role__endswith="_admin").values_list("role", flat=True)
    return set(held)


def personas() -> UserQuerySet:
    """Return the cast of the demo world."""
    return User.objects.active().filter(is_persona=True).select_related("org").order_by("id")


def persona(username: str) -> User | None:
    """Return one member of the cast, never an ordinary account."""
    return personas().filter(username=username).first()


def open_claims(actor: Actor) -> QuerySet[RecordClaim]:
    """Return the claims that wait for the actor, the oldest first."""
    found = RecordClaim.objects.filter(state=ClaimState.PROPOSED).exclude(
        user_id=getattr(actor, "pk", None) or 0
    )
    seen = covered_by(actor, "accounts.decide_claim", field="person__opath")
    return found.filter(seen).select_related("user", "person").order_by("id")


def open_claims_count(actor: Actor) -> int:
    """Return how many claims wait for the actor."""
    return open_claims(actor).count()


def claim_seen_by(actor: Actor, uid: str) -> RecordClaim | None:
    """Return one claim that waits for the actor, else None."""
    return open_claims(actor).filter(uid=uid).first()


def claims_of(user: User) -> QuerySet[RecordClaim]:
    """Return the user's own claims, the newest first."""
    return RecordClaim.objects.filter(user=user).order_by("-id")


def open_invitation(digest: str) -> Invitation | None:
    """Return the invitation of this secret's digest if it can still be taken up."""
    return (
        Invitation.objects.filter(
            secret_digest=digest,
            accepted_at__isnull=True,
            cancelled_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        .select_related("person")
        .first()
    )


def invitation_waiting_for(person: Person) -> Invitation | None:
    """Return the invitation of this worker that can still be taken up."""
    waiting = Invitation.objects.filter(
        person=person, accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=timezone.now()
    )
    return waiting.first()


def account_of(person: Person) -> User | None:
    """Return the account that opens this record, or the one it was found to belong to."""
    return User.objects.filter(person__in={person.pk, person.root_id}).order_by("pk").first()


def person_by_uid(uid: str) -> Person | None:
    """Return the worker record of this number."""
    return Person.objects.filter(uid=uid).first()
