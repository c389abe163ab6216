"""Forgetting: takes the words about an erased person out of the log; what was done, when and by which account stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from jiangxin.kernel.access import Actor
from jiangxin.kernel.events.models import Event
from jiangxin.kernel.events.record import record_security
from jiangxin.kernel.events.wording import INSIDE, forgotten, standing, word_at

NAME = "events.words_forgotten"
FIELDS = ("actor_label", "object_label", "reason", "payload")
AT_ONCE = 200  # uids in one entry


def forget_words(
    things: Mapping[str, Iterable[str]], *, by: Actor, actors: Iterable[str] = (), names: Iterable[str] = ()
) -> int:
    """Forget what the log calls the things ({object_type: outside ids}) and the actors; returns in how many entries.

    Labels and personal payload fields of entries about the things go, the label of the actor goes from entries of
    theirs, and any word of both that holds one of `names`. One entry for each 200 says which ones, so that
    `verify_log` can tell forgetting from tampering. Entries written without salts cannot be forgotten and stay.
    """
    sought = tuple(name for name in names if name)
    uids = []
    with transaction.atomic():
        for event, is_about in _touched(things, actors):
            places = [place for place in standing(event.salts) if _goes(event, place, is_about, sought)]
            if places:
                _forget(event, places)
                uids.append(event.uid)
        uids = list(dict.fromkeys(uids))
        for start in range(0, len(uids), AT_ONCE):
            record_security(NAME, by=by, payload={"entries": uids[start : start + AT_ONCE]})
    return len(uids)


def told_forgotten() -> set[str]:
    """The uids of all entries of which the log itself says that words were forgotten."""
    told = Event.objects.filter(name=NAME).values_list("payload", flat=True).iterator()
    return {str(uid) for payload in told if isinstance(payload, dict) for uid in payload.get("entries", ())}


def _touched(things: Mapping[str, Iterable[str]], actors: Iterable[str]) -> Iterator[tuple[Event, bool]]:
    """Entries about the things (True) and of the actors (False); one may come twice."""
    for object_type, ids in things.items():
        for event in Event.objects.filter(object_type=object_type, object_id__in=list(ids)).order_by("pk"):
            yield event, True
    for event in Event.objects.filter(actor__in=list(actors)).order_by("pk"):
        yield event, False


def _goes(event: Event, place: str, is_about: bool, names: tuple[str, ...]) -> bool:
    own = place == "object_label" or place.startswith(INSIDE) if is_about else place == "actor_label"
    return own or any(name in str(word_at(_words(event), place)) for name in names)


def _words(event: Event) -> dict[str, Any]:
    return {field: getattr(event, field) for field in FIELDS}


def _forget(event: Event, places: list[str]) -> None:
    fields, salts = forgotten(_words(event), event.salts, places)
    Event.objects.filter(pk=event.pk).update(**fields, salts=salts)
