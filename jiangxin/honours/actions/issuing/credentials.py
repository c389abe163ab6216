"""Verbs on credentials: issue one, replace it, issue it anew for its holder, say in the status lists that it is suspended or revoked."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.actions.issuing.issuers import open_issuer
from jiangxin.honours.actions.issuing.press import Press
from jiangxin.honours.credentials import Bitstring, build_badge
from jiangxin.honours.models import Conferral, Credential, StatusList
from jiangxin.honours.queries.issuers import IN_FORCE
from jiangxin.honours.queries.issuing import Told, achieved_of, deciding_org, may_name, may_tell, told_in
from jiangxin.honours.rules import is_own
from jiangxin.honours.states import CREDENTIAL_FLOW
from jiangxin.honours.words import ConferralState, CredentialState, ListPurpose
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.ids import new_uid

ANEW_A_DAY = 3  # each takes a place in two status lists for ever


@action("honours.issue_credential")
def issue_credential(conferral: Conferral, *, with_identity: bool = False, by: Actor) -> Credential:
    """Sign a credential about the conferral; the one in force is returned when there is one already.

    Signed by the organisation that decides on honours of this level, or the next one above it in the tree. The name
    stands in it when the fact is public or the holder asks; a salted hash of the identity number only when the holder asks.
    """
    _one_at_a_time(conferral)
    known = conferral.credentials.filter(state__in=IN_FORCE).first()
    if known is not None:
        return known
    _still_in_force(conferral)
    return _issue(conferral, told=may_tell(conferral, by, with_identity=with_identity), by=by)


def _one_at_a_time(conferral: Conferral) -> None:
    """Asked twice at once, there is still one credential."""
    Conferral.objects.select_for_update(no_key=True).get(pk=conferral.pk)


def _still_in_force(conferral: Conferral) -> None:
    if conferral.state != ConferralState.CONFERRED:
        raise Refused(_("这项荣誉目前不在有效状态，不能签发凭证。"), code="not_in_force")


def _issue(conferral: Conferral, *, told: Told, by: Actor) -> Credential:
    org = deciding_org(conferral)
    if org is None:
        raise Refused(_("还没有可以签发凭证的组织。请先建立组织。"), code="no_issuer")
    issuer = open_issuer(org, by=by)
    press = Press(issuer)
    places = {purpose: press.free_place(purpose) for purpose in ListPurpose.values}
    uid, now = new_uid(), timezone.now()
    document = build_badge(
        achieved_of(conferral, uid=uid, places=places, base_url=issuer.base_url, told=told),
        issuer=issuer.did,
        issuer_name=issuer.name,
        issuer_url=f"{issuer.base_url}/issuers/{issuer.uid}",
        issued_at=now,
    )
    text, key = press.signed(document, at=now)
    revocation, suspension = places[ListPurpose.REVOCATION], places[ListPurpose.SUSPENSION]
    credential = Credential.objects.create(
        uid=uid,
        conferral=conferral,
        key=key,
        document=text,
        revocation_list=revocation[0],
        revocation_index=revocation[1],
        suspension_list=suspension[0],
        suspension_index=suspension[1],
        issued_at=now,
        issued_by=by.actor_label,
    )
    about = {"uid": credential.uid, "conferral": conferral.uid, "issuer": issuer.uid}
    announce("honours.credential_issued", credential, **about)
    return credential


@action("honours.issue_credential")
def replace_credential(credential: Credential, *, by: Actor) -> Credential:
    """Issue a new credential for the same conferral and revoke the old one (a corrected fact, a withdrawn key).

    What was suspended is suspended again, and what the old one told of its holder the new one tells too.
    """
    before = told_in(credential)
    told = before._replace(name=before.name or may_name(credential.conferral, by))
    return _exchange(credential, told=told, by=by)


@action("honours.issue_credential")
def issue_anew(credential: Credential, *, with_identity: bool, by: Actor) -> Credential:
    """Give the holder a new credential that bears the hash of the identity number, or no longer does; it ends the old one.

    The one in force is returned when it says so already. Refused for anybody else, for an honour that is not in force,
    and after `ANEW_A_DAY` within a day.
    """
    conferral = credential.conferral
    holder = conferral.person
    if holder is None or not is_own(by, conferral):
        raise Refused(_("只有本人可以决定凭证里写什么。"), code="not_own")
    _one_at_a_time(conferral)
    known = conferral.credentials.filter(state__in=IN_FORCE).order_by("-pk").first() or credential
    told = may_tell(conferral, by, with_identity=with_identity and bool(holder.id_number_index))
    if told_in(known) == told:
        return known
    _still_in_force(conferral)
    since = timezone.now() - timedelta(days=1)
    if conferral.credentials.filter(ended_at__gte=since).count() >= ANEW_A_DAY:
        raise Refused(_("这份凭证今天已换发多次，请明天再试。"), code="too_often")
    return _exchange(known, told=told, by=by)


def _exchange(credential: Credential, *, told: Told, by: Actor) -> Credential:
    was_suspended = credential.state == CredentialState.SUSPENDED
    CREDENTIAL_FLOW.move(credential, "replace", by=by, ended_at=timezone.now())
    _set_bit(credential, ListPurpose.REVOCATION, True)
    made = _issue(credential.conferral, told=told, by=by)
    if was_suspended:
        _mark(made, "suspend", by=by)
    return made


_BITS = {
    "suspend": (ListPurpose.SUSPENSION, True),
    "lift": (ListPurpose.SUSPENSION, False),
    "revoke": (ListPurpose.REVOCATION, True),
}
_SOURCES = {
    "suspend": (CredentialState.VALID,),
    "lift": (CredentialState.SUSPENDED,),
    "revoke": IN_FORCE,
}


@action("honours.suspend_conferral")
def mark_credentials(conferral: Conferral, *, move: str, by: Actor) -> Conferral:
    """Say in the status lists that the conferral's credential is suspended, in force again, or revoked."""
    for credential in conferral.credentials.filter(state__in=_SOURCES[move]):
        _mark(credential, move, by=by)
    return conferral


def _mark(credential: Credential, move: str, *, by: Actor) -> None:
    ended_at = timezone.now() if move == "revoke" else None
    CREDENTIAL_FLOW.move(credential, move, by=by, ended_at=ended_at)
    _set_bit(credential, *_BITS[move])


def _set_bit(credential: Credential, purpose: str, value: bool) -> None:
    pk = getattr(credential, f"{purpose}_list_id")
    status_list = StatusList.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=pk)
    bits = Bitstring(bytes(status_list.bits))
    bits[getattr(credential, f"{purpose}_index")] = value
    status_list.bits = bytes(bits.raw)
    Press(status_list.issuer).publish(status_list)
