"""Verbs on consents: given and withdrawn with the same ease."""

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.people.models import Consent, Person
from jiangxin.people.queries.passport import has_official_facts
from jiangxin.people.words import CONSENT_TEXT_VERSION, ConsentPurpose


@action("people.give_consent")
def give_consent(person: Person, *, purpose: str, by: Actor) -> Consent:
    """Record that the worker agrees to one purpose under its present text; agreeing twice changes nothing."""
    if purpose not in ConsentPurpose.values:
        raise Refused(_("没有这一项同意。"), code="purpose_unknown", field="purpose")
    standing = Consent.objects.standing().filter(person=person, purpose=purpose)
    current = standing.first()
    if current is not None and current.text_version == CONSENT_TEXT_VERSION:
        return current
    now = timezone.now()
    standing.update(withdrawn_at=now)
    consent = Consent.objects.create(
        person=person, purpose=purpose, text_version=CONSENT_TEXT_VERSION, given_at=now
    )
    if purpose == ConsentPurpose.PROFILE:
        _show_record(person, True)
    announce("people.consent_given", person, uid=person.uid, purpose=purpose)
    del by
    return consent


@action("people.withdraw_consent")
def withdraw_consent(person: Person, *, purpose: str, by: Actor) -> Person:
    """Record that the worker no longer agrees; what rested on this consent alone stops at once."""
    changed = (
        Consent.objects.standing().filter(person=person, purpose=purpose).update(withdrawn_at=timezone.now())
    )
    if not changed:
        raise Refused(_("这一项目前没有同意记录。"), code="no_consent", field="purpose")
    if purpose == ConsentPurpose.PROFILE:
        _show_record(person, has_official_facts(person))
    announce("people.consent_withdrawn", person, uid=person.uid, purpose=purpose)
    del by
    return person


def _show_record(person: Person, is_public: bool) -> None:
    person.is_public = is_public
    person.save(update_fields=["is_public", "updated_at"])
    mark("person", [person.root_id])
