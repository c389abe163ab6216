"""Different ways of typing the same characters brought to one: widths, dots, invisible characters."""

import re
import unicodedata

DOT = "·"
HAN = "\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters for a regular expression class: 〇, the unified blocks up to extension H and later, compatibility forms, and
the private area, where older systems kept rare characters of names."""

_DOTS = "•‧・･．∙⋅᛫●⸱ꞏ"
_SPACES = "\t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_CONTROLS = "".join(chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in _SPACES)

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TIDY: dict[int, int | str | None] = {
    **_FULL_WIDTH,
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _DOTS), DOT),
    **dict.fromkeys(map(ord, _INVISIBLE + _CONTROLS)),
    **dict.fromkeys(range(0xD800, 0xE000)),
    **dict.fromkeys(range(0xFE00, 0xFE10)),
    **dict.fromkeys(range(0xE0100, 0xE01F0)),
}
_UNTIDY = re.compile(
    f"[{_SPACES}{_DOTS}{_INVISIBLE}\x00-\x1f\x7f-\x9f\uff01-\uff5e\ud800-\udfff\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_RUN_OF_SPACES = re.compile(" {2,}")


def tidy(raw: str) -> str:
    """Return the text with half-width letters and digits, one kind of dot and of space, and nothing invisible.

    Canonical composition (NFC) is applied; characters outside the basic plane are kept. Variation selectors and lone
    surrogates are dropped. Outer spaces go, inner runs of spaces become one.
    """
    if raw.isascii() and raw.isprintable() and "  " not in raw:
        return raw.strip()
    text = _UNTIDY.sub(_tidied, unicodedata.normalize("NFC", raw))
    return (_RUN_OF_SPACES.sub(" ", text) if "  " in text else text).strip()


def _tidied(found: re.Match[str]) -> str:
    return found[0].translate(_TIDY)


def is_han(text: str) -> bool:
    """Tell whether the text is made of Han characters only (at least one)."""
    return _HAN_ONLY.fullmatch(text) is not None


_HAN_ONLY = re.compile(f"[{HAN}]+")
