"""The one error of the text tools: a short code for programs and a sentence for people."""

from django.utils.functional import Promise


class TextError(ValueError):
    """Text that cannot be read as what it should be; `code` is stable, `str()` is a sentence in the reader's language."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)
