"""Which row of a file was the first of its key: a table of hashes, a quarter of the memory of a dict."""

from array import array
from collections.abc import Hashable, Iterable

_SMALLEST = 1 << 10


class FirstRows:
    """Remembers the first row of each key by the key's 64-bit hash; 24 to 48 bytes a key."""

    def __init__(self) -> None:
        self._kept = 0
        self._make(_SMALLEST)

    def repeats(self, keys: Iterable[Hashable | None], numbers: Iterable[int]) -> dict[int, int]:
        """The places among `numbers` whose key an earlier row had, with that row; None is nobody's key."""
        found = {}
        for place, (key, number) in enumerate(zip(keys, numbers, strict=True)):
            if key is None:
                continue
            code = hash(key) or 1
            at = code & self._mask
            while (held := self._codes[at]) and held != code:
                at = (at + 1) & self._mask
            if held:
                found[place] = self._rows[at]
                continue
            self._codes[at], self._rows[at] = code, number
            self._kept += 1
            if self._kept * 2 > len(self._codes):
                self._grow()
        return found

    def _free(self, code: int) -> int:
        """The free place where this hash belongs."""
        place = code & self._mask
        while self._codes[place]:
            place = (place + 1) & self._mask
        return place

    def _make(self, size: int) -> None:
        self._codes = array("q", bytes(8 * size))
        self._rows = array("I", bytes(4 * size))
        self._mask = size - 1

    def _grow(self) -> None:
        codes, rows = self._codes, self._rows
        self._make(len(codes) * 2)
        for code, row in zip(codes, rows, strict=True):
            if code:
                place = self._free(code)
                self._codes[place], self._rows[place] = code, row
