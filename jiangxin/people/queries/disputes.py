"""Questions about disputes an officer may answer."""

from django.db.models import QuerySet

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.people.models import Dispute

ANSWER = "people.answer_dispute"


def disputes_for(actor: Actor) -> QuerySet[Dispute]:
    """Disputes in the organisations where the actor may answer, oldest first."""
    return (
        Dispute.objects.filter(covered_by(actor, ANSWER))
        .select_related("person", "entry")
        .order_by("opened_at", "id")
    )


def count_waiting(actor: Actor) -> int:
    """How many disputes wait for this actor's answer."""
    return Dispute.objects.waiting().filter(covered_by(actor, ANSWER)).count()


def dispute_addressed(actor: Actor, uid: str) -> Dispute | None:
    """The dispute with this address if the actor may answer it."""
    return disputes_for(actor).filter(uid=uid).first()
