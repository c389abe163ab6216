"""What people do when others announce something."""

from jiangxin.kernel.events import Event, on
from jiangxin.people import jobs
from jiangxin.people.queries.links import key_of


@on("people.person_added", "people.person_renamed")
def look_for_the_same_person(event: Event) -> None:
    """A new record or a new name may be a worker we know already."""
    key = key_of(event.payload["uid"])
    if key is not None:
        jobs.propose_links.enqueue(ids=[key])


@on("orgs.org_moved")
def follow_moved_org(event: Event) -> None:
    """Records below a moved organisation take its new path."""
    jobs.follow_moved_org.enqueue(old_path=event.payload["old_path"], new_path=event.payload["new_path"])


@on("orgs.org_merged")
def follow_merged_org(event: Event) -> None:
    """Records of a merged organisation go to the one it was merged into."""
    jobs.follow_merged_org.enqueue(from_uid=event.payload["uid"], into_uid=event.payload["into_uid"])
