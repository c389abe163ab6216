"""Background work on worker records: looking for records of one worker, following the union tree."""

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.jobs import job
from jiangxin.people import actions
from jiangxin.people.matching.candidates import pairs_worth_asking
from jiangxin.people.queries.links import people_by_key
from jiangxin.people.queries.search import ids_after

MATCHING = SystemActor("matching")
TREE = SystemActor("tree")
BATCH = 500


@job("people.propose_links", retries=5)
def propose_links(*, ids: list[int]) -> int:
    """Propose the pairs worth asking about for these records; returns how many. Repeating it changes nothing."""
    found = dict(pairs_worth_asking(ids))
    people = people_by_key({key for pair in found for key in pair})
    for (first, second), verdict in found.items():
        evidence = [item.as_dict() for item in verdict.evidence]
        actions.propose_link(
            people[first], second=people[second], score=verdict.score, evidence=evidence, by=MATCHING
        )
    return len(found)


@job("people.propose_all_links", retries=5)
def propose_all_links(*, after: int = 0) -> int:
    """Go through all records, a batch a job, so that a large import is matched while other work goes on."""
    ids = ids_after(after, limit=BATCH)
    if ids:
        propose_links.enqueue(ids=ids)
        propose_all_links.enqueue(after=ids[-1])
    return len(ids)


@job("people.follow_import", retries=5)
def follow_import(*, after: int, until: int) -> int:
    """Find employers and other records of the same workers for imported records, a part a job; keys in (after, until]."""
    ids = [key for key in ids_after(after, limit=BATCH) if key <= until]
    if ids:
        actions.find_employers(ids=ids, by=MATCHING)
        propose_links.enqueue(ids=ids)
        follow_import.enqueue(after=ids[-1], until=until)
    return len(ids)


@job("people.follow_moved_org", retries=8)
def follow_moved_org(*, old_path: str, new_path: str) -> int:
    """Rewrite the paths of records below an organisation that moved."""
    return actions.follow_moved_org(old_path=old_path, new_path=new_path, by=TREE)


@job("people.follow_merged_org", retries=8)
def follow_merged_org(*, from_uid: str, into_uid: str) -> int:
    """Hand over the records of an organisation that was merged."""
    return actions.follow_merged_org(from_uid=from_uid, into_uid=into_uid, by=TREE)
