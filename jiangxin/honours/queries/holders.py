"""Who holds an honour, and how many: a few are counted when asked, of many the kept count is told. The rows are the truth."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone

from jiangxin.honours.models import Conferral, HolderCount, Honour
from jiangxin.kernel.events import Event, EventKind

FEW = 1_000  # of one honour: counted in 3 ms
FEW_IN_ALL = 8_000  # of a young house: counted in 15 ms
_OVERTAKEN = 1_000


@dataclass(frozen=True)
class YearCount:
    """How many received an honour in a year; `year` None is "not printed"."""

    year: int | None
    count: int


def years_of(honour: Honour) -> list[YearCount]:
    """Holders shown by year, latest first, years not printed last; of many as they were counted last. At most two queries."""
    kept = HolderCount.objects.filter(honour=honour).first()
    if kept is None or kept.shown <= FEW:
        return count_shown([honour.pk])[honour.pk]
    return [YearCount(year, count) for year, count in kept.by_year]


def number_shown(honours: Collection[int]) -> dict[int, int]:
    """How many holders each of these honours (by key) shows. At most two queries.

    While the house holds few, and where an honour was never counted, they are counted now.
    """
    kept: dict[int, int] = dict(HolderCount.objects.values_list("honour", "shown"))
    if sum(kept.values()) <= FEW_IN_ALL:
        kept = {}
    new = count_shown([honour for honour in honours if honour not in kept])
    return kept | {honour: sum(year.count for year in years) for honour, years in new.items()}


def count_shown(honours: Collection[int]) -> dict[int, list[YearCount]]:
    """Count the holders of these honours, latest year first; reads every conferral of theirs. One query, none without honours."""
    found: dict[int, list[YearCount]] = defaultdict(list)
    if honours:
        shown = Conferral.objects.shown().filter(honour_id__among=set(honours)).values_list("honour", "year")
        rows = shown.annotate(Count("pk")).order_by("honour", F("year").desc(nulls_last=True))
        for honour, year, count in rows.values_list("honour", "year", "pk__count"):
            found[honour].append(YearCount(year, count))
    return {honour: found[honour] for honour in honours}


def log_mark() -> str:
    """Where the log stands, and the day: whatever makes a holder shown or hidden is announced there.

    On PostgreSQL an announcement may be committed after one with a greater number, so the latest thousand are counted too.
    """
    told = Event.objects.filter(kind=EventKind.ANNOUNCEMENT)
    latest = told.aggregate(latest=Max("pk"))["latest"] or 0
    return f"{timezone.localdate():%Y%m%d}:{latest}:{told.filter(pk__gt=latest - _OVERTAKEN).count()}"


def are_counted(mark: str) -> bool:
    """Whether the holders of every honour were counted when the log stood there."""
    return not Honour.objects.exclude(holder_count__log_mark=mark).exists()


def holders_of(honour: Honour, *, year: int | None = None, without_year: bool = False) -> QuerySet[Conferral]:
    """Conferrals of an honour the public may see, latest first, years not printed last, of one year if given."""
    found = Conferral.objects.shown().filter(honour=honour).for_show()
    found = found.order_by(F("year").desc(nulls_last=True), "pk")
    if without_year:
        return found.filter(year__isnull=True)
    return found.filter(year=year) if year else found


def holders_after(honour: Honour, *, after: int, year: int | None, limit: int) -> list[Conferral]:
    """A page of shown conferrals in the order of registration, behind the cursor `after`."""
    found = Conferral.objects.shown().filter(honour=honour, pk__gt=after).for_show().order_by("pk")
    return list((found.filter(year=year) if year else found)[:limit])
