"""Questions about long work that an officer began: issuing many credentials, printing many certificates."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from jiangxin.accounts.models import User
from jiangxin.honours.certificates import CertificateText
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.queries.issuing import certificate_text
from jiangxin.honours.words import CredentialState
from jiangxin.kernel.access import Actor, SystemActor
from jiangxin.kernel.files import StoredFile
from jiangxin.kernel.jobs import Progress

ISSUE, PRINT, REPLACE = "honours.issue_batch", "honours.print_batch", "honours.replace_batch"
KINDS = (ISSUE, PRINT, REPLACE)
STEP = 200


def tasks_of(actor: Actor) -> QuerySet[Progress]:
    """Long work on honours that this actor began, the latest first."""
    return Progress.objects.begun_by(actor.actor_id).filter(kind__in=KINDS)


def task_of(actor: Actor, uid: str) -> Progress | None:
    """One piece of it."""
    return tasks_of(actor).filter(uid=uid).first()


def file_of(task: Progress) -> StoredFile | None:
    """What came out of it, while it is kept."""
    found = StoredFile.objects.filter(uid=task.result, removed_at__isnull=True) if task.result else None
    return found.first() if found is not None else None


def actor_named(actor_id: str) -> Actor | None:
    """The actor again by its id, for work that goes on later; None when the account is gone or off."""
    kind, _colon, key = actor_id.partition(":")
    if kind == "system":
        return SystemActor(key)
    return User.objects.filter(pk=key, is_active=True).first() if key.isdigit() else None


def in_steps(pks: Sequence[int], actor: Actor) -> Iterator[list[Conferral]]:
    """These conferrals, as far as the actor may work on them, a few hundred at a time, in the order given."""
    for start in range(0, len(pks), STEP):
        step = pks[start : start + STEP]
        found = Conferral.objects.visible_to(actor).for_show().in_bulk(list(step))
        yield [found[pk] for pk in step if pk in found]


def texts_of(conferrals: Sequence[Conferral], *, base_url: str) -> list[CertificateText]:
    """What stands on the certificates of those that have a credential that is valid, in their order. One query."""
    signed = Credential.objects.filter(conferral__in=conferrals, state=CredentialState.VALID)
    held = {each.conferral_id: each for each in signed.select_related("key__issuer")}
    texts = []
    for conferral in conferrals:
        credential = held.get(conferral.pk)
        if credential is not None:
            credential.conferral = conferral
            texts.append(certificate_text(credential, base_url=base_url))
    return texts
