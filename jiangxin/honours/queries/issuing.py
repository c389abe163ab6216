"""Questions around signing: who signs for a conferral, and what the credential says."""

import json
import secrets
import uuid
from typing import NamedTuple

from jiangxin.honours.certificates import CertificateText
from jiangxin.honours.credentials import Achieved, status_entry, subject_hash
from jiangxin.honours.models import Conferral, Credential, StatusList
from jiangxin.honours.rules import deciding_path, is_own
from jiangxin.honours.words import CredentialState, ListPurpose
from jiangxin.kernel.access import Actor
from jiangxin.orgs.models import Org
from jiangxin.orgs.models.paths import ancestor_paths
from jiangxin.people.models import Person

_NAMESPACE = uuid.UUID("6f0a9f7e-5d2b-5f3e-9b59-3a5f1c7c9d10")


def deciding_org(conferral: Conferral) -> Org | None:
    """The organisation that signs: the one deciding on this level, else the nearest above it, else the national one."""
    path = deciding_path(conferral.honour.level, conferral.opath)
    above = Org.objects.active().filter(path__in=ancestor_paths(path)).order_by("-path").first()
    return above or Org.objects.active().filter(parent__isnull=True).order_by("path").first()


class Told(NamedTuple):
    """What a credential tells of its holder besides the pseudonym: the name, a salted hash of the identity number.

    The salt stands beside the hash (Open Badges 3.0, IdentityObject), and identity numbers are few: whoever has the file
    finds the number by trying. So the hash is in it only if the holder asked.
    """

    name: bool
    identity: bool


def achieved_of(
    conferral: Conferral,
    *,
    uid: str,
    places: dict[str, tuple[StatusList, int]],
    base_url: str,
    told: Told,
) -> Achieved:
    """Everything the credential of a conferral says, with its places in the status lists."""
    honour = conferral.honour
    identity_hash, salt = _identity(conferral.person) if told.identity else ("", "")
    return Achieved(
        credential_id=f"{base_url}/credentials/{uid}",
        subject_id=_subject_id(conferral),
        honour_id=f"{base_url}/honours/{honour.code}/",
        honour_code=honour.code,
        title=conferral.printed_title or honour.title,
        title_en=honour.title_en,
        criteria=honour.criteria,
        granter=conferral.granter_text or honour.granter,
        granter_en=honour.granter_en if conferral.granter_text in ("", honour.granter) else "",
        name=conferral.holder_name if told.name else "",
        level=honour.level,
        unit=conferral.unit_text,
        post=conferral.post_text,
        year=conferral.year,
        conferred_on=conferral.conferred_on.isoformat() if conferral.conferred_on else "",
        certificate_no=conferral.certificate_no,
        decision_no=conferral.decision_no,
        source_url=conferral.source.url if conferral.source else "",
        identity_hash=identity_hash,
        identity_salt=salt,
        is_collective=conferral.person is None,
        status=tuple(
            status_entry(places[purpose][0].url, index=places[purpose][1], purpose=purpose)
            for purpose in ListPurpose.values
        ),
    )


def _subject_id(conferral: Conferral) -> str:
    """A name for the holder that says nothing, and differs from credential to credential."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, conferral.uid)}"


def may_name(conferral: Conferral, by: Actor) -> bool:
    """Whether the name may stand in it: of collectives, of people whose honour is public, or when the holder asks."""
    person = conferral.person
    return person is None or person.is_public or is_own(by, conferral)


def may_tell(conferral: Conferral, by: Actor, *, with_identity: bool) -> Told:
    """What may stand in it; the identity number's hash only when the holder asks, who is told what it gives away."""
    return Told(may_name(conferral, by), with_identity and is_own(by, conferral))


def told_in(credential: Credential) -> Told:
    """What a credential that was signed tells of its holder."""
    subject = json.loads(credential.document).get("credentialSubject", {})
    kinds = {each.get("identityType") for each in subject.get("identifier", [])}
    return Told("name" in kinds, "nationalIdentityNumber" in kinds)


def _identity(person: Person | None) -> tuple[str, str]:
    if person is None or not person.id_number:
        return "", ""
    salt = secrets.token_hex(16)
    return subject_hash(person.id_number, salt), salt


def credential_addressed(uid: str) -> Credential | None:
    """The credential with this outside address, with conferral, key and issuer."""
    return (
        Credential.objects.select_related(
            "conferral__honour", "conferral__person", "conferral__collective", "key__issuer"
        )
        .filter(uid=uid)
        .first()
    )


def own_credential(person: Person, uid: str) -> Credential | None:
    """The worker's own credential of this number; replaced ones are not handed out."""
    found = credential_addressed(uid)
    if found is None or found.conferral.person is None or found.state == CredentialState.REPLACED:
        return None
    return found if found.conferral.person.root_id == person.root_id else None


def credential_in_force(conferral: Conferral) -> Credential | None:
    """The credential of a conferral that is valid or suspended."""
    return (
        conferral.credentials.filter(state__in=(CredentialState.VALID, CredentialState.SUSPENDED))
        .select_related("conferral__honour", "conferral__person", "conferral__collective", "key__issuer")
        .first()
    )


def latest_credential(conferral: Conferral) -> Credential | None:
    """The last credential about a conferral, whatever became of it."""
    return conferral.credentials.select_related("key__issuer").order_by("-pk").first()


def certificate_text(credential: Credential, *, base_url: str) -> CertificateText:
    """What stands on the certificate of a credential; the QR code leads to its check page."""
    conferral = credential.conferral
    return CertificateText(
        name=conferral.holder_name,
        honour=conferral.printed_title or conferral.honour.title,
        granter=conferral.granter_text or conferral.honour.granter,
        issuer=credential.key.issuer.name,
        check_url=f"{base_url}/verify/{credential.uid}/",
        credential_no=credential.uid,
        year=conferral.year,
        conferred_on=conferral.conferred_on,
        unit=conferral.unit_text,
        post=conferral.post_text,
        certificate_no=conferral.certificate_no,
        decision_no=conferral.decision_no,
        is_collective=conferral.person is None,
    )
