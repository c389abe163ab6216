"""Hash tiles: the Merkle tree kept as blobs of 256 hashes, so that ten million entries stay small and proofs read few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from jiangxin.kernel.events.merkle import (
    EMPTY_ROOT,
    HASH_BYTES,
    consistency_path,
    full_root,
    inclusion_path,
    node_hash,
    split,
)

WIDTH_BITS = 8
WIDTH = 1 << WIDTH_BITS

Place = tuple[int, int]  # level, index
Read = Callable[[Iterable[Place]], dict[Place, bytes]]


class BrokenTiles(RuntimeError):  # noqa: N818 - reads as a sentence
    """A tile is missing or shorter than the log's length demands."""


class Tree:
    """Reads ranges of one tree of `size` entries from its tiles; each tile is read at most once."""

    def __init__(self, size: int, read: Read) -> None:
        self.size = size
        self._read = read
        self._tiles: dict[Place, bytes] = {}

    def root(self) -> bytes:
        """Root of the whole tree."""
        self._fetch(self._needed([(0, self.size)]))
        return self._hash_of(0, self.size)

    def leaf(self, index: int) -> bytes:
        """Hash of one entry; BrokenTiles if the tiles do not hold it."""
        self._fetch([(0, index >> WIDTH_BITS)])
        return self._row(0, index, 1)[0]

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Proof of entry `index` in the tree as it was with `size` entries (all, if not said)."""
        within = self._within(size)
        return self._two_passes(lambda hash_of: inclusion_path(index, within, hash_of))

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """Proof that the tree of `second` entries (all, if not said) continues that of `first`."""
        within = self._within(second)
        return self._two_passes(lambda hash_of: consistency_path(first, within, hash_of))

    def _within(self, size: int | None) -> int:
        if size is not None and size > self.size:
            raise ValueError(f"the log has {self.size} entries, not {size}")
        return self.size if size is None else size

    def _two_passes(self, walk: Callable[[Callable[[int, int], bytes]], list[bytes]]) -> list[bytes]:
        """Walk once to learn which ranges are needed, read their tiles in one go, walk again."""
        ranges: list[tuple[int, int]] = []

        def note(start: int, end: int) -> bytes:
            ranges.append((start, end))
            return b""

        walk(note)
        self._fetch(self._needed(ranges))
        return walk(self._hash_of)

    def _needed(self, ranges: Sequence[tuple[int, int]]) -> set[Place]:
        places = set()
        for start, end in ranges:
            for left, size in full_parts(start, end):
                level, _count = _level_of(size)
                places.add((level, (left >> level * WIDTH_BITS) >> WIDTH_BITS))
        return places

    def _fetch(self, places: Iterable[Place]) -> None:
        missing = [place for place in places if place not in self._tiles]
        if missing:
            self._tiles.update(self._read(missing))

    def _hash_of(self, start: int, end: int) -> bytes:
        """Root over the entries start … end - 1, where start is a border of the tree."""
        size = end - start
        if size == 0:
            return EMPTY_ROOT
        if size & (size - 1) == 0:
            level, row = _level_of(size)
            return full_root(self._row(level, start >> level * WIDTH_BITS, row))
        middle = start + split(size)
        return node_hash(self._hash_of(start, middle), self._hash_of(middle, end))

    def _row(self, level: int, first: int, count: int) -> list[bytes]:
        tile = self._tiles.get((level, first >> WIDTH_BITS), b"")
        offset = (first & WIDTH - 1) * HASH_BYTES
        if len(tile) < offset + count * HASH_BYTES:
            raise BrokenTiles(f"tile {level}/{first >> WIDTH_BITS} is missing or cut")
        return [tile[at : at + HASH_BYTES] for at in range(offset, offset + count * HASH_BYTES, HASH_BYTES)]


def full_parts(start: int, end: int) -> list[tuple[int, int]]:
    """The full subtrees (start, size) that make up a range, from left to right."""
    parts = []
    while start < end:
        size = end - start
        part = size if size & (size - 1) == 0 else split(size)
        parts.append((start, part))
        start += part
    return parts


def grow(size: int, leaves: Sequence[bytes], read: Read) -> dict[Place, bytes]:
    """The tiles that change when `leaves` (hashes) join a tree of `size` entries, each as a whole blob."""
    edge = [(level, size >> (level + 1) * WIDTH_BITS) for level in range(8) if size >> level * WIDTH_BITS]
    old = read(edge)
    changed: dict[Place, bytes] = {}
    level, position, row = 0, size, list(leaves)
    while row:
        carried: list[bytes] = []
        first_tile = position >> WIDTH_BITS
        held = (position & WIDTH - 1) * HASH_BYTES
        start = old.get((level, first_tile), b"")[:held]
        if len(start) != held:
            raise BrokenTiles(f"tile {level}/{first_tile} is missing or cut")
        joined = start + b"".join(row)
        for nth, at in enumerate(range(0, len(joined), WIDTH * HASH_BYTES)):
            blob = joined[at : at + WIDTH * HASH_BYTES]
            changed[level, first_tile + nth] = blob
            if len(blob) == WIDTH * HASH_BYTES:
                carried.append(full_root([blob[i : i + HASH_BYTES] for i in range(0, len(blob), HASH_BYTES)]))
        level, position, row = level + 1, first_tile, carried
    return changed


def _level_of(size: int) -> tuple[int, int]:
    """(tile level, hashes in its row) that hold a full subtree of `size` entries."""
    height = size.bit_length() - 1
    return height // WIDTH_BITS, 1 << height % WIDTH_BITS


def read_through(fresh: dict[Place, bytes], read: Read) -> Read:
    """Reads the fresh tiles first and asks `read` for the rest."""

    def both(places: Iterable[Place]) -> dict[Place, bytes]:
        wanted = list(places)
        known = {place: fresh[place] for place in wanted if place in fresh}
        rest = [place for place in wanted if place not in fresh]
        return {**known, **(read(rest) if rest else {})}

    return both
