"""Verbs on issuers: open one, turn its key, withdraw a key that is no longer only its own."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.actions.issuing.press import Press
from jiangxin.honours.credentials import did_web
from jiangxin.honours.models import Issuer, IssuerKey
from jiangxin.honours.rules import check_reason
from jiangxin.honours.words import KeyState, ListPurpose
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.models import Org


@action("honours.open_issuer")
def open_issuer(org: Org, *, by: Actor) -> Issuer:
    """Let an organisation sign: its name for ever (did:web), its first key and its two status lists. Safe to repeat."""
    del by
    known = _issuer_of(org) or _issuer_of(Org.objects.select_for_update(no_key=True).get(pk=org.pk))
    if known is not None:  # looked up again under the lock: two first credentials at once open one issuer
        return known
    uid = new_uid()
    issuer = Issuer.objects.create(
        uid=uid,
        org=org,
        name=org.name,
        did=did_web(f"{settings.PUBLIC_URL}/issuers/{uid}"),
        base_url=settings.PUBLIC_URL,
    )
    press = Press(issuer)
    press.add_key()
    for purpose in ListPurpose.values:
        press.add_list(purpose)
    announce("honours.issuer_opened", issuer, uid=issuer.uid, title=issuer.name)
    return issuer


def _issuer_of(org: Org) -> Issuer | None:
    return Issuer.objects.filter(org=org).first()


@action("honours.rotate_key")
def rotate_key(issuer: Issuer, *, by: Actor) -> IssuerKey:
    """Retire the present key and start a new one; what the old key signed until now stays valid."""
    del by
    Issuer.objects.select_for_update(no_key=True).get(
        pk=issuer.pk
    )  # two at once turn the key twice, one by one
    _end_key(issuer.keys.get(state=KeyState.ACTIVE), KeyState.RETIRED, at=timezone.now())
    return _start_key(issuer)


@action("honours.rotate_key")
def withdraw_key(key: IssuerKey, *, reason: str, by: Actor) -> Issuer:
    """Declare a key compromised: nothing it signed is accepted any more; credentials in force must be replaced."""
    del by
    written = check_reason(reason)
    Issuer.objects.select_for_update(no_key=True).get(pk=key.issuer_id)
    key.refresh_from_db()
    if key.state == KeyState.COMPROMISED:
        raise Refused(_("这把密钥已经作废。"), code="wrong_state")
    was_active = key.state == KeyState.ACTIVE
    _end_key(key, KeyState.COMPROMISED, at=key.ended_at or timezone.now())
    if was_active:
        _start_key(key.issuer)
    announce(
        "honours.key_withdrawn", key.issuer, uid=key.issuer.uid, key=key.public_multibase, reason=written
    )
    return key.issuer


def _end_key(key: IssuerKey, state: str, *, at: datetime) -> None:
    key.state, key.ended_at = state, at
    key.save(update_fields=["state", "ended_at"])


def _start_key(issuer: Issuer) -> IssuerKey:
    """A new key, and every status list signed with it."""
    press = Press(issuer)
    key = press.add_key()
    for status_list in issuer.status_lists.select_for_update(of=("self",)).select_related("issuer"):
        press.publish(status_list)
    announce("honours.key_rotated", issuer, uid=issuer.uid, key=key.public_multibase)
    return key
