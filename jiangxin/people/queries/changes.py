"""Who changed a worker's record: what the log tells of it, for the worker to see."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.events import Event, EventKind
from jiangxin.kernel.modules import event_type
from jiangxin.people.models import LinkProposal, Person
from jiangxin.people.queries.readings import FIELD_TITLES, who_did
from jiangxin.people.words import LinkState, PersonState

TOLD = (
    "people.person_added",
    "people.person_corrected",
    "people.person_renamed",
    "people.person_placed",
    "people.standing_changed",
    "people.employment_added",
    "people.employment_ended",
    "people.skill_added",
    "people.entry_added",
    "people.entry_corrected",
    "people.entry_retracted",
    "people.person_limited",
    "people.limit_lifted",
    "people.person_erased",
)
LINKS_TOLD = ("people.link_confirmed", "people.link_undone")
CHANGED_TITLES: dict[str, Label] = {
    **FIELD_TITLES,
    "sex": _("性别"),
    "birth_precision": _("出生日期"),
    "education": _("学历"),
    "region": _("地区"),
    "employment": _("工作经历"),
}


@dataclass(frozen=True)
class Change:
    """Somebody changed something of the record: when, who, what was done, and to what."""

    at: datetime.datetime
    who: str
    title: str
    what: str


def changes_of(person: Person, *, limit: int = 100) -> list[Change]:
    """The latest changes of this worker's records and of what was decided about them, latest first. Four queries."""
    records = list(Person.objects.group_of(person).values_list("pk", "uid"))
    decided = LinkProposal.objects.touching({key for key, _uid in records}).filter(
        state__in=(LinkState.CONFIRMED, LinkState.UNDONE)
    )
    events = [
        *_told(Person, [uid for _key, uid in records], TOLD, limit),
        *_told(LinkProposal, list(decided.values_list("uid", flat=True)), LINKS_TOLD, limit),
    ]
    corrected = {event.payload["entry"] for event in events if event.name == "people.entry_corrected"}
    shown = [
        event
        for event in events
        if event.name != "people.entry_added" or event.payload["entry"] not in corrected
    ]
    shown.sort(key=lambda event: event.pk, reverse=True)
    return [
        Change(event.at, who_did(event), str(event_type(event.name).title), _what(event))
        for event in shown[:limit]
    ]


def _told(
    model: type[Person | LinkProposal], uids: list[str], names: tuple[str, ...], limit: int
) -> list[Event]:
    about = Event.objects.filter(
        kind=EventKind.ANNOUNCEMENT, object_type=model._meta.label_lower, object_id__in=uids, name__in=names
    )
    return list(about.order_by("-id")[:limit])


def _what(event: Event) -> str:
    """What the change was about, in words, never more than the log holds."""
    told: dict[str, Any] = event.payload
    match event.name:
        case "people.person_corrected":
            named = dict.fromkeys(str(CHANGED_TITLES.get(field, field)) for field in told["fields"])
            return gettext("、").join(named)
        case "people.person_renamed":
            return gettext("%(old)s → %(new)s") % {"old": told["old_name"], "new": told["new_name"]}
        case "people.standing_changed":
            return str(PersonState(told["state"]).label)
        case "people.skill_added":
            return str(told["occupation"])
        case _:
            return str(told.get("unit_text") or told.get("title") or "")
