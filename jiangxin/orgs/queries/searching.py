"""Organisations in the search index: what it knows of them, and finding them there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jiangxin.kernel.access import Actor
from jiangxin.kernel.search import Doc, Query, engine, pending
from jiangxin.orgs.models import Org
from jiangxin.orgs.queries.tree import region_stem

KIND = "org"
AT_ONCE = 200


@dataclass(frozen=True)
class OrgsFound:
    """One page of organisations, best first; `waiting` changes are not in the index yet."""

    orgs: list[Org]
    count: int
    count_is_capped: bool
    next_cursor: str
    waiting: int


def org_ids() -> Iterable[int]:
    """Every organisation, for a rebuild of the index."""
    return Org.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def org_documents(ids: list[int]) -> Iterator[Doc]:
    """What the index knows of organisations: all their names, number, employer; kind, state and region to narrow by."""
    found = Org.objects.filter(pk__in=ids).select_related("region", "employer").prefetch_related("names")
    for org in found:
        others = [name.name for name in org.names.all()]
        employer = org.employer.name if org.employer else ""
        code = org.region.code if org.region else ""
        yield Doc(
            kind=KIND,
            object_id=org.pk,
            title=org.name,
            unit=f"{org.short_name} {employer}".strip(),
            body=" ".join([*others, org.code]).strip(),
            opath=org.path,
            facets={
                "kind": [org.kind],
                "state": [org.state],
                "region": list(dict.fromkeys([code[:2], code[:4], code])) if code else [],
            },
            is_public=org.is_active,
        )


def search_orgs(
    actor: Actor,
    text: str,
    *,
    kind: str = "",
    state: str = "",
    region_code: str = "",
    path: str = "",
    limit: int = 20,
    after: str = "",
) -> OrgsFound:
    """Organisations by words in any of their names, at or below `path`; only those the actor may see."""
    query = _query(actor, text, kind=kind, state=state, region_code=region_code, path=path)
    page = engine().search(replace(query, order="ranked", limit=limit, after=after))
    known = {
        org.pk: org
        for org in Org.objects.visible_to(actor).filter(pk__in=page.ids).select_related("region", "parent")
    }
    return OrgsFound(
        orgs=[known[pk] for pk in page.ids if pk in known],
        count=page.count,
        count_is_capped=page.count_is_capped,
        next_cursor=page.next_cursor,
        waiting=pending(KIND),
    )


def org_ids_found(
    actor: Actor, text: str, *, kind: str = "", state: str = "", region_code: str = "", path: str = ""
) -> Iterator[list[int]]:
    """The keys of all organisations that `search_orgs` would page through, a few hundred at a time."""
    query = _query(actor, text, kind=kind, state=state, region_code=region_code, path=path)
    query = replace(query, limit=AT_ONCE, with_count=False)
    while True:
        page = engine().search(query)
        yield page.ids
        if not page.next_cursor:
            return
        query = replace(query, after=page.next_cursor)


def _query(actor: Actor, text: str, *, kind: str, state: str, region_code: str, path: str) -> Query:
    facets = {"kind": kind, "state": state, "region": region_stem(region_code)}
    return Query(
        KIND,
        text=text,
        scope_path=path,
        facets={key: value for key, value in facets.items() if value},
        public_only=not actor.has_perm("orgs.view_org"),
    )
