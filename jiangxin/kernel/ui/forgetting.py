"""Takes somebody's words out of what others keep of the screens."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl

from jiangxin.kernel.access import Actor
from jiangxin.kernel.events import forget_words
from jiangxin.kernel.ui.models import SavedFilter

SHORTEST = 2  # one character says nobody's name


def forget_filters(words: Collection[str], *, by: Actor) -> int:
    """Delete kept filters that are called by one of the words or look for it; the log forgets what they were called.

    Returns how many went. A filter for a namesake goes too; its owner may keep it again.
    """
    said = [word for word in words if len(word) >= SHORTEST]
    if not said:
        return 0
    found = [each for each in SavedFilter.objects.order_by("pk") if _says(each, said)]
    SavedFilter.objects.filter(pk__in=[each.pk for each in found]).delete()
    forget_words({SavedFilter._meta.label_lower: [each.uid for each in found]}, by=by)
    return len(found)


def _says(saved: SavedFilter, words: list[str]) -> bool:
    texts = [saved.name, *(value for _key, value in parse_qsl(saved.query))]
    return any(word in text for word in words for text in texts)
