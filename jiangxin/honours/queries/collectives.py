"""Questions about collectives that hold honours: their public page, and what the search index knows of them."""

from collections import defaultdict
from collections.abc import Iterator

from jiangxin.honours.models import Collective, Conferral, ConferralQuerySet
from jiangxin.kernel.search import Doc
from jiangxin.people.queries.search import region_steps

KIND = "collective"


def collective_shown(uid: str) -> Collective | None:
    """The collective with this outside address, if the public may read of an honour it holds."""
    found = Collective.objects.select_related("region", "org").filter(uid=uid).first()
    return found if found is not None and shown_of(found).exists() else None


def shown_of(collective: Collective) -> ConferralQuerySet:
    """Its honours in force, the highest first."""
    held = Conferral.objects.shown().filter(collective=collective)
    return held.for_show().order_by("honour__rank", "-year", "pk")


def all_ids() -> Iterator[int]:
    """Keys of all collectives, for a rebuild of the index."""
    return Collective.objects.order_by("pk").values_list("pk", flat=True).iterator()


def documents(ids: list[int]) -> Iterator[Doc]:
    """Documents of these collectives; without an honour in force one is not public. Two queries whatever the number.

    Facets are those of workers: ``y`` year and ``h`` honour code of each honour, ``r`` region.
    """
    held: dict[int, list[Conferral]] = defaultdict(list)
    standing = Conferral.objects.standing().filter(collective__in=ids).select_related("honour")
    for conferral in standing.order_by("honour__rank", "-year"):
        held[conferral.collective_id or 0].append(conferral)
    for collective in Collective.objects.filter(pk__in=ids).select_related("region").order_by("pk"):
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
            },
            is_public=bool(honours),
        )
