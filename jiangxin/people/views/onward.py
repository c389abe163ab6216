"""Where an officer goes on after a list of workers was imported."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxin.kernel.access import Actor
from jiangxin.people.queries.links import DECIDE, count_waiting


def after_people(actor: Actor) -> list[tuple[str, str]]:
    """Records that may be one worker, then the list of workers: `[(words, address), …]`."""
    onward = []
    if actor.has_perm(DECIDE) and (count := count_waiting(actor)):
        words = ngettext("认定 %(count)s 条同一人线索", "认定 %(count)s 条同一人线索", count)
        onward.append((words % {"count": count}, reverse("people:work_links")))
    return [*onward, (_("查看职工档案"), reverse("people:work_people"))]
