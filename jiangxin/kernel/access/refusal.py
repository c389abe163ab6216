"""The one error for a refusal that a person reads."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - reads as a sentence: the act was refused
    """An act that may not happen, with a sentence a worker can read and, if known, who can help.

    `code` is a short stable string for tests and the API; `field` names the input at fault, if one is.
    """

    def __init__(self, sentence: str | Promise, *, code: str = "refused", field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)
