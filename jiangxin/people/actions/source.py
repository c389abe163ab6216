"""Verbs on the provenance of facts."""

import datetime

from jiangxin.kernel.access import Actor
from jiangxin.kernel.actions import action
from jiangxin.people.models import Source


@action("people.add_source")
def add_source(
    *,
    kind: str,
    title: str,
    by: Actor,
    url: str = "",
    issued_on: datetime.date | None = None,
    retrieved_on: datetime.date | None = None,
    sha256: str = "",
) -> Source:
    """Find the source with this kind, title, address and day, or record it; the same file twice is one source."""
    del by
    source, _created = Source.objects.get_or_create(
        kind=kind,
        title=title.strip(),
        url=url.strip(),
        issued_on=issued_on,
        defaults={"retrieved_on": retrieved_on, "sha256": sha256},
    )
    return source
