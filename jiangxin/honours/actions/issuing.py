"""Verbs of signing: open an issuer, turn its key, issue a credential, change what the status lists say."""

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.credentials import Bitstring, SigningKey, build_badge, build_status_list, did_web, sign
from jiangxin.honours.credentials.canonical import canonical
from jiangxin.honours.credentials.keystore import KeyUnavailable, load_key, new_key
from jiangxin.honours.models import Conferral, Credential, Issuer, IssuerKey, StatusList
from jiangxin.honours.queries.issuing import achieved_of, deciding_org
from jiangxin.honours.states import CREDENTIAL_FLOW
from jiangxin.honours.words import ConferralState, CredentialState, KeyState, ListPurpose
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import Org

FULLEST = 0.5


def _folder(issuer: Issuer) -> Path:
    return Path(settings.JX_HOME) / "keys" / "issuers" / issuer.uid


def _signing_key(key: IssuerKey) -> SigningKey:
    try:
        return SigningKey(load_key(_folder(key.issuer), key.public_multibase), key.method_id)
    except KeyUnavailable as fault:
        raise Refused(
            _("%(name)s的签发密钥文件不在本机，暂不能签发。请联系系统管理员恢复密钥。")
            % {"name": key.issuer.name},
            code="key_unavailable",
        ) from fault


@action("honours.open_issuer")
def open_issuer(org: Org, *, by: Actor) -> Issuer:
    """Let an organisation sign: its name for ever (did:web), its first key and its two status lists. Safe to repeat."""
    del by
    known = Issuer.objects.filter(org=org).first()
    if known is not None:
        return known
    Org.objects.select_for_update(no_key=True).get(pk=org.pk)  # two first credentials at once open one issuer
    known = Issuer.objects.filter(org=org).first()
    if known is not None:
        return known
    uid = new_uid()
    issuer = Issuer.objects.create(
        uid=uid,
        org=org,
        name=org.name,
        did=did_web(f"{settings.PUBLIC_URL}/issuers/{uid}"),
        base_url=settings.PUBLIC_URL,
    )
    _add_key(issuer)
    for purpose in ListPurpose.values:
        _add_list(issuer, purpose)
    announce("honours.issuer_opened", issuer, uid=issuer.uid, title=issuer.name)
    return issuer


def _add_key(issuer: Issuer) -> IssuerKey:
    name = new_key(_folder(issuer))
    return IssuerKey.objects.create(issuer=issuer, public_multibase=name, valid_from=timezone.now())


def _add_list(issuer: Issuer, purpose: str) -> StatusList:
    bits = Bitstring()
    found = StatusList(issuer=issuer, purpose=purpose, size=len(bits), bits=bytes(bits.raw))
    _publish(found)
    return found


def _publish(status_list: StatusList) -> None:
    """Sign the list as it stands and keep the signed text."""
    issuer, now = status_list.issuer, timezone.now()
    document = build_status_list(
        status_list.url,
        issuer=issuer.did,
        purpose=status_list.purpose,
        bits=Bitstring(bytes(status_list.bits)),
        valid_from=now,
        name=issuer.name,
    )
    key = issuer.keys.select_related("issuer").get(state=KeyState.ACTIVE)
    status_list.document = canonical(sign(document, _signing_key(key), created=now)).decode()
    status_list.save()


@action("honours.rotate_key")
def rotate_key(issuer: Issuer, *, by: Actor) -> IssuerKey:
    """Retire the present key and start a new one; what the old key signed until now stays valid."""
    del by
    _end_key(issuer.keys.get(state=KeyState.ACTIVE), KeyState.RETIRED, at=timezone.now())
    return _start_key(issuer)


@action("honours.rotate_key")
def withdraw_key(key: IssuerKey, *, reason: str, by: Actor) -> Issuer:
    """Declare a key compromised: nothing it signed is accepted any more; credentials in force must be replaced."""
    del by
    was_active = key.state == KeyState.ACTIVE
    _end_key(key, KeyState.COMPROMISED, at=key.ended_at or timezone.now())
    if was_active:
        _start_key(key.issuer)
    announce("honours.key_withdrawn", key.issuer, uid=key.issuer.uid, key=key.public_multibase, reason=reason)
    return key.issuer


def _end_key(key: IssuerKey, state: str, *, at: datetime) -> None:
    key.state, key.ended_at = state, at
    key.save(update_fields=["state", "ended_at"])


def _start_key(issuer: Issuer) -> IssuerKey:
    key = _add_key(issuer)
    for status_list in issuer.status_lists.select_related("issuer"):
        _publish(status_list)
    announce("honours.key_rotated", issuer, uid=issuer.uid, key=key.public_multibase)
    return key


