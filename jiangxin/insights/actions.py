"""The one verb of the statistics: count anew."""

from dataclasses import asdict

from django.utils import timezone

from jiangxin.insights.models import Tally, TallyRun
from jiangxin.insights.queries.counting import count_all, fingerprint
from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action


@action("insights.count_honours")
def count_honours(*, by: Actor) -> TallyRun:
    """Count all honours the public may see and replace the kept counts, in one transaction."""
    del by
    mark = fingerprint()
    cells = count_all()
    Tally.objects.all().delete()
    Tally.objects.bulk_create([Tally(**asdict(cell)) for cell in cells], batch_size=500)
    TallyRun.objects.all().delete()
    return TallyRun.objects.create(fingerprint=mark, counted_at=timezone.now())
