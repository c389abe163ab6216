"""The Merkle tree of RFC 9162 over SHA-256: hashing, and strict checks of inclusion and consistency proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

RangeHash = Callable[[int, int], bytes]


class BadProof(ValueError):  # noqa: N818 - reads as a sentence
    """A proof that does not prove what it should; the text says why."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry (RFC 9162 section 2.1.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node over its two children (RFC 9162 section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two smaller than `size`, which is 2 or more."""
    return 1 << (size - 1).bit_length() - 1


def full_root(hashes: Sequence[bytes]) -> bytes:
    """Root over a power of two of hashes."""
    row = hashes
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


class Frontier:
    """A growing tree that keeps only the roots of its full subtrees: appends and gives its root, nothing else."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[bytes] = []  # the largest first, one per 1 bit of size

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        node, size = leaf, self.size
        while size & 1:
            node = node_hash(self._full.pop(), node)
            size >>= 1
        self._full.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Root of the tree so far (RFC 9162 section 2.1.1)."""
        if not self._full:
            return EMPTY_ROOT
        node = self._full[-1]
        for left in reversed(self._full[:-1]):
            node = node_hash(left, node)
        return node


def inclusion_path(index: int, size: int, hash_of: RangeHash) -> list[bytes]:
    """The hashes that prove entry `index` in a tree of `size`, nearest first (RFC 9162 section 2.1.3.1).

    `hash_of(start, end)` gives the root over the entries of that range.
    """
    if not 0 <= index < size:
        raise ValueError(f"no entry {index} in a log of {size}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            path.append(hash_of(middle, end))
            end = middle
        else:
            path.append(hash_of(start, middle))
            start = middle
    return path[::-1]


def consistency_path(first: int, second: int, hash_of: RangeHash) -> list[bytes]:
    """The hashes that prove a tree of `second` entries to continue one of `first` (RFC 9162 section 2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError(f"cannot lead from {first} to {second} entries")
    path, start, end, whole = [], 0, second, True
    while first < end:
        middle = start + split(end - start)
        if first <= middle:
            path.append(hash_of(middle, end))
            end = middle
        else:
            path.append(hash_of(start, middle))
            start, whole = middle, False
    if not whole:
        path.append(hash_of(start, end))
    return path[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Check by RFC 9162 section 2.1.3.2 that `leaf` is entry `index` of the tree; BadProof if it is not."""
    _need_hashes([leaf, root, *path])
    if size <= 0:
        raise BadProof("an empty log holds no entry")
    if not 0 <= index < size:
        raise BadProof(f"no entry {index} in a log of {size}")
    node, number, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            raise BadProof("the proof is too long")
        if number & 1 or number == last:
            node = node_hash(sibling, node)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        number, last = number >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    if node != root:
        raise BadProof("the proof leads to another root")


def check_consistency(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> None:
    """Check by RFC 9162 section 2.1.4.2 that the second tree continues the first; BadProof if it does not."""
    _need_hashes([first_root, second_root, *path])
    if first <= 0 or second <= 0:
        raise BadProof("nothing follows from an empty log")
    if first > second:
        raise BadProof("the first log is the longer one")
    if first == second:
        if path:
            raise BadProof("the proof is too long")
        if first_root != second_root:
            raise BadProof("two logs of one length with two roots")
        return
    _check_growth(first, second, path, first_root, second_root)


def _check_growth(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> None:
    """The climb of RFC 9162 section 2.1.4.2 for first < second."""
    nodes = [first_root, *path] if first & (first - 1) == 0 else list(path)
    number, last = first - 1, second - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    if len(nodes) < 2:
        raise BadProof("the proof is too short")
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            raise BadProof("the proof is too long")
        if number & 1 or number == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            new = node_hash(new, node)
        number, last = number >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    if old != first_root or new != second_root:
        raise BadProof("the proof leads to another root")


def _need_hashes(hashes: Iterable[bytes]) -> None:
    for each in hashes:
        if not isinstance(each, bytes) or len(each) != HASH_BYTES:
            raise BadProof("a hash has 32 bytes")
