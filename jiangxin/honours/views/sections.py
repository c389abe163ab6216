"""Parts of honours on pages of other apps."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from jiangxin.honours.queries.conferrals import conferrals_on_record, shown_honours_of
from jiangxin.kernel.access import Actor
from jiangxin.people.models import Person


def person_seals(person: Person, actor: Actor) -> dict[str, Any]:
    """The line of honour seals on a person's public page, highest first."""
    del actor
    return {"conferrals": shown_honours_of(person)}


def record_honours(person: Person, actor: Actor) -> dict[str, Any]:
    """Beside a record on the workbench: the worker's honours, and the way to confer one more."""
    held = conferrals_on_record(person, actor)
    may_confer = actor.has_perm("honours.confer_honour", person)
    if not held and not may_confer:
        return {}
    url = f"{reverse('honours:work_confer')}?person={person.uid}" if may_confer else ""
    return {"conferrals": held, "confer_url": url}


def own_copy(person: Person, actor: Actor) -> dict[str, Any]:
    """The passport as PDF, beside the copy of everything on the worker's own page."""
    del person, actor
    return {"url": reverse("honours:my_passport")}
