"""The list of people an officer works with: search, filters, keyset paging."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import QuerySet

from jiangxin.kernel.access import Actor
from jiangxin.kernel.search import Query, engine
from jiangxin.kernel.text.names import name_key
from jiangxin.orgs.queries.tree import region_stem
from jiangxin.people.models import Person, PersonName
from jiangxin.people.queries.search import KIND
from jiangxin.people.rules import identity_index, shared_path

VIEW = "people.view_person"
PAGE_SIZE = 20


@dataclass(frozen=True)
class PeopleFilter:
    """What a list of people is narrowed to; ``after`` is the cursor of the page before."""

    text: str = ""
    region: str = ""
    org_path: str = ""
    honour: str = ""
    state: str = ""
    after: str = ""

    @property
    def needs_index(self) -> bool:
        """Whether words or honours are asked for, which the search index answers."""
        return bool(self.text or self.honour)


@dataclass(frozen=True)
class PeoplePage:
    """One page of people; ``count`` is None when counting would cost too much."""

    people: list[Person]
    next_cursor: str
    count: int | None
    count_is_capped: bool = False


def people_kept_by(actor: Actor) -> QuerySet[Person]:
    """Records in the organisations where the actor may see them."""
    return Person.objects.visible_to(actor)


def find_people(actor: Actor, wanted: PeopleFilter, *, limit: int = PAGE_SIZE) -> PeoplePage:
    """One page of the actor's people, newest first or, with words, best first.

    A whole identity number finds its record by the blind index; a former name finds by its key.
    """
    if wanted.text:
        exact = _exactly_named(actor, wanted)
        if exact is not None:
            return exact
    if wanted.needs_index:
        return _by_index(actor, wanted, limit)
    return _by_table(actor, wanted, limit)


def person_for(actor: Actor, uid: str) -> Person | None:
    """The record with this address if the actor may see it."""
    return (
        people_kept_by(actor).select_related("region", "org", "source", "canonical").filter(uid=uid).first()
    )


def people_addressed(actor: Actor, uids: list[str]) -> list[Person]:
    """The records with these addresses that the actor may see."""
    return list(people_kept_by(actor).filter(uid__in=uids).select_related("region", "org").order_by("pk"))


def _exactly_named(actor: Actor, wanted: PeopleFilter) -> PeoplePage | None:
    digits = wanted.text.replace(" ", "").upper()
    if len(digits) == 18 and digits[:17].isdigit():
        found = people_kept_by(actor).filter(id_number_index=identity_index(digits))
        return _whole(found)
    former = PersonName.objects.filter(name_key=name_key(wanted.text)).values("person_id")
    found = people_kept_by(actor).filter(pk__in=former)
    return None if wanted.after or not found.exists() else _merged(actor, wanted, found)


def _merged(actor: Actor, wanted: PeopleFilter, former: QuerySet[Person]) -> PeoplePage:
    """People found by another name first, then the first page of the index."""
    page = _by_index(actor, wanted, PAGE_SIZE)
    first = list(former.select_related("region", "org")[:PAGE_SIZE])
    known = {person.pk for person in first}
    people = first + [person for person in page.people if person.pk not in known]
    return replace(page, people=people)


def _whole(found: QuerySet[Person]) -> PeoplePage:
    people = list(found.select_related("region", "org")[:PAGE_SIZE])
    return PeoplePage(people, "", len(people))


def _narrowed(found: QuerySet[Person], wanted: PeopleFilter) -> QuerySet[Person]:
    if wanted.org_path:
        found = found.filter(opath__gte=wanted.org_path, opath__lt=wanted.org_path + "~")
    if wanted.region:
        found = found.filter(region__code__startswith=region_stem(wanted.region))
    if wanted.state:
        found = found.filter(state=wanted.state)
    return found


def _by_table(actor: Actor, wanted: PeopleFilter, limit: int) -> PeoplePage:
    found = _narrowed(people_kept_by(actor).filter(canonical__isnull=True), wanted)
    if wanted.after.isdigit():
        found = found.filter(pk__lt=int(wanted.after))
    keys = list(found.order_by("-pk").values_list("pk", flat=True)[: limit + 1])  # alone: an index holds them
    people = Person.objects.filter(pk__in=keys[:limit]).select_related("region", "org").order_by("-pk")
    return PeoplePage(list(people), str(keys[limit - 1]) if len(keys) > limit else "", None)


def _by_index(actor: Actor, wanted: PeopleFilter, limit: int) -> PeoplePage:
    facets: dict[str, str] = {}
    if wanted.honour:
        facets["h"] = wanted.honour
    if wanted.region:
        facets["r"] = region_stem(wanted.region)
    page = engine().search(
        Query(
            kind=KIND,
            text=wanted.text,
            scope_path=wanted.org_path or _scope(actor),
            facets=facets,
            order="ranked" if wanted.text else "newest",
            limit=limit,
            after=wanted.after,
        )
    )
    rows = _narrowed(people_kept_by(actor), replace(wanted, region="")).filter(pk__in=page.ids)
    found = {person.pk: person for person in rows.select_related("region", "org")}
    people = [found[key] for key in page.ids if key in found]
    return PeoplePage(people, page.next_cursor, page.count, page.count_is_capped)


def _scope(actor: Actor) -> str:
    """The lowest organisation above all the actor's grants; rights are checked again on the page of results."""
    paths = actor.paths_for(VIEW)
    if not paths or "" in paths:
        return ""
    scope = paths[0]
    for path in paths[1:]:
        scope = shared_path(scope, path)
    return scope
