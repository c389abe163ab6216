"""Writing the log: announcements, actions, refusals, readings and security events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models
from django.utils import timezone

from jiangxin.kernel.access import Actor, SystemActor
from jiangxin.kernel.events import context
from jiangxin.kernel.events.models import Event, EventKind, Outcome
from jiangxin.kernel.events.plain import clean, plain
from jiangxin.kernel.events.wording import fresh_salts
from jiangxin.kernel.modules import event_type

NOBODY = SystemActor("unattributed")
BATCH = 1000

_kept: ContextVar[list[Event] | None] = ContextVar("kept_refusals", default=None)


def announce(name: str, thing: models.Model | None = None, **fields: Any) -> Event:
    """Write an announcement beside the change it tells of; reactions get it after the commit.

    `name` and `fields` must be declared as an EventType in a module.py; the fields must be all there and hold
    plain values (numbers, texts, dates, lists, mappings), never models nor anything SENSITIVE or SECRET.
    LookupError for an undeclared name, TypeError for wrong fields, RuntimeError outside a transaction.
    """
    event = _announcement(name, thing, fields)
    event.save(force_insert=True)
    return event


def announce_many(name: str, told: Iterable[tuple[models.Model | None, Mapping[str, Any]]]) -> int:
    """Announce one name of many things at once, (thing, fields) each; returns how many. Errors as in announce."""
    return _insert_many(_announcement(name, thing, fields) for thing, fields in told)


def record_action(
    name: str,
    thing: object = None,
    *,
    by: Actor | None = None,
    payload: Mapping[str, Any] | None = None,
    reason: str = "",
    outcome: Outcome = Outcome.DONE,
) -> Event:
    """Write that a verb was done; the kernel's action decorator calls it for the outermost verb."""
    event = _event(EventKind.ACTION, name, thing, by=by, payload=payload, reason=reason, outcome=outcome)
    event.chain = " > ".join(context.called_verbs())
    event.save(force_insert=True)
    return event


def record_refusal(name: str, thing: object = None, *, by: Actor | None = None, reason: str = "") -> Event:
    """Write that a verb was refused. Inside `refusals_kept()` the entry survives a rollback of what surrounds it."""
    event = _event(EventKind.REFUSAL, name, thing, by=by, reason=reason, outcome=Outcome.REFUSED)
    kept = _kept.get()
    if kept is not None:
        kept.append(event)
    else:
        event.save(force_insert=True)
    return event


def record_reading(
    thing: object, *, field: str, reason: str, by: Actor | None = None, opath: str | None = None
) -> Event:
    """Write that somebody saw a protected field of a thing, and why; never the value itself."""
    event = _event(EventKind.READING, "read", thing, by=by, payload={"field": field}, reason=reason)
    if opath is not None:
        event.opath = opath
    event.save(force_insert=True)
    return event


def record_readings(things: Iterable[object], *, field: str, reason: str, by: Actor | None = None) -> int:
    """Write one reading for each thing, as for a list or an export; returns how many."""
    return _insert_many(
        _event(EventKind.READING, "read", thing, by=by, payload={"field": field}, reason=reason)
        for thing in things
    )


def record_security(
    name: str,
    thing: object = None,
    *,
    by: Actor | None = None,
    payload: Mapping[str, Any] | None = None,
    reason: str = "",
    outcome: Outcome = Outcome.DONE,
) -> Event:
    """Write something about safety itself: sign-in, lock-out, grant, key, export of the log."""
    event = _event(EventKind.SECURITY, name, thing, by=by, payload=payload, reason=reason, outcome=outcome)
    event.save(force_insert=True)
    return event


@contextmanager
def refusals_kept() -> Iterator[None]:
    """Hold refusals recorded inside until the block ends, however it ends, and write them then.

    To stand outside the transaction that a refusal rolls back: the worker wraps each job and reaction with it.
    """
    kept: list[Event] = []
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)
        if kept:
            Event.objects.bulk_create(kept)


def _announcement(name: str, thing: models.Model | None, fields: Mapping[str, Any]) -> Event:
    if not connection.in_atomic_block:
        raise RuntimeError(f"{name}: announce inside the transaction of the change")
    try:
        declared = event_type(name)
    except KeyError:
        raise LookupError(f"{name}: no module declares this announcement") from None
    if set(fields) != set(declared.fields):
        raise TypeError(f"{name}: declared with {sorted(declared.fields)}, called with {sorted(fields)}")
    event = _event(EventKind.ANNOUNCEMENT, name, thing, payload=fields, personal=declared.personal)
    event.chain = " > ".join(context.current_chain())
    return event


def _event(
    kind: EventKind,
    name: str,
    thing: object,
    *,
    by: Actor | None = None,
    payload: Mapping[str, Any] | None = None,
    reason: str = "",
    outcome: Outcome = Outcome.DONE,
    personal: Iterable[str] = (),
) -> Event:
    actor = by or context.current_actor() or NOBODY
    object_type, object_id, object_label, opath = _described(thing)
    words = {
        "actor_label": clean(actor.actor_label)[:128],
        "object_label": object_label,
        "payload": plain(payload or {}),
        "reason": clean(str(reason))[:500],
    }
    return Event(
        kind=kind,
        name=name,
        actor=clean(actor.actor_id)[:100],
        action=context.current_action() or "",
        object_type=object_type,
        object_id=object_id,
        opath=opath,
        **words,
        salts=fresh_salts(words, personal),
        request_id=context.current_request_id()[:64],
        outcome=outcome,
        at=timezone.now(),
    )


def _described(thing: object) -> tuple[str, str, str, str]:
    """Type, outside id (the uid where there is one), label and path of a thing; all "" for none."""
    if not isinstance(thing, models.Model):
        return "", "", "", str(getattr(thing, "opath", "") or "")[:255]
    outside_id = str(getattr(thing, "uid", "") or thing.pk or "")
    label = clean(str(thing))[:200]
    return thing._meta.label_lower[:64], outside_id[:64], label, str(getattr(thing, "opath", "") or "")[:255]


def _insert_many(events: Iterable[Event]) -> int:
    """Insert in batches; returns how many."""
    count, batch = 0, []
    for event in events:
        batch.append(event)
        if len(batch) == BATCH:
            count += len(Event.objects.bulk_create(batch))
            batch = []
    return count + len(Event.objects.bulk_create(batch))
