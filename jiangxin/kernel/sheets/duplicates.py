"""Which row of a file was the first of its key: a table of hashes, a quarter of the memory of a dict."""

from array import array
from collections.abc import Hashable

_SMALLEST = 1 << 10


class FirstRows:
    """Remembers the first row of each key by the key's 64-bit hash; 24 to 48 bytes a key."""

    def __init__(self) -> None:
        self._kept = 0
        self._make(_SMALLEST)

    def first(self, key: Hashable, number: int) -> int:
        """The row that had this key first: `number` itself when none had it before."""
        code = hash(key) or 1
        place = self._place(code)
        if self._codes[place]:
            return self._rows[place]
        self._codes[place], self._rows[place] = code, number
        self._kept += 1
        if self._kept * 2 > len(self._codes):
            self._grow()
        return number

    def _place(self, code: int) -> int:
        """Where this hash stands, or the free place where it belongs."""
        codes, mask = self._codes, self._mask
        place = code & mask
        while codes[place] and codes[place] != code:
            place = (place + 1) & mask
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
                place = self._place(code)
                self._codes[place], self._rows[place] = code, row
