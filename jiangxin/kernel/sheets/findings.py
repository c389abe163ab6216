"""What is found in a file: where, what, how bad, in one sentence a person can act on."""

from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    """An error keeps the row out; a warning and a note let it in."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word in the findings file."""
        return str(_LABELS[self])


_LABELS = {Severity.ERROR: _("错误"), Severity.WARNING: _("提醒"), Severity.NOTE: _("说明")}


class Finding(NamedTuple):
    """One finding. `row` is 0 when the whole file is meant; `column` is the header as the sheet declares it."""

    row: int
    column: str
    code: str
    message: str
    severity: Severity = Severity.ERROR


class Unusable(ValueError):  # noqa: N818 - says what the file is
    """The file as a whole cannot be read; `str()` is one sentence for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def __reduce__(self) -> Any:
        return type(self), (self.code, self.sentence)
