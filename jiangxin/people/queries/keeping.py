"""What of the records is past the time that its purpose states."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from jiangxin.kernel.states.models import moved_before
from jiangxin.people.models import Dispute, RightsRequest
from jiangxin.people.words import DisputeState


def disputes_due(before: datetime) -> QuerySet[Dispute]:
    """Disputes that were closed before this moment."""
    closed = moved_before(Dispute, target=DisputeState.CLOSED, before=before)
    return Dispute.objects.filter(state=DisputeState.CLOSED, pk__in=closed)


def requests_due(before: datetime) -> QuerySet[RightsRequest]:
    """Requests about a whole record that were decided or taken back before this moment."""
    return RightsRequest.objects.filter(decided_at__lt=before)
