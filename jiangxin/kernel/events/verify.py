"""Verification: recomputes the log from the events and says which entry was changed, removed, swapped or cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from jiangxin.kernel.events.checkpoints import SUFFIX, checkpoint_folder
from jiangxin.kernel.events.entries import Row, entry_bytes, event_rows, read_tiles
from jiangxin.kernel.events.forgetting import told_forgotten
from jiangxin.kernel.events.keys import log_verifiers
from jiangxin.kernel.events.merkle import HASH_BYTES, Frontier, leaf_hash
from jiangxin.kernel.events.models import Checkpoint, Event, LogEntry, LogHead, PendingEvent
from jiangxin.kernel.events.notes import BadNote, Note, read_note
from jiangxin.kernel.events.tiles import WIDTH
from jiangxin.kernel.events.wording import is_gone

MOST_FINDINGS = 1000
_UID = 2  # column of a Row
MOST_COMPARED = 100  # changed entries that are tried against each other's numbers

ReportProgress = Callable[[int, int], None]  # entries done, entries in all


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, at one number of the log (-1: not at one), in one sentence."""

    kind: str
    sequence: int
    sentence: str


@dataclass
class LogReport:
    """What a verification found; `ok` when nothing is wrong."""

    size: int = 0
    checkpoints: int = 0
    pending: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.findings

    def add(self, kind: str, sequence: int, sentence: str) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(kind, sequence, sentence))


@dataclass
class _Changed:
    """Entries whose event does not match its leaf, kept to see whether two were swapped; those that lost words."""

    rows: dict[int, Row] = field(default_factory=dict)
    leaves: dict[int, bytes] = field(default_factory=dict)
    emptied: dict[str, int] = field(default_factory=dict)  # uid -> number


def verify_log(checkpoints_dir: Path | None = None, progress: ReportProgress | None = None) -> LogReport:
    """Recompute every entry from its event row and compare it with the tree and with every signed checkpoint.

    `checkpoints_dir` is where exported checkpoints lie (best: a copy from another machine); JX_HOME/checkpoints if not
    given. Memory stays small at any length.
    """
    head = LogHead.objects.filter(pk=1).first()
    report = LogReport(size=head.size if head else 0, pending=PendingEvent.objects.count())
    notes = _known_notes(checkpoints_dir or checkpoint_folder(), report)
    report.checkpoints = len(notes)
    longest = max((note.size for note in notes), default=0)
    if longest > report.size:
        report.add(
            "cut_tail",
            report.size,
            _("日志从第 %(at)d 条起被截断：签名检查点记有 %(size)d 条。")
            % {"at": report.size, "size": longest},
        )
    tree, changed = Frontier(), _Changed()
    roots: dict[int, bytes] = {}
    wanted = {note.size for note in notes}
    for start, ids, leaves in _pieces(report):
        for leaf in _compare(start, ids, leaves, report, changed):
            tree.append(leaf)
            if tree.size in wanted:
                roots[tree.size] = tree.root()
        if progress is not None:
            progress(min(start + WIDTH, report.size), report.size)
    _tell_changed(changed, report)
    _tell_emptied(changed, report)
    _compare_checkpoints(notes, roots, report)
    if head is not None and tree.size == head.size and tree.root() != bytes(head.root):
        report.add("rewritten", -1, _("日志树的根与记录的根不一致。"))
    _find_unlisted(report)
    report.findings.sort(key=lambda finding: finding.sequence)
    return report


