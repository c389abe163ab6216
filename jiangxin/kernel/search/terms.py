"""The tokeniser: character pairs of Han runs, words of other scripts, organisation, facet and reading terms.

Both engines store the same terms. Each term begins with one character that stands for the kind and its visibility, so that
no query has to cross the list of "everything of this kind" or "everything public". Terms that are not of the text (scope,
facet, reading, block) go on with a colon, which no word can begin with, so that the beginning of a word never meets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from jiangxin.kernel.search.docs import facet_value
from jiangxin.kernel.text.folding import DOT, HAN, tidy
from jiangxin.kernel.text.names import name_key
from jiangxin.kernel.text.pinyin import Reading, name_readings, text_reading

MOST_CHARACTERS = 20_000
LONGEST_WORD = 64
SEGMENT = 4
MOST_NAMES = 8
_SHORT_SPACES = "abcdefghijklmnopqrstuvwxyz0123456789"
_FIRST_LONG_SPACE = 0x100

_RUNS = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
_HAN_START = re.compile(f"[{HAN}]")


def fold(text: str) -> str:
    """Bring a text to the form that is indexed and compared: `tidy`, small letters, no middle dots."""
    return tidy(text).casefold().replace(DOT, "")


def runs(folded: str) -> list[str]:
    """Cut folded text into runs of Han characters and runs of other letters and digits."""
    return _RUNS.findall(folded)


def starts_with_han(run: str) -> bool:
    """Tell whether a run is a Han run."""
    return _HAN_START.match(run) is not None


def space_code(kind_id: int, *, is_public: bool) -> str:
    """The character that opens every term of one kind and visibility.

    One byte for the first kinds: on PostgreSQL that byte less makes the entry of a rare pair 24 bytes instead of 32.
    """
    number = 2 * kind_id + is_public
    return _SHORT_SPACES[number] if number < len(_SHORT_SPACES) else chr(_FIRST_LONG_SPACE + number)


def text_terms(folded: str, lead: str) -> str:
    """The terms of a text, each behind `lead`: every pair of neighbours in a Han run, the run's last character, every other word.

    Terms that occur again are written again; the engines keep each once. Woven in slices, as a text has a hundred of them.
    """
    parts: list[str] = []
    for run in _RUNS.findall(folded):
        if _HAN_START.match(run):
            woven = [lead] * (3 * len(run))
            woven[1::3] = run
            woven[2::3] = [*run[1:], ""]
            parts += woven
        else:
            parts += (lead, run[:LONGEST_WORD])
    return "".join(parts)


def scope_terms(opath: str) -> list[str]:
    """One term per organisation from the root down to the path's own: "00010002" → :s0001, :s00010002."""
    return [f":s{opath[:end]}" for end in range(SEGMENT, len(opath) + 1, SEGMENT)]


def scope_term(opath: str) -> str:
    """The term that all documents of an organisation and those below it carry."""
    return f":s{opath}"


def facet_term(key: str, value: str) -> str:
    """The term of one facet value."""
    return f":f{key}:{value}".lower()


def facets_text(facets: Mapping[str, Sequence[str]]) -> str:
    """Facets as kept in the document row: "year:2024 region:23 region:2301"."""
    return " ".join(
        sorted({f"{key}:{facet_value(value)}" for key, values in facets.items() for value in values if value})
    )


def readings_of(title: str, names: Iterable[str]) -> list[Reading]:
    """All readings of a person's names, the current name's own first; of a thing without names, the plain one of its title."""
    found: dict[Reading, None] = {}
    for name in list(names)[:MOST_NAMES]:
        found.update(dict.fromkeys(name_readings(name)))
    return list(found) or [text_reading(title[:64])]


def name_keys(title: str, names: Sequence[str]) -> list[str]:
    """The keys by which the thing is found by name prefix, the current name first."""
    return list(dict.fromkeys(key for key in map(name_key, list(names)[:MOST_NAMES] or [title]) if key)) or [
        ""
    ]


def document_terms(text: str, readings: str, opath: str, facets: str, *, lead: str) -> str:
    """Every term of a document row behind `lead`, from the columns the row keeps, so that old terms can be taken out again."""
    others = [f":p{reading[:LONGEST_WORD]}" for reading in readings.split()]
    others += scope_terms(opath)
    others += [f":f{facet}".lower() for facet in facets.split(" ") if facet]
    return text_terms(text, lead) + "".join([lead + term for term in others])
