"""The words of an entry that may speak of a person: the leaf holds their salted digests, so that they can be forgotten.

`Event.salts` names each such place: "object_label" or "payload.old_name". While the word stands, its salt is kept
there; once it is forgotten, word and salt are gone and "=" with the digest stays, from which nobody can guess the word.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from typing import Any

from jiangxin.kernel.events.plain import canonical

COLUMNS = ("actor_label", "object_label", "reason")
INSIDE = "payload."
SALT_BYTES = 16
GONE = "="

Salts = Mapping[str, str]


def fresh_salts(words: Mapping[str, Any], personal: Iterable[str] = ()) -> dict[str, str]:
    """A salt for every place of a new event that holds a word; `personal` names fields of the payload."""
    payload = words["payload"]
    places = [column for column in COLUMNS if words[column]]
    places += [INSIDE + field for field in personal if payload.get(field)]
    salt = os.urandom(SALT_BYTES * len(places)).hex()
    width = SALT_BYTES * 2
    return {place: salt[nth * width : (nth + 1) * width] for nth, place in enumerate(places)}


def digest(place: str, word: Any, salt: str) -> str:
    """SHA-256 over the salt and the canonical JSON of {place: word}, in hex."""
    return sha256(_raw(salt) + _spelt(place, word)).hexdigest()


def cover(entry: dict[str, Any], salts: Any) -> None:
    """Put the digests where the words stand. A word that stands where one was forgotten stays, and so shows."""
    if not isinstance(salts, dict):
        return  # nobody but a forger writes anything else: the words stay bare and the leaf does not fit
    for place, salt in salts.items():
        word = word_at(entry, place)
        if is_gone(salt):
            if not word:
                _put(entry, place, {"sha256": salt[len(GONE) :]})
        else:
            _put(entry, place, {"sha256": digest(place, word, str(salt))})


def open_words(entry: Mapping[str, Any], salts: Any) -> dict[str, list[Any]]:
    """{place: [salt, word]} of the words that still stand: what somebody needs to check them against the leaf."""
    pairs = salts.items() if isinstance(salts, dict) else ()
    return {place: [salt, word_at(entry, place)] for place, salt in pairs if not is_gone(salt)}


def forgotten(entry: Mapping[str, Any], salts: Salts, places: Iterable[str]) -> tuple[dict[str, Any], Salts]:
    """The fields and salts of an event once the words at `places` are gone."""
    fields, kept = {**entry}, {**salts}
    for place in places:
        kept[place] = GONE + digest(place, word_at(entry, place), salts[place])
        _put(fields, place, "")
    return fields, kept


def standing(salts: Salts) -> Iterator[str]:
    """The places whose words still stand."""
    return (place for place, salt in salts.items() if not is_gone(salt))


def is_gone(salt: Any) -> bool:
    """Whether this is what stays of a forgotten word."""
    return isinstance(salt, str) and salt.startswith(GONE)


def word_at(entry: Mapping[str, Any], place: str) -> Any:
    """The word at a place, None where the event has no such place."""
    if not place.startswith(INSIDE):
        return entry.get(place)
    payload = entry["payload"]
    return payload.get(place.removeprefix(INSIDE)) if isinstance(payload, dict) else None


def _put(entry: dict[str, Any], place: str, word: Any) -> None:
    if place.startswith(INSIDE):
        payload = entry["payload"] if isinstance(entry["payload"], dict) else {}
        entry["payload"] = {**payload, place.removeprefix(INSIDE): word}
    else:
        entry[place] = word


def _spelt(place: str, word: Any) -> bytes:
    """The canonical JSON of {place: word}; texts, which is nearly all, take the short way to the same spelling."""
    if type(word) is str and place.isascii():
        with suppress(UnicodeEncodeError):
            return f"{{{_quoted(place)}:{_quoted(word)}}}".encode()
    return canonical({place: word})


def _raw(salt: str) -> bytes:
    try:
        return bytes.fromhex(salt)
    except ValueError:
        return salt.encode("utf-8", "backslashreplace")
