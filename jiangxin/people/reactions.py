"""What people do when others announce something: queue the work that follows."""

from jiangxin.kernel.events import Event, on
from jiangxin.kernel.jobs import registered_jobs
from jiangxin.people.queries.links import key_of


def _enqueue(code: str, **arguments: object) -> None:
    """Queue one of this app's jobs by its code."""
    registered_jobs()[code].enqueue(**arguments)


@on("people.person_added", "people.person_renamed")
def look_for_the_same_person(event: Event) -> None:
    """A new record or a new name may be a worker we know already."""
    key = key_of(event.payload["uid"])
    if key is not None:
        _enqueue("people.propose_links", ids=[key])


@on("people.people_imported")
def follow_import(event: Event) -> None:
    """New records are matched with units and with the records we had, a part at a time."""
    _enqueue("people.follow_import", after=event.payload["after"], until=event.payload["until"])


@on("orgs.org_moved")
def follow_moved_org(event: Event) -> None:
    """Records below a moved organisation take its new path."""
    _enqueue(
        "people.follow_moved_org", old_path=event.payload["old_path"], new_path=event.payload["new_path"]
    )


@on("orgs.org_merged")
def follow_merged_org(event: Event) -> None:
    """Records of a merged organisation go to the one it was merged into."""
    _enqueue("people.follow_merged_org", from_uid=event.payload["uid"], into_uid=event.payload["into_uid"])
