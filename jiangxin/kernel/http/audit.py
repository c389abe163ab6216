"""Questions to the log: which entries, and the proof that one of them stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.events.entries import entry_bytes, event_rows, words_of
from jiangxin.kernel.events.merkle import BadProof, check_inclusion, leaf_hash
from jiangxin.kernel.events.models import Checkpoint, Event, LogEntry
from jiangxin.kernel.events.sequencer import log_tree
from jiangxin.kernel.modules.register import entry_titles
from jiangxin.kernel.sheets import Column, Sheet

A_PIECE = 1000
READ = "read"
SHEET = Sheet(
    name="log",
    title=_("操作日志"),
    columns=(
        Column("number", _("编号")),
        Column("at", _("时间")),
        Column("kind", _("种类")),
        Column("outcome", _("结果")),
        Column("name", _("名称")),
        Column("actor", _("经办人编号")),
        Column("actor_label", _("经办人")),
        Column("object_type", _("对象种类")),
        Column("object_id", _("对象编号")),
        Column("object_label", _("对象")),
        Column("action", _("所用权限")),
        Column("reason", _("理由")),
        Column("request_id", _("请求编号")),
        Column("payload", _("内容")),
    ),
)
PLAIN = ("outcome", "name", "actor", "actor_label", "object_type", "object_id", "object_label", "action")


@dataclass(frozen=True)
class Proof:
    """What shows that an entry stands in the log as it was signed: its bytes, its number and the way up to the root.

    `words` opens the digests in the entry: {place: [salt, word]}, without those that were forgotten.
    """

    number: int
    size: int
    entry: str
    words: dict[str, list[Any]]
    path: list[str]
    root: str
    checkpoint: str
    holds: bool

    def document(self) -> dict[str, Any]:
        """The proof as plain values, for a file."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def entries_found(wanted: Mapping[str, Any]) -> QuerySet[Event]:
    """Entries that meet the cleaned values of the form, the latest first: by time for names and days, as the indexes go."""
    by_time = any(wanted.get(name) for name in ("q", "since", "until"))
    found = Event.objects.order_by(*(("-at", "-id") if by_time else ("-id",)))
    if wanted.get("actor"):
        found = found.filter(actor=wanted["actor"])
    if wanted.get("q"):
        found = found.filter(name__in=[name for name in found.names() if _is_called(name, wanted["q"])])
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("thing"):
        kind, _slash, key = wanted["thing"].partition("/")
        found = found.filter(object_type=kind.lower(), **({"object_id": key} if key else {}))
    if wanted.get("since"):
        found = found.filter(at__gte=_start(wanted["since"]))
    if wanted.get("until"):
        found = found.filter(at__lt=_start(wanted["until"]) + timedelta(days=1))
    return found


def title_of(name: str) -> str:
    """What a name in the log says in words; the name itself where nobody declares it any more."""
    if name == READ:
        return str(_("查看受保护的内容"))
    return str(entry_titles().get(name, name))


def _is_called(name: str, words: str) -> bool:
    return name.startswith(words) or words in title_of(name)


def entries_after(found: QuerySet[Event], last: Event | None) -> QuerySet[Event]:
    """The entries found that come after one of them in their order; all for None."""
    if last is None:
        return found
    if found.query.order_by[0] == "-id":
        return found.filter(pk__lt=last.pk)
    return found.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def entry_named(uid: str) -> Event | None:
    """One entry by its outside address."""
    return Event.objects.filter(uid=uid).first()


def entry_at(key: int) -> Event | None:
    """One entry by its place in the table; where that one is missing, the next before it."""
    return Event.objects.filter(pk__lte=key).order_by("-id").first()


def rows_of(found: QuerySet[Event]) -> Iterator[dict[str, Any]]:
    """All entries found, as values by column, with the number each has in the log (None while it waits for one).

    Read a piece at a time, so that an export of the whole log holds neither memory nor a transaction.
    """
    last: Event | None = None
    while piece := list(entries_after(found, last)[:A_PIECE]):
        last, numbers = piece[-1], numbers_of(piece)
        for event in piece:
            yield {
                **{name: getattr(event, name) for name in (*PLAIN, "at", "kind", "reason", "request_id")},
                "number": numbers.get(event.pk),
                "payload": json.dumps(event.payload, ensure_ascii=False, sort_keys=True),
            }


def numbers_of(events: list[Event]) -> dict[int, int]:
    """The number in the log of each of these entries that has one. One query."""
    places = LogEntry.objects.filter(event_id__in=[event.pk for event in events])
    return dict(places.values_list("event_id", "sequence"))


def proof_of(event: Event) -> Proof | None:
    """The proof against the latest checkpoint that covers the entry; None while none does."""
    number = LogEntry.objects.filter(event_id=event.pk).values_list("sequence", flat=True).first()
    covering = Checkpoint.objects.order_by("-size").first()
    if number is None or covering is None or covering.size <= number:
        return None
    row = event_rows([event.pk])[event.pk]
    entry = entry_bytes(number, row)
    path, root = log_tree().inclusion(number, covering.size), bytes(covering.root)
    return Proof(
        number=number,
        size=covering.size,
        entry=entry.decode(),
        words=words_of(row),
        path=[step.hex() for step in path],
        root=root.hex(),
        checkpoint=covering.note,
        holds=_holds(entry, number, covering.size, path, root),
    )


def _holds(entry: bytes, number: int, size: int, path: list[bytes], root: bytes) -> bool:
    try:
        check_inclusion(leaf_hash(entry), number, size, path, root)
    except BadProof:
        return False
    return True
