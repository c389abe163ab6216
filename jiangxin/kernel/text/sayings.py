"""Sentences that can be said again: kept with the words they were put together from, and told in each reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override

Kept = dict[str, Any]  # as JSON: {"says": msgid, "of": values by name} or {"all": [Kept], "between": msgid}


class Said(str):
    """A sentence in the language it was put together in; `kept` is what is needed to say it in another one."""

    __slots__ = ("kept",)
    kept: Kept

    def __new__(cls, text: str, kept: Kept) -> Said:
        sentence = super().__new__(cls, text)
        sentence.kept = kept
        return sentence

    def __reduce__(self) -> tuple[type[Said], tuple[str, Kept]]:
        return type(self), (str.__str__(self), self.kept)


def say(sentence: str | Promise, /, **values: Any) -> Said:
    """Put a marked sentence together with its values: `say(_("第 %(row)d 行是空的。"), row=3)`.

    A value that is itself said is translated with the sentence, any other stays as it is. What is to be kept must be said
    in the language of the source (LANGUAGE_CODE), where the words are those the catalogues know, or be marked lazily. What is
    said already stays as it is.
    """
    if isinstance(sentence, Said) and not values:
        return sentence
    text = str(sentence) % values if values else str(sentence)
    kept: Kept = {"says": _source(sentence)}
    if values:
        kept["of"] = {name: _kept_value(value) for name, value in values.items()}
    return Said(text, kept)


def say_all(sentences: Iterable[str], *, between: str = "") -> Said:
    """Join sentences into one; `between` is translated too."""
    parts = list(sentences)
    return Said(between.join(parts), {"all": [kept_of(each) for each in parts], "between": between})


def kept_of(sentence: str) -> Kept:
    """What to keep of a sentence; one that was not put together is its own words."""
    return sentence.kept if isinstance(sentence, Said) else {"says": sentence}


def say_again(kept: Kept) -> str:
    """The sentence in the language of the moment; words that no catalogue knows stay as they were."""
    if "all" in kept:
        return _translated(kept["between"]).join(map(say_again, kept["all"]))
    words = _translated(kept["says"])
    if "of" not in kept:
        return words
    return words % {
        name: say_again(value) if isinstance(value, dict) else value for name, value in kept["of"].items()
    }


def _translated(words: str) -> str:
    return gettext(words) if words else ""  # the translation of nothing is the head of the catalogue


def _source(sentence: str | Promise) -> str:
    if not isinstance(sentence, Promise):
        return sentence
    with override(None):
        return str(sentence)


def _kept_value(value: Any) -> Any:
    if isinstance(value, Promise):
        return {"says": _source(value)}
    if isinstance(value, Said):
        return value.kept
    return value if isinstance(value, int | float) else str(value)
