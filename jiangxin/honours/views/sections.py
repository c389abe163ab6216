"""Parts of honours on pages of other apps."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from jiangxin.honours.queries.conferrals import shown_honours_of
from jiangxin.kernel.access import Actor
from jiangxin.people.models import Person


def person_seals(person: Person, actor: Actor) -> dict[str, Any]:
    """The line of honour seals on a person's public page, highest first."""
    del actor
    return {"conferrals": shown_honours_of(person)}


def own_copy(person: Person, actor: Actor) -> dict[str, Any]:
    """The passport as PDF, beside the copy of everything on the worker's own page."""
    del person, actor
    return {"url": reverse("honours:my_passport")}
