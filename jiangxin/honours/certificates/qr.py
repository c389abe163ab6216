"""QR codes of check addresses as SVG drawings, one by one or very many that differ only in their last characters."""

import re
from functools import lru_cache, reduce
from operator import xor

QUIET = 4
MASK = 3  # a fixed mask is legal and saves trying all eight
PIECE = 11  # modules; few enough that each of the 2,048 pieces of a row is worth keeping
_RUN = re.compile("1+|0+")


def qr_svg(address: str) -> str:
    """The QR code of an address (error correction M) as a small SVG document with its quiet zone."""
    return _svg(_rows(address))


def _rows(address: str) -> list[str]:
    import segno  # noqa: PLC0415 - slow: most processes draw no code

    code = segno.make_qr(address, error="m", mode="byte", mask=MASK, boost_error=False)
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]


def _svg(rows: list[str]) -> str:
    side = len(rows)
    pieces = range(0, side, PIECE)
    path = "".join(
        f"M{QUIET} {QUIET + place}.5" + "".join([_strokes(row[at : at + PIECE]) for at in pieces])
        for place, row in enumerate(rows)
    )
    whole = side + 2 * QUIET
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}"><path fill="none" stroke="#1F1B16"'
    return f'{head} d="{path}"/></svg>'


@lru_cache(maxsize=1 << (PIECE + 1))
def _strokes(modules: str) -> str:
    """How the pen goes along a piece of a row: a line over dark modules, a jump over light ones."""
    return "".join(f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in _RUN.findall(modules))


class QrPrinter:
    """Draws codes for addresses of one length that begin alike, some hundred times faster than one by one.

    With version, mask and length fixed, every module of a QR code is a sum (XOR) over the bits of the text, because
    Reed–Solomon coding is linear. So each changed bit flips a fixed pattern of modules, found once by drawing it.
    """

    def __init__(self, prefix: str, tail: int) -> None:
        self.prefix, self.tail = prefix, tail
        base = _rows(prefix + "0" * tail)
        self.side = len(base)
        self._base = int("".join(base), 2)
        self._flips = [[self._flip(place, 1 << bit) for bit in range(7)] for place in range(tail)]
        self._changes: list[dict[str, int]] = [{"0": 0} for _ in range(tail)]

    def _flip(self, place: int, mask: int) -> int:
        changed = "0" * place + chr(ord("0") ^ mask) + "0" * (self.tail - place - 1)
        return int("".join(_rows(self.prefix + changed)), 2) ^ self._base

    def svg(self, tail: str) -> str:
        """The code of prefix + tail; `tail` must be ASCII of the printer's length (ValueError)."""
        if len(tail) != self.tail or not tail.isascii():
            raise ValueError(tail)
        modules = self._base
        for char, flips, changes in zip(tail, self._flips, self._changes, strict=True):
            if char not in changes:
                changes[char] = _sum(flips, ord(char) ^ ord("0"))
            modules ^= changes[char]
        text = f"{modules:0{self.side * self.side}b}"
        return _svg([text[start : start + self.side] for start in range(0, len(text), self.side)])


def _sum(flips: list[int], difference: int) -> int:
    """What changes when these bits of one character change."""
    return reduce(xor, (flip for bit, flip in enumerate(flips) if difference >> bit & 1), 0)


@lru_cache(maxsize=4)
def printer(prefix: str, tail: int) -> QrPrinter:
    """The printer for addresses that begin with `prefix` and end in `tail` characters; made once (about 0.3 s)."""
    return QrPrinter(prefix, tail)
