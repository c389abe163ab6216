"""Which organisations and employers may leave as a file: what the list shows, as far as the actor's own roles reach."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.files import StoredFile
from jiangxin.kernel.jobs import Progress
from jiangxin.orgs.models import Employer, Org
from jiangxin.orgs.queries.searching import org_ids_found
from jiangxin.orgs.queries.tree import orgs_found
from jiangxin.orgs.queries.units import employers_found

EXPORT = "orgs.export_orgs"
WRITE = "orgs.write_list"
AT_ONCE = 500


def orgs_leaving(actor: Actor, *, text: str = "", **wanted: str) -> list[int]:
    """Keys of the organisations this actor may take away of those the list shows, in the order of the tree."""
    theirs = covered_by(actor, EXPORT, field="path")
    if not text.strip():
        return list(orgs_found(actor, **wanted).filter(theirs).values_list("pk", flat=True))
    places: list[tuple[str, int]] = []
    for ids in org_ids_found(actor, text, **wanted):
        places += Org.objects.visible_to(actor).filter(theirs, pk__in=ids).values_list("path", "pk")
    return [pk for _path, pk in sorted(places)]


def employers_leaving(actor: Actor, **wanted: str) -> list[int]:
    """Keys of the employers this actor may take away of those the list shows, by name."""
    theirs = covered_by(actor, EXPORT, field="opath")
    return list(employers_found(actor, **wanted).filter(theirs).values_list("pk", flat=True))


def orgs_in_steps(pks: Sequence[int]) -> Iterator[Org]:
    """These organisations with what a row of a file needs, in the order given, read a few hundred at a time."""
    wanted = Org.objects.select_related("parent", "region")
    for step in _steps(pks):
        found = wanted.in_bulk(step)
        yield from (found[pk] for pk in step if pk in found)


def employers_in_steps(pks: Sequence[int]) -> Iterator[Employer]:
    """These employers with what a row of a file needs, in the order given, read a few hundred at a time."""
    wanted = Employer.objects.select_related("industry", "region", "org", "parent", "successor")
    for step in _steps(pks):
        found = wanted.prefetch_related("names").in_bulk(step)
        yield from (found[pk] for pk in step if pk in found)


def exports_of(actor: Actor) -> QuerySet[Progress]:
    """Long exports that this actor began, the latest first."""
    return Progress.objects.begun_by(actor.actor_id).filter(kind=WRITE)


def export_at(actor: Actor, uid: str) -> Progress | None:
    """One of them."""
    return exports_of(actor).filter(uid=uid).first()


def file_of(task: Progress) -> StoredFile | None:
    """What came out of it, while it is kept."""
    if not task.result:
        return None
    return StoredFile.objects.filter(uid=task.result, removed_at__isnull=True).first()


def _steps(pks: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), AT_ONCE):
        yield list(pks[start : start + AT_ONCE])
