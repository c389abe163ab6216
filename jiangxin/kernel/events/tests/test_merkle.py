"""The tree against a naive one written from the definition, and the strictness of its checks."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxin.kernel.events.merkle import (
    EMPTY_ROOT,
    BadProof,
    Frontier,
    check_consistency,
    check_inclusion,
    leaf_hash,
)
from jiangxin.kernel.events.tiles import BrokenTiles, Place, Tree, grow

SIZES = st.integers(min_value=1, max_value=700)


def naive_root(entries: list[bytes]) -> bytes:
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + naive_root(entries[:k]) + naive_root(entries[k:])).digest()


def naive_inclusion(m: int, entries: list[bytes]) -> list[bytes]:
    if len(entries) == 1:
        return []
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if m < k:
        return [*naive_inclusion(m, entries[:k]), naive_root(entries[k:])]
    return [*naive_inclusion(m - k, entries[k:]), naive_root(entries[:k])]


def naive_consistency(m: int, entries: list[bytes], whole: bool = True) -> list[bytes]:
    if m == len(entries):
        return [] if whole else [naive_root(entries)]
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if m <= k:
        return [*naive_consistency(m, entries[:k], whole), naive_root(entries[k:])]
    return [*naive_consistency(m - k, entries[k:], False), naive_root(entries[:k])]


def entries_of(size: int) -> list[bytes]:
    return [str(number).encode() for number in range(size)]


class Shelf(dict[Place, bytes]):
    """Tiles in memory."""

    def read(self, places: Iterable[Place]) -> dict[Place, bytes]:
        return {place: self[place] for place in places if place in self}


def grown(*steps: int) -> tuple[Shelf, list[bytes]]:
    shelf, size = Shelf(), 0
    entries = entries_of(sum(steps))
    for step in steps:
        leaves = [leaf_hash(entry) for entry in entries[size : size + step]]
        shelf.update(grow(size, leaves, shelf.read))
        size += step
    return shelf, entries


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(min_value=1, max_value=300), min_size=1, max_size=4))
def test_the_root_is_the_same_however_the_tree_grew(steps: list[int]) -> None:
    shelf, entries = grown(*steps)
    frontier = Frontier()
    for entry in entries:
        frontier.append(leaf_hash(entry))

    roots = {Tree(len(entries), shelf.read).root(), frontier.root(), naive_root(entries)}

    assert len(roots) == 1


@settings(deadline=None, max_examples=60)
@given(SIZES, st.data())
def test_inclusion_proofs_are_those_of_the_definition(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    shelf, entries = grown(size)

    path = Tree(size, shelf.read).inclusion(index)

    assert path == naive_inclusion(index, entries)
    check_inclusion(leaf_hash(entries[index]), index, size, path, naive_root(entries))


@settings(deadline=None, max_examples=60)
@given(SIZES, st.data())
def test_consistency_proofs_are_those_of_the_definition(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(min_value=1, max_value=second))
    shelf, entries = grown(second)

    path = Tree(second, shelf.read).consistency(first)

    assert path == naive_consistency(first, entries)
    check_consistency(first, second, path, naive_root(entries[:first]), naive_root(entries))


@settings(deadline=None, max_examples=60)
@given(SIZES, st.data())
def test_a_changed_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    shelf, entries = grown(size)
    path = Tree(size, shelf.read).inclusion(index)
    spoilt = data.draw(st.sampled_from(_spoilt(path)))

    with pytest.raises(BadProof):
        check_inclusion(leaf_hash(entries[index]), index, size, spoilt, naive_root(entries))


@settings(deadline=None, max_examples=60)
@given(SIZES, st.data())
def test_a_changed_consistency_proof_is_refused(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(min_value=1, max_value=second))
    shelf, entries = grown(second)
    path = Tree(second, shelf.read).consistency(first)
    spoilt = data.draw(st.sampled_from(_spoilt(path)))

    with pytest.raises(BadProof):
        check_consistency(first, second, spoilt, naive_root(entries[:first]), naive_root(entries))


def _spoilt(path: list[bytes]) -> list[list[bytes]]:
    """Proofs that are longer, shorter, of another hash, or of a hash of another length."""
    other = sha256(b"other").digest()
    made = [[*path, other], [other, *path], [*path, b"short"]]
    for at in range(len(path)):
        made += [path[:at] + path[at + 1 :], [*path[:at], other, *path[at + 1 :]]]
        made.append([*path[:at], path[at] + b"\x00", *path[at + 1 :]])
    return made


ROOT = leaf_hash(b"0")


@pytest.mark.parametrize(
    ("leaf", "index", "size", "path", "root", "why"),
    [
        (ROOT, 0, 0, [], EMPTY_ROOT, "empty log"),
        (ROOT, 1, 1, [], ROOT, "no entry 1"),
        (ROOT, -1, 1, [], ROOT, "no entry -1"),
        (ROOT, 0, 1, [ROOT], ROOT, "too long"),
        (ROOT, 0, 2, [], ROOT, "too short"),
        (ROOT[:31], 0, 1, [], ROOT[:31], "32 bytes"),
        (ROOT, 0, 1, [], leaf_hash(b"1"), "another root"),
    ],
)
def test_an_impossible_inclusion_is_refused(
    leaf: bytes, index: int, size: int, path: list[bytes], root: bytes, why: str
) -> None:
    with pytest.raises(BadProof, match=why):
        check_inclusion(leaf, index, size, path, root)


@pytest.mark.parametrize(
    ("first", "second", "path", "first_root", "second_root", "why"),
    [
        (0, 1, [], EMPTY_ROOT, ROOT, "empty log"),
        (2, 1, [], ROOT, ROOT, "longer"),
        (1, 1, [ROOT], ROOT, ROOT, "too long"),
        (1, 1, [], ROOT, leaf_hash(b"1"), "two roots"),
        (1, 2, [], ROOT, ROOT, "too short"),
        (1, 2, [ROOT], ROOT[:8], ROOT, "32 bytes"),
        (1, 2, [ROOT], ROOT, ROOT, "another root"),
    ],
)
def test_an_impossible_consistency_is_refused(
    first: int, second: int, path: list[bytes], first_root: bytes, second_root: bytes, why: str
) -> None:
    with pytest.raises(BadProof, match=why):
        check_consistency(first, second, path, first_root, second_root)


def test_a_missing_tile_is_noticed_not_hashed_over() -> None:
    shelf, _entries = grown(600)
    del shelf[0, 2]

    with pytest.raises(BrokenTiles):
        Tree(600, shelf.read).root()
    with pytest.raises(BrokenTiles):
        grow(600, [ROOT], shelf.read)


def test_the_tree_asks_for_few_tiles() -> None:
    shelf, _entries = grown(70_000)
    asked: list[Place] = []

    def read(places: Iterable[Place]) -> dict[Place, bytes]:
        asked.extend(places)
        return shelf.read(places)

    Tree(70_000, read).inclusion(12_345)

    assert len(asked) == 4


def test_an_empty_tree_has_the_empty_root() -> None:
    assert Frontier().root() == Tree(0, Shelf().read).root() == EMPTY_ROOT


def test_nothing_is_proved_beyond_the_log() -> None:
    shelf, _entries = grown(3)

    with pytest.raises(ValueError, match="not 4"):
        Tree(3, shelf.read).inclusion(0, 4)
    with pytest.raises(ValueError, match="no entry 3"):
        Tree(3, shelf.read).inclusion(3)
    with pytest.raises(ValueError, match="cannot lead"):
        Tree(3, shelf.read).consistency(0)
