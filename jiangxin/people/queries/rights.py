"""Questions about requests for a whole record: who waits for an answer, and what an erasure would take and leave."""

from __future__ import annotations

from dataclasses import dataclass

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.privacy.subjects import Kept, erasure_outlook
from jiangxin.people.models import Person, RightsRequest, RightsRequestQuerySet
from jiangxin.people.queries.record import linked_records

DECIDE = "people.decide_request"


@dataclass(frozen=True)
class Consequences:
    """What erasing a worker takes and leaves, over all apps and all linked records."""

    records: list[Person]
    goes: list[Label]
    stays: list[Kept]


def requests_for(actor: Actor) -> RightsRequestQuerySet:
    """Requests in the organisations where the actor may decide, the oldest first."""
    found = RightsRequest.objects.filter(covered_by(actor, DECIDE))
    return found.select_related("person").order_by("opened_at", "id")


def count_waiting(actor: Actor) -> int:
    """How many requests wait for this actor's decision."""
    return RightsRequest.objects.waiting().filter(covered_by(actor, DECIDE)).count()


def request_addressed(actor: Actor, uid: str) -> RightsRequest | None:
    """The request with this number if the actor may decide it."""
    return requests_for(actor).filter(uid=uid).first()


def request_numbered(uid: str) -> RightsRequest | None:
    """The request with this number, for whoever holds the receipt."""
    return RightsRequest.objects.filter(uid=uid).first()


def requests_of(person: Person) -> list[RightsRequest]:
    """Requests about this worker's records, the latest first."""
    group = Person.objects.group_of(person)
    return list(RightsRequest.objects.filter(person__in=group).select_related("person").order_by("-id"))


def consequences_of_erasing(person: Person) -> Consequences:
    """What would go and what the law keeps, named one by one; changes nothing."""
    records = linked_records(person)
    outlooks = [outlook for record in records for outlook in erasure_outlook(record.uid).values()]
    goes = {str(label): label for outlook in outlooks for label in outlook.goes}
    stays = {str(kept.what): kept for outlook in outlooks for kept in outlook.stays}
    return Consequences(records, list(goes.values()), list(stays.values()))
