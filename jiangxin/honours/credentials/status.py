"""Bitstring status lists (W3C vc-bitstring-status-list 1.0, and its 2021 draft when reading): bits, lists and entries."""

import base64
import binascii
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiangxin.honours.credentials.moments import stamp
from jiangxin.honours.credentials.shape import VC_CONTEXT, listed, types_of
from jiangxin.honours.credentials.verdict import Failure, Status

MIN_ENTRIES = 131_072
MAX_LIST_BYTES = 4_000_000
ENTRY_TYPES = {"BitstringStatusListEntry": "BitstringStatusList", "StatusList2021Entry": "StatusList2021"}
_UNAVAILABLE = (Status.UNSUPPORTED, "status_unavailable")


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

    @classmethod
    def decode(cls, text: object) -> "Bitstring":
        """Read an encodedList; ValueError when it is not one, too short for the herd, or larger than 4 MB unpacked."""
        if not isinstance(text, str):
            raise ValueError("encodedList is not text")  # noqa: TRY004 - one error for every broken list
        body = text.removeprefix("u") if text.startswith("uH4s") else text
        try:
            packed = base64.b64decode(
                body.encode("ascii") + b"=" * (-len(body) % 4), altchars=b"-_", validate=True
            )
            unpacker = zlib.decompressobj(31)
            raw = unpacker.decompress(packed, MAX_LIST_BYTES)
        except (binascii.Error, UnicodeEncodeError, zlib.error) as fault:
            raise ValueError("encodedList cannot be unpacked") from fault
        if not unpacker.eof or len(raw) * 8 < MIN_ENTRIES:
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


def entries_of(document: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    """(list address, index, purpose, subject type) of every status entry; Failure for a broken or unknown kind."""
    found = []
    for entry in listed(document.get("credentialStatus", [])):
        kinds = types_of(entry) & set(ENTRY_TYPES)
        if not kinds:
            raise Failure(*_UNAVAILABLE)
        found.append((*_entry(entry), ENTRY_TYPES[kinds.pop()]))
    return found


def _entry(entry: dict[str, Any]) -> tuple[str, int, str]:
    url, index, purpose = (
        entry.get(name) for name in ("statusListCredential", "statusListIndex", "statusPurpose")
    )
    digits = str(index) if isinstance(index, int) and not isinstance(index, bool) else index
    if not isinstance(digits, str) or not digits.isascii() or not digits.isdigit() or len(digits) > 10:
        raise Failure(Status.MALFORMED, "bad_status")
    if not isinstance(url, str) or not isinstance(purpose, str):
        raise Failure(Status.MALFORMED, "bad_status")
    if entry.get("statusSize", 1) != 1:
        raise Failure(*_UNAVAILABLE)
    return url, int(digits), purpose


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
    try:
        bits = Bitstring.decode(subject.get("encodedList") if isinstance(subject, dict) else None)
    except ValueError:
        raise Failure(*_UNAVAILABLE) from None
    return ReadList(owner, status_list, bits, at)


def read_bit(status_list: ReadList, *, index: int, purpose: str, subject_type: str) -> bool:
    """Read one bit; Failure when the list is of another kind or purpose, or too short."""
    subject = status_list.document["credentialSubject"]
    if subject_type not in types_of(subject) or purpose not in listed(subject.get("statusPurpose")):
        raise Failure(*_UNAVAILABLE)
    if f"{subject_type}Credential" not in types_of(status_list.document):
        raise Failure(*_UNAVAILABLE)
    try:
        return status_list.bits[index]
    except IndexError:
        raise Failure(*_UNAVAILABLE) from None
