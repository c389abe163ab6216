"""One row of a published list as printed, and the answer it gets."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.names import name_key
from jiangxin.kernel.text.units import unit_key
from jiangxin.people.models import Person

SEXES = {"男": "male", "女": "female", "male": "male", "female": "female"}


@dataclass(frozen=True)
class ListRow:
    """One row of a published list as printed; "" and None mean "not printed"."""

    number: int
    list_title: str
    honour: str
    name: str
    year: int | None = None
    sex: str = ""
    ethnic: str = ""
    unit: str = ""
    job_title: str = ""
    region: str = ""
    source_url: str = ""
    is_collective: bool = False
    is_nominee: bool = False
    list_complete: bool = False
    note: str = ""

    @property
    def list_key(self) -> tuple[str, str]:
        """By what its list is known again: the title without spaces and the address it was published at."""
        return tidy(self.list_title).replace(" ", "")[:200], self.source_url.strip()

    @property
    def key(self) -> str:
        """The same name and unit in one list are one record; nothing else is assumed."""
        name = unit_key(self.name) if self.is_collective else name_key(self.name)
        kind = "collective" if self.is_collective else "person"
        return hashlib.sha256("\x1f".join((kind, name, unit_key(self.unit))).encode()).hexdigest()


class Became(StrEnum):
    """What became of a row."""

    CONFERRED = "conferred"
    NOMINATED = "nominated"
    KNOWN = "known"
    UNKNOWN_TITLE = "unknown_title"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowAnswer:
    """The answer for one row: what became of it, a code and one sentence; `person` when a record was opened."""

    number: int
    became: Became
    code: str
    sentence: str
    person: Person | None = None
