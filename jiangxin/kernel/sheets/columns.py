"""What an app declares to have a spreadsheet read: columns, a sheet, and the function that applies clean rows."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from jiangxin.kernel.access import Actor
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.privacy import PrivacyClass, highest
from jiangxin.kernel.sheets.findings import Finding


@dataclass(frozen=True)
class Column:
    """One column. It is found by `header`, `name` or one of `aliases`, in any order and any letter case.

    `clean` gets the text of a cell that is not empty and returns the value, or raises Refused with one sentence. The same
    text must always give the same value (it is remembered); what needs the database belongs into `apply`.
    An empty cell becomes `empty`, and an error if the column is `required`.
    """

    name: str
    header: Label
    aliases: tuple[str, ...] = ()
    required: bool = False
    clean: Callable[[str], Any] | None = None
    empty: Any = None
    example: str = ""
    privacy: PrivacyClass = PrivacyClass.INTERNAL
    note: Label = ""


class Row(NamedTuple):
    """One clean row: its number in the file as a reader counts (from 1), and the value of every column by name."""

    number: int
    values: dict[str, Any]


class Result(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


class Outcome(NamedTuple):
    """What became, or in a dry run would become, of one row; `message` says more, e.g. which record it changes."""

    row: int
    result: Result
    message: str = ""


@dataclass
class Applied:
    """The answer of a sheet's `apply`: counts, findings, and for each row an outcome where that is affordable."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def add(self, row: Row, result: Result, message: str = "") -> None:
        """Count one row and keep its outcome."""
        setattr(self, result.value, getattr(self, result.value) + 1)
        self.outcomes.append(Outcome(row.number, result, message))


@dataclass(frozen=True)
class ImportContext:
    """Where rows come from: the run, the file (provenance), the organisation scope and the options of the run."""

    run_uid: str
    file_name: str
    sha256: str
    opath: str = ""
    options: dict[str, Any] = field(default_factory=dict)


class ApplyRows(Protocol):
    """Applies one batch inside a transaction that the sheet does not open itself; a dry run is rolled back after it.

    Rows that cannot be applied are answered as refused with a finding. Applying the same rows twice changes nothing.
    """

    def __call__(
        self, rows: Sequence[Row], *, by: Actor, dry_run: bool, context: ImportContext
    ) -> Applied: ...


class UndoRun(Protocol):
    """Takes back what a run wrote."""

    def __call__(self, context: ImportContext, *, by: Actor) -> None: ...


class ExportRows(Protocol):
    """Streams rows for an export: values by column name, only what `actor` may see."""

    def __call__(self, actor: Actor, **filters: Any) -> Any: ...


@dataclass(frozen=True)
class Sheet:
    """A kind of spreadsheet. `key` names the columns by which two rows of one file are duplicates; `keys_of` may work the keys
    out of the columns instead, None for a row that has no duplicate.

    `prepare(columns, dry_run)` may add to the clean columns of a batch, and take from them, what `apply` needs and the database
    is not asked for: with a large file that work, like the reading, is done in a process beside the one that writes.

    A file of at most `batch_rows` rows is applied in one transaction, a longer one batch by batch with a checkpoint.
    """

    name: str
    title: Label
    columns: tuple[Column, ...]
    apply: ApplyRows | None = None
    export: ExportRows | None = None
    undo: UndoRun | None = None
    key: tuple[str, ...] = ()
    keys_of: Callable[[Mapping[str, list[Any]]], Iterable[Hashable | None]] | None = None
    prepare: Callable[[dict[str, list[Any]], bool], None] | None = None
    batch_rows: int = 10_000
    max_rows: int = 2_000_000

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"sheet {self.name}: a column is declared twice")
        if unknown := set(self.key) - set(names):
            raise ValueError(f"sheet {self.name}: unknown key columns {sorted(unknown)}")

    @property
    def privacy(self) -> PrivacyClass:
        """The strictest class among the columns: the class of the whole file."""
        return highest([column.privacy for column in self.columns])

    def duplicate_keys(self, columns: Mapping[str, list[Any]]) -> Iterable[Hashable | None] | None:
        """What tells duplicates among rows; None when the sheet does not look for any."""
        if self.keys_of is not None:
            return self.keys_of(columns)
        if not self.key:
            return None
        keys = zip(*(columns[name] for name in self.key), strict=True)
        return (None if all(part is None for part in key) else key for key in keys)

    def column(self, name: str) -> Column:
        """The column of this name; KeyError if there is none."""
        for each in self.columns:
            if each.name == name:
                return each
        raise KeyError(name)
