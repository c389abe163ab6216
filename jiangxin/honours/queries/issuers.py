"""Questions about issuers: who signs, with which keys, and what those keys have signed."""

from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from jiangxin.honours.credentials.keystore import KeyUnavailable, load_key
from jiangxin.honours.models import Credential, Issuer, IssuerKey, StatusList
from jiangxin.honours.words import CredentialState, KeyState
from jiangxin.kernel.access import Actor, covered_by
from jiangxin.orgs.models import Org
from jiangxin.orgs.queries.tree import scopes_of

IN_FORCE = (CredentialState.VALID, CredentialState.SUSPENDED)
_COUNTED = Count("keys__credentials", filter=Q(keys__credentials__state__in=IN_FORCE))


def key_folder(issuer: Issuer) -> Path:
    """Where the private halves of an issuer's keys lie."""
    return Path(settings.JX_HOME) / "keys" / "issuers" / issuer.uid


def issuers_for(actor: Actor) -> QuerySet[Issuer]:
    """Issuers of the organisations the actor looks after, each with `in_force`, the number of its credentials."""
    theirs = covered_by(actor, "honours.view_issuer", field="org__path")
    return (
        Issuer.objects.filter(theirs).select_related("org").annotate(in_force=_COUNTED).order_by("org__path")
    )


def issuer_for(actor: Actor, uid: str) -> Issuer | None:
    """One issuer, if the actor looks after it."""
    return issuers_for(actor).filter(uid=uid).first()


class KeyLine(NamedTuple):
    """A key, how many credentials in force it signed, and whether its private half is on this machine."""

    key: IssuerKey
    in_force: int
    is_here: bool


def keys_of(issuer: Issuer) -> list[KeyLine]:
    """Every key the issuer ever had, the newest first."""
    counted = Count("credentials", filter=Q(credentials__state__in=IN_FORCE))
    keys = issuer.keys.annotate(in_force=counted).order_by("-valid_from", "-pk")
    return [KeyLine(key, key.in_force, _is_here(issuer, key)) for key in keys]


def _is_here(issuer: Issuer, key: IssuerKey) -> bool:
    try:
        load_key(key_folder(issuer), key.public_multibase)
    except KeyUnavailable:
        return False
    return True


def lists_of(issuer: Issuer) -> QuerySet[StatusList]:
    """The status lists of an issuer without their bits."""
    return issuer.status_lists.defer("bits", "document").order_by("purpose", "pk")


def key_to_withdraw(issuer: Issuer, pk: int) -> IssuerKey | None:
    """A key of this issuer that is not withdrawn yet."""
    found = issuer.keys.select_related("issuer__org").filter(pk=pk).exclude(state=KeyState.COMPROMISED)
    return found.first()


def withdrawn_key(issuer: Issuer, pk: int) -> IssuerKey | None:
    """A key of this issuer that was withdrawn."""
    return issuer.keys.select_related("issuer__org").filter(pk=pk, state=KeyState.COMPROMISED).first()


def signed_by(key: IssuerKey) -> QuerySet[Credential]:
    """Credentials in force that this key signed, in order."""
    return (
        Credential.objects.filter(key=key, state__in=IN_FORCE)
        .select_related("conferral__honour", "conferral__person", "conferral__collective", "key__issuer")
        .order_by("pk")
    )


def orgs_without_issuer(actor: Actor) -> list[tuple[str, str]]:
    """Number and name of the actor's own organisations that do not sign yet."""
    paths = [path for path, _name in scopes_of(actor, "honours.open_issuer")]
    found = Org.objects.active().filter(path__in=paths, issuer__isnull=True).order_by("path")
    return list(found.values_list("uid", "name"))


def org_to_open(actor: Actor, uid: str) -> Org | None:
    """One of those organisations."""
    mine = dict(orgs_without_issuer(actor))
    return Org.objects.filter(uid=uid).first() if uid in mine else None
