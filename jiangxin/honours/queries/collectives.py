"""Questions about collectives that hold honours: their public page, and what the search index knows of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from jiangxin.honours.models import Collective, Conferral, ConferralQuerySet
from jiangxin.kernel.search import Doc, Page, Query, engine
from jiangxin.people.queries.search import region_steps

KIND = "collective"


def collective_shown(uid: str) -> Collective | None:
    """The collective with this outside address, if the public may read of an honour it holds."""
    found = Collective.objects.select_related("region", "org").filter(uid=uid).first()
    return found if found is not None and shown_of(found).exists() else None


def shown_of(collective: Collective) -> ConferralQuerySet:
    """Its honours in force, the highest first."""
    held = Conferral.objects.shown().filter(collective=collective)
    return held.for_show().highest_first()


@dataclass(frozen=True)
class CollectivePage:
    """One page of collectives with the count and the facet counts of the whole answer."""

    collectives: list[Collective]
    found: Page


def find_collectives(wanted: Query) -> CollectivePage:
    """What the index finds, as far as the public may read of it today. One query beside the search."""
    found = engine().search(wanted)
    held = Conferral.objects.shown().filter(collective=OuterRef("pk"))
    rows = Collective.objects.filter(Exists(held), pk__in=found.ids).select_related("region")
    by_id = {each.pk: each for each in rows}
    return CollectivePage([by_id[key] for key in found.ids if key in by_id], found)


def all_ids() -> Iterator[int]:
    """Keys of all collectives, for a rebuild of the index."""
    return Collective.objects.order_by("pk").values_list("pk", flat=True).iterator()


def documents(ids: list[int]) -> Iterator[Doc]:
    """Documents of these collectives; without an honour in force one is not public. Two queries whatever the number.

    Facets are those of workers: ``y`` year and ``h`` honour code of each honour, ``r`` region, ``i`` industry.
    """
    held: dict[int, list[Conferral]] = defaultdict(list)
    standing = Conferral.objects.standing().filter(collective__in=ids).select_related("honour")
    for conferral in standing.highest_first():
        held[conferral.collective_id or 0].append(conferral)
    collectives = Collective.objects.filter(pk__in=ids).select_related("region", "employer__industry__parent")
    for collective in collectives.order_by("pk"):
        honours = held[collective.pk]
        yield Doc(
            kind=KIND,
            object_id=collective.pk,
            title=collective.name,
            unit=collective.unit_text,
            body=" ".join(dict.fromkeys(each.printed_title for each in honours)),
            opath=collective.opath,
            facets={
                "y": sorted({str(each.year) for each in honours if each.year}),
                "h": sorted({each.honour.code for each in honours}),
                "r": region_steps(collective.region.code) if collective.region else [],
                "i": _industries(collective),
            },
            is_public=bool(honours),
        )


def _industries(collective: Collective) -> list[str]:
    """Section and division of the unit, as far as they are known."""
    industry = collective.employer.industry if collective.employer else None
    if industry is None:
        return []
    return [industry.parent.code, industry.code] if industry.parent else [industry.code]
