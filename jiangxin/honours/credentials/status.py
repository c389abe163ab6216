"""Bitstring status lists (W3C vc-bitstring-status-list 1.0, and its 2021 draft when reading): bits, lists and entries."""

import base64
import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiangxin.honours.credentials.moments import stamp
from jiangxin.honours.credentials.shape import VC_CONTEXT, is_url, listed, types_of
from jiangxin.honours.credentials.verdict import Failure, Status

MIN_ENTRIES = 131_072
MAX_LIST_BYTES = 4_000_000
ENTRY_TYPES = {"BitstringStatusListEntry": "BitstringStatusList", "StatusList2021Entry": "StatusList2021"}
MAX_STATUS_BITS = 64
_UNTRUSTED = (Status.STATUS_UNKNOWN, "status_untrusted")
_BAD = (Status.MALFORMED, "bad_status")


class Bitstring:
    """At least 131,072 bits; bit 0 is the most significant bit of the first byte."""

    def __init__(self, raw: bytes | None = None, *, size: int = MIN_ENTRIES) -> None:
        if raw is None and size < MIN_ENTRIES:
            raise ValueError(f"a list holds at least {MIN_ENTRIES} entries")
        self.raw = bytearray(raw if raw is not None else bytes((size + 7) // 8))

    def __len__(self) -> int:
        return len(self.raw) * 8

    def __getitem__(self, index: int) -> bool:
        self._check(index)
        return bool(self.raw[index // 8] & (0x80 >> index % 8))

    def __setitem__(self, index: int, value: bool) -> None:
        self._check(index)
        mask = 0x80 >> index % 8
        self.raw[index // 8] = self.raw[index // 8] | mask if value else self.raw[index // 8] & ~mask

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise IndexError(index)

    def encode(self) -> str:
        """Multibase base64url without padding of the gzip of the bits; equal bits give equal text."""
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        packed = packer.compress(bytes(self.raw)) + packer.flush()
        return "u" + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")

    def value(self, index: int, *, size: int = 1) -> int:
        """The number that entry `index` of `size` bits holds; IndexError beyond the end."""
        found = 0
        for place in range(index * size, (index + 1) * size):
            found = found << 1 | self[place]
        return found

    @classmethod
    def decode(cls, text: object, *, is_multibase: bool = True) -> "Bitstring":
        """Read an encodedList; ValueError when it is not one, too short for the herd, or larger than 4 MB unpacked.

        The 2021 draft wrote plain base64url; since 1.0 it is Multibase ("u" and no padding).
        """
        if not isinstance(text, str) or (is_multibase and (not text.startswith("u") or "=" in text)):
            raise ValueError("encodedList is not multibase base64url")
        body = text[1:] if is_multibase else text.rstrip("=")
        try:
            packed = base64.b64decode(
                body.encode("ascii") + b"=" * (-len(body) % 4), altchars=b"-_", validate=True
            )
            unpacker = zlib.decompressobj(31)
            raw = unpacker.decompress(packed, MAX_LIST_BYTES)
        except (binascii.Error, UnicodeEncodeError, zlib.error) as fault:
            raise ValueError("encodedList cannot be unpacked") from fault
        if not unpacker.eof or unpacker.unused_data or len(raw) * 8 < MIN_ENTRIES:
            raise ValueError("encodedList is cut, too long or too short")
        return cls(raw)


def build_status_list(
    url: str,
    *,
    issuer: str,
    purpose: str,
    bits: Bitstring,
    valid_from: datetime,
    name: str = "",
    ttl_ms: int = 300_000,
) -> dict[str, Any]:
    """Build the unsigned BitstringStatusListCredential published at `url`."""
    document: dict[str, Any] = {
        "@context": [VC_CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": issuer, "name": name} if name else issuer,
        "validFrom": stamp(valid_from),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.encode(),
            "ttl": ttl_ms,
        },
    }
    return document


def status_entry(url: str, *, index: int, purpose: str) -> dict[str, str]:
    """The credentialStatus entry that points at bit `index` of the list at `url`."""
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


@dataclass(frozen=True)
class Entry:
    """Where a credential says its status stands: entry `index`, of `size` bits each, of the list at `url`."""

    url: str
    index: int
    purpose: str
    list_type: str
    size: int = 1


def entries_of(document: dict[str, Any]) -> list[Entry]:
    """Every status entry; Failure for a broken one or an unknown kind."""
    found = []
    for entry in listed(document.get("credentialStatus", [])):
        kinds = types_of(entry) & set(ENTRY_TYPES)
        if not kinds:
            raise Failure(Status.STATUS_UNKNOWN, "status_kind_unknown", ", ".join(sorted(types_of(entry))))
        found.append(_entry(entry, ENTRY_TYPES[kinds.pop()]))
    return found


def _entry(entry: dict[str, Any], list_type: str) -> Entry:
    url, index, purpose = (
        entry.get(name) for name in ("statusListCredential", "statusListIndex", "statusPurpose")
    )
    size = entry.get("statusSize", 1)
    if not isinstance(index, str) or not index.isascii() or not index.isdigit() or len(index) > 10:
        raise Failure(*_BAD)
    if not isinstance(url, str) or not is_url(url) or not isinstance(purpose, str) or entry.get("id") == url:
        raise Failure(*_BAD)
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= MAX_STATUS_BITS:
        raise Failure(*_BAD)
    return Entry(url, int(index), purpose, list_type, size)


def address_of(status_list: Mapping[str, Any]) -> str:
    """The address a status list stands for: its id, else that of its subject without the fragment; "" without either."""
    subject = status_list.get("credentialSubject")
    named = status_list.get("id") or (subject.get("id") if isinstance(subject, dict) else None)
    return named.partition("#")[0] if isinstance(named, str) else ""


@dataclass(frozen=True)
class ReadList:
    """A status list whose form and proof hold, unpacked."""

    owner: str
    document: dict[str, Any]
    bits: Bitstring
    checked_at: datetime


def unpack(status_list: dict[str, Any], *, owner: str, at: datetime) -> ReadList:
    """Unpack the bits of a status list; Failure when there are none."""
    subject = status_list.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    try:
        bits = Bitstring.decode(
            subject.get("encodedList"), is_multibase="BitstringStatusList" in types_of(subject)
        )
    except ValueError:
        raise Failure(*_UNTRUSTED) from None
    return ReadList(owner, status_list, bits, at)


def read_status(status_list: ReadList, entry: Entry) -> int:
    """The value of an entry, 0 when nothing is set; Failure when the list is of another kind or purpose, or too short."""
    subject = status_list.document["credentialSubject"]
    if entry.list_type not in types_of(subject) or entry.purpose not in listed(subject.get("statusPurpose")):
        raise Failure(*_UNTRUSTED)
    if f"{entry.list_type}Credential" not in types_of(status_list.document):
        raise Failure(*_UNTRUSTED)
    if len(status_list.bits) // entry.size < MIN_ENTRIES:
        raise Failure(*_UNTRUSTED)
    try:
        return status_list.bits.value(entry.index, size=entry.size)
    except IndexError:
        raise Failure(*_UNTRUSTED) from None
