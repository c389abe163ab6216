"""Checks an exported log against a signed checkpoint, alone: python offline.py LOG.jsonl CHECKPOINT LOG.pub

Needs the package cryptography, nothing of the platform. Exit code 0: every entry up to the checkpoint is there,
unchanged and in order; 1: it is not, or the key did not sign the checkpoint; 2: something cannot be read.
"""

import json
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):  # noqa: N818 - reads as a sentence
    """The log or the checkpoint is not what it claims to be."""


def read_checkpoint(text: str, key_lines: list[str]) -> tuple[int, bytes]:
    """Size and root that the checkpoint states; Wrong if none of the keys signed it."""
    body, _, signatures = text.replace("\n\n", "\n\x00", 1).partition("\x00")
    for key_line in filter(None, map(str.strip, key_lines)):
        name, _, packed_key = key_line.split("+", 2)
        raw_key = b64decode(packed_key, validate=True)
        key_id = sha256(name.encode() + b"\n" + raw_key).digest()[:4]
        for line in signatures.splitlines():
            dash, signer, packed = [*line.split(" "), "", "", ""][:3]
            signature = b64decode(packed)
            if dash != "\N{EM DASH}" or signer != name or signature[:4] != key_id or raw_key[:1] != b"\x01":
                continue
            with suppress(InvalidSignature):
                Ed25519PublicKey.from_public_bytes(raw_key[1:]).verify(signature[4:], body.encode())
                return int(body.splitlines()[1]), b64decode(body.splitlines()[2], validate=True)
    raise Wrong("the checkpoint is not signed by a known key")


def entries(path: Path, size: int) -> Iterator[bytes]:
    """The first `size` entries; Wrong names the first number that is missing, out of place or has wrong words."""
    count = 0
    with path.open("rb") as file:
        for line in file:
            if count == size:
                return
            entry, _, words = line.rstrip(b"\n").partition(b"\t")
            content = json.loads(entry)
            found = content.get("sequence")
            if found != count:
                raise Wrong(f"entry {found} stands where entry {count} should be")
            check_words(content, json.loads(words or b"{}"))
            yield entry
            count += 1
    if count < size:
        raise Wrong(f"the log ends after {count} entries; the checkpoint counts {size}")


def check_words(entry: dict[str, Any], words: dict[str, tuple[str, Any]]) -> None:
    """Words about people stand behind their entry, which holds SHA-256 of salt and word; forgotten ones are gone."""
    for place, (salt, word) in words.items():
        column, _, field = place.partition(".")
        spelt = json.dumps({place: word}, separators=(",", ":"), ensure_ascii=False).encode()
        held = entry[column][field] if field else entry[column]
        if held != {"sha256": sha256(bytes.fromhex(salt) + spelt).hexdigest()}:
            raise Wrong(f"entry {entry['sequence']} was not written with these words: {place}")


def root_of(lines: Iterator[bytes]) -> bytes:
    """Merkle root of RFC 9162 section 2.1.1 over the lines."""
    full: list[tuple[int, bytes]] = []
    for line in lines:
        node, size = sha256(b"\x00" + line).digest(), 1
        while full and full[-1][0] == size:
            node, size = sha256(b"\x01" + full.pop()[1] + node).digest(), size * 2
        full.append((size, node))
    if not full:
        raise Wrong("an empty log proves nothing")
    node = full.pop()[1]
    while full:
        node = sha256(b"\x01" + full.pop()[1] + node).digest()
    return node


def check(log: Path, checkpoint: str, key_lines: list[str]) -> int:
    """The number of entries that hold; Wrong if they do not."""
    size, root = read_checkpoint(checkpoint, key_lines)
    if root_of(entries(log, size)) != root:
        raise Wrong(f"the first {size} entries are not those the checkpoint was signed for")
    return size


def main(arguments: list[str]) -> int:
    """Check and say so in one line."""
    try:
        log, checkpoint, keys = map(Path, arguments)
        key_lines = keys.read_text(encoding="utf-8").splitlines()
        size = check(log, checkpoint.read_text(encoding="utf-8"), key_lines)
    except Wrong as error:
        sys.stderr.write(f"WRONG: {error}\n")
        return 1
    except (ValueError, TypeError, LookupError, AttributeError, OSError) as error:
        sys.stderr.write(f"cannot be read: {error}\n")
        return 2
    sys.stdout.write(f"OK: {size} entries, unchanged and in order\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
