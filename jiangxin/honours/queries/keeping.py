"""What has been kept long enough."""

from datetime import datetime

from django.db.models import QuerySet

from jiangxin.honours.models import Nominee, Recheck
from jiangxin.honours.words import RecheckState


def nominees_due(before: datetime) -> QuerySet[Nominee]:
    """Nominees brought in before this moment: their notice has long been compared with its decision."""
    return Nominee.objects.filter(created_at__lt=before)


def rechecks_due(before: datetime) -> QuerySet[Recheck]:
    """Re-checks closed before this moment; one that is open or in doubt is kept whatever its age."""
    return Recheck.objects.filter(state=RecheckState.PASSED, checked_at__lt=before)