def _pieces(report: LogReport) -> Iterator[tuple[int, list[int | None], list[bytes]]]:
    """The log in pieces of one tile: first number, the event id of each (None where the number is gone), leaf hashes."""
    for start in range(0, report.size, WIDTH):
        end = min(start + WIDTH, report.size)
        numbered = dict(
            LogEntry.objects.filter(sequence__gte=start, sequence__lt=end).values_list("sequence", "event_id")
        )
        tile = read_tiles([(0, start // WIDTH)]).get((0, start // WIDTH), b"")
        leaves = [tile[at : at + HASH_BYTES] for at in range(0, (end - start) * HASH_BYTES, HASH_BYTES)]
        yield start, [numbered.get(number) for number in range(start, end)], leaves


def _compare(
    start: int, ids: list[int | None], leaves: list[bytes], report: LogReport, changed: _Changed
) -> list[bytes]:
    """Report what does not fit in one piece; returns its leaf hashes, those lost from the tile computed anew."""
    rows = event_rows([event_id for event_id in ids if event_id is not None])
    whole: list[bytes] = []
    for number, (event_id, stored) in enumerate(zip(ids, leaves, strict=True), start):
        row = rows.get(event_id) if event_id is not None else None
        computed = leaf_hash(entry_bytes(number, row)) if row else bytes(HASH_BYTES)
        if row and any(map(is_gone, row[-1].values() if isinstance(row[-1], dict) else ())):
            changed.emptied[row[_UID]] = number
        whole.append(stored if len(stored) == HASH_BYTES else computed)
        if len(stored) != HASH_BYTES:
            report.add("broken_tile", number, _("第 %(at)d 条的哈希块缺损。") % {"at": number})
        elif row is None:
            report.add("removed", number, _("第 %(at)d 条的事件或编号已被删除。") % {"at": number})
        elif computed != stored and len(changed.rows) < MOST_COMPARED:
            changed.rows[number], changed.leaves[number] = row, stored
        elif computed != stored:
            report.add("changed", number, _changed_sentence(number))
    return whole


def _changed_sentence(number: int) -> str:
    return _("第 %(at)d 条的内容在记入之后被改动。") % {"at": number}


def _tell_changed(changed: _Changed, report: LogReport) -> None:
    """Tell swapped entries from changed ones: a swapped row fits the leaf of another number."""
    for number, row in changed.rows.items():
        home = next(
            (other for other, leaf in changed.leaves.items() if leaf_hash(entry_bytes(other, row)) == leaf),
            None,
        )
        if home is None:
            report.add("changed", number, _changed_sentence(number))
        else:
            sentence = _("第 %(at)d 条放着本属于第 %(home)d 条的内容：两条被对调。")
            report.add("swapped", number, sentence % {"at": number, "home": home})


def _tell_emptied(changed: _Changed, report: LogReport) -> None:
    """Words may go only by an erasure, and each erasure stands in the log itself."""
    told = told_forgotten() if changed.emptied else set()
    for uid, number in changed.emptied.items():
        if uid not in told:
            sentence = _("第 %(at)d 条里关于人的文字被抹去，日志中却没有删除记录。")
            report.add("emptied", number, sentence % {"at": number})


def _known_notes(folder: Path, report: LogReport) -> list[Note]:
    """Every checkpoint, from its file and from the database, whose signature holds; the others are findings."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob(f"*{SUFFIX}"))}
    for size, text in Checkpoint.objects.order_by("size").values_list("size", "note"):
        texts[f"database {size}"] = text
    notes: set[Note] = set()
    try:
        verifiers = log_verifiers()
    except BadNote as error:
        report.add("bad_checkpoint", -1, _("公钥文件 log.pub 无法读取：%(why)s。") % {"why": error})
        return []
    for name, text in texts.items():
        try:
            notes.add(read_note(text, verifiers))
        except BadNote as error:
            report.add(
                "bad_checkpoint", -1, _("检查点 %(name)s 无效：%(why)s。") % {"name": name, "why": error}
            )
    return sorted(notes, key=lambda note: note.size)


def _compare_checkpoints(notes: list[Note], roots: dict[int, bytes], report: LogReport) -> None:
    """The first checkpoint whose root differs tells between which numbers the history was rewritten."""
    good = 0
    for note in notes:
        if note.size not in roots:
            continue
        if roots[note.size] == note.root:
            good = note.size
            continue
        sentence = _("第 %(from)d 至 %(to)d 条之间的历史被改写：与签名检查点不符。")
        report.add("rewritten", good, sentence % {"from": good, "to": note.size - 1})
        break


def _find_unlisted(report: LogReport) -> None:
    """Events that were slipped in past the trigger have no number and do not wait for one."""
    if Event.objects.count() <= LogEntry.objects.count() + report.pending:
        return
    slipped = Event.objects.exclude(pk__in=LogEntry.objects.values("event_id"))
    slipped = slipped.exclude(pk__in=PendingEvent.objects.values("event_id"))
    for event_id in slipped.order_by("pk").values_list("pk", flat=True)[:MOST_FINDINGS]:
        report.add("unlisted", -1, _("事件 %(id)d 没有经过日志就被塞进来。") % {"id": event_id})