@action("honours.issue_credential")
def issue_credential(conferral: Conferral, *, by: Actor) -> Credential:
    """Sign a credential about the conferral; the one in force is returned when there is one already.

    Signed by the organisation that decides on honours of this level, or the next one above it in the tree. The name
    stands in it when the fact is public or the holder asks; the identity number only as a salted hash.
    """
    Conferral.objects.select_for_update(no_key=True).get(
        pk=conferral.pk
    )  # asked twice at once: one credential
    known = conferral.credentials.filter(state__in=(CredentialState.VALID, CredentialState.SUSPENDED)).first()
    if known is not None:
        return known
    if conferral.state != ConferralState.CONFERRED:
        raise Refused(_("这项荣誉目前不在有效状态，不能签发凭证。"), code="not_in_force")
    return _issue(conferral, by=by)


def _issue(conferral: Conferral, *, by: Actor) -> Credential:
    org = deciding_org(conferral)
    if org is None:
        raise Refused(_("还没有可以签发凭证的组织。请先建立组织。"), code="no_issuer")
    issuer = open_issuer(org, by=by)
    key = issuer.keys.select_related("issuer").get(state=KeyState.ACTIVE)
    places = {purpose: _free_place(issuer, purpose) for purpose in ListPurpose.values}
    uid, now = new_uid(), timezone.now()
    achieved = achieved_of(conferral, uid=uid, places=places, base_url=issuer.base_url, by=by)
    document = build_badge(
        achieved,
        issuer=issuer.did,
        issuer_name=issuer.name,
        issuer_url=f"{issuer.base_url}/issuers/{issuer.uid}",
        issued_at=now,
    )
    revocation, suspension = places[ListPurpose.REVOCATION], places[ListPurpose.SUSPENSION]
    credential = Credential.objects.create(
        uid=uid,
        conferral=conferral,
        key=key,
        document=canonical(sign(document, _signing_key(key), created=now)).decode(),
        revocation_list=revocation[0],
        revocation_index=revocation[1],
        suspension_list=suspension[0],
        suspension_index=suspension[1],
        issued_at=now,
        issued_by=by.actor_label,
    )
    announce(
        "honours.credential_issued",
        credential,
        uid=credential.uid,
        conferral=conferral.uid,
        issuer=issuer.uid,
    )
    return credential


def _free_place(issuer: Issuer, purpose: str) -> tuple[StatusList, int]:
    """A list with room and a random index nobody has; a fresh list when half of the last one is used."""
    lists = issuer.status_lists.select_related("issuer").filter(purpose=purpose)
    found = lists.filter(used__lt=F("size") * FULLEST).order_by("pk").first() or _add_list(issuer, purpose)
    fields = {f"{purpose}_list": found}
    index = secrets.randbelow(found.size)
    while Credential.objects.filter(**fields, **{f"{purpose}_index": index}).exists():
        index = secrets.randbelow(found.size)
    StatusList.objects.filter(pk=found.pk).update(used=F("used") + 1)
    return found, index


@action("honours.issue_credential")
def replace_credential(credential: Credential, *, by: Actor) -> Credential:
    """Issue a new credential for the same conferral and revoke the old one (a corrected fact, a withdrawn key)."""
    CREDENTIAL_FLOW.move(credential, "replace", by=by, ended_at=timezone.now())
    _set_bit(credential, ListPurpose.REVOCATION, True)
    return _issue(credential.conferral, by=by)


_BITS = {
    "suspend": (ListPurpose.SUSPENSION, True),
    "lift": (ListPurpose.SUSPENSION, False),
    "revoke": (ListPurpose.REVOCATION, True),
}
_SOURCES = {
    "suspend": (CredentialState.VALID,),
    "lift": (CredentialState.SUSPENDED,),
    "revoke": (CredentialState.VALID, CredentialState.SUSPENDED),
}


@action("honours.suspend_conferral")
def mark_credentials(conferral: Conferral, *, move: str, by: Actor) -> Conferral:
    """Say in the status lists that the conferral's credential is suspended, in force again, or revoked."""
    purpose, value = _BITS[move]
    for credential in conferral.credentials.filter(state__in=_SOURCES[move]):
        ended_at = timezone.now() if move == "revoke" else None
        CREDENTIAL_FLOW.move(credential, move, by=by, ended_at=ended_at)
        _set_bit(credential, purpose, value)
    return conferral


def _set_bit(credential: Credential, purpose: str, value: bool) -> None:
    pk = getattr(credential, f"{purpose}_list_id")
    status_list = StatusList.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=pk)
    bits = Bitstring(bytes(status_list.bits))
    bits[getattr(credential, f"{purpose}_index")] = value
    status_list.bits = bytes(bits.raw)
    _publish(status_list)
