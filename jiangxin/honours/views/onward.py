"""Where an officer goes on after a published list was imported."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxin.honours.queries.catalogue import count_unknown_titles
from jiangxin.kernel.access import Actor
from jiangxin.people.queries.links import DECIDE, count_waiting


def after_lists(actor: Actor) -> list[tuple[str, str]]:
    """Titles nobody knew, records that may be one worker, then the lists: `[(words, address), …]`."""
    onward = []
    if actor.has_perm("honours.edit_catalogue") and (titles := count_unknown_titles(actor)):
        words = ngettext("识别 %(count)s 个不认识的荣誉名称", "识别 %(count)s 个不认识的荣誉名称", titles)
        onward.append((words % {"count": titles}, reverse("honours:work_titles")))
    if actor.has_perm(DECIDE) and (links := count_waiting(actor)):
        words = ngettext("认定 %(count)s 条同一人线索", "认定 %(count)s 条同一人线索", links)
        onward.append((words % {"count": links}, reverse("people:work_links")))
    return [*onward, (_("查看公布的名单"), reverse("honours:work_lists"))]
