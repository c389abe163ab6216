"""What honours do when others announce something."""

from jiangxin.honours import actions
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.events import Event, on
from jiangxin.kernel.jobs import registered_jobs

TREE = SystemActor("tree")


def _enqueue(code: str, **arguments: object) -> None:
    registered_jobs()[code].enqueue(**arguments)


@on("orgs.org_moved")
def follow_moved_org(event: Event) -> None:
    """Honours below a moved organisation take its new path."""
    _enqueue(
        "honours.follow_moved_org", old_path=event.payload["old_path"], new_path=event.payload["new_path"]
    )


@on("orgs.org_merged")
def follow_merged_org(event: Event) -> None:
    """Honours of a merged organisation go to the one it was merged into."""
    _enqueue("honours.follow_merged_org", from_uid=event.payload["uid"], into_uid=event.payload["into_uid"])


@on("people.person_placed")
def follow_person(event: Event) -> None:
    """Honours go with the record of their holder."""
    actions.follow_person(person_uid=event.payload["uid"], by=TREE)
