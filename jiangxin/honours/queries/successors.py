"""Questions about replaced credentials: which one took the place, and whether a stranger may be led to it."""

import json
from dataclasses import dataclass, replace

from jiangxin.honours.credentials import Status, Verdict
from jiangxin.honours.credentials.successions import succession
from jiangxin.honours.models import Credential
from jiangxin.honours.queries.issuing import told_in
from jiangxin.honours.words import CredentialState


@dataclass(frozen=True)
class Successor:
    """The credential that counts now; `url` is its check page, "" when that would tell more than the old one told."""

    credential: Credential
    url: str


def successor_of(credential: Credential) -> Successor | None:
    """What took the place of a replaced credential, over every further replacement; None for one that was not."""
    if credential.state != CredentialState.REPLACED:
        return None
    made = credential.conferral.credentials.filter(pk__gt=credential.pk).select_related("key__issuer")
    latest = made.order_by("-pk").first()
    if latest is None:
        return None
    address = f"{latest.key.issuer.base_url}/verify/{latest.uid}/"
    return Successor(latest, "" if _tells_more(credential, latest) else address)


def successions() -> dict[str, str]:
    """What the bundle says of replaced credentials: for each the masked number of the one that a stranger may be led to."""
    found: dict[str, str] = {}
    every = Credential.objects.select_related("conferral__person", "key__issuer")
    touched = Credential.objects.filter(state=CredentialState.REPLACED).values("conferral")
    latest: Credential | None = None
    for each in every.filter(conferral__in=touched).order_by("conferral", "-pk").iterator():
        if latest is None or latest.conferral_id != each.conferral_id:
            latest = each
        elif each.state == CredentialState.REPLACED and not _tells_more(each, latest):
            base = latest.key.issuer.base_url
            if base == each.key.issuer.base_url:
                found.update([succession(f"{base}/credentials/{each.uid}", latest.uid)])
    return found


def _tells_more(old: Credential, new: Credential) -> bool:
    """Whoever holds an old credential without a name is not to learn it, nor anything once the record is limited."""
    person = old.conferral.person
    is_limited = person is not None and person.limited_at is not None
    return is_limited or (told_in(new).name and not told_in(old).name)


def led_on(verdict: Verdict, credential: Credential | None) -> Verdict:
    """The verdict on what we signed ourselves, told apart as replaced where it was; others as they are.

    What a withdrawn key signed keeps its sentence and leads on too.
    """
    is_withdrawn = verdict.code == "key_revoked"
    if credential is None or not (verdict.status is Status.REVOKED or is_withdrawn):
        return verdict
    if verdict.document != json.loads(credential.document):
        return verdict
    successor = successor_of(credential)
    if successor is None:
        return verdict
    return replace(verdict, code=verdict.code if is_withdrawn else "replaced", replaced_by=successor.url)
