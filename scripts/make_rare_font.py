"""Makes the font of rare characters from Debian's package fonts-hanazono: python -m scripts.make_rare_font FOLDER.

FOLDER holds HanaMinA.ttf and HanaMinB.ttf of version 20170904 (`apt-get install fonts-hanazono` puts them into
/usr/share/fonts/truetype/hanazono). Kept is each Han character that the shipped Noto Serif SC lacks and that people bear in
names: those with a Mandarin reading (pypinyin), in HKSCS 2004 or in JIS X 0213:2004, all of HanaMinA (which gathers what
registers of names and common codes use), and the compatibility ideographs. The result is a modified version under the SIL Open Font License 1.1 and therefore has a name of its own.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

import pylopdf_fonts_zh_cn
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pypinyin.pinyin_dict import pinyin_dict

FAMILY = "Jiangxin Rare Han"
TARGET = Path(__file__).parent.parent / "jiangxin/honours/certificates/fonts/JiangxinRareHan.ttf"
SOURCES = {
    "HanaMinA.ttf": "7ca87559414474848fc513a8d8eb42d5b0f8194c30c2abdfbfedff5398ec88d7",
    "HanaMinB.ttf": "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
}
BEYOND_THE_PLANE = (0x20000, 0x32400)
COMPATIBILITY = (0xF900, 0xFB00)
NAMES = {
    0: "Copyright (c) 2011, GlyphWiki Project (kamichi@fonts.jp); subset by the Jiangxin contributors",
    1: FAMILY,
    2: "Regular",
    3: "Jiangxin Rare Han 1.0, from fonts of the GlyphWiki Project of 2017-09-04",
    4: FAMILY,
    5: "Version 1.0",
    6: "JiangxinRareHan-Regular",
    13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
    14: "https://openfontlicense.org",
}


def wanted(register: Path) -> set[int]:
    """The characters people bear in names that Noto Serif SC lacks."""
    coded = {code for code in TTFont(register, lazy=True).getBestCmap() if code >= BEYOND_THE_PLANE[0]}
    for codec in ("big5hkscs", "euc_jis_2004"):
        coded |= {code for code in range(*BEYOND_THE_PLANE) if _is_in(codec, code)}
    read = {code for code in pinyin_dict if BEYOND_THE_PLANE[0] <= code < BEYOND_THE_PLANE[1]}
    present = TTFont(pylopdf_fonts_zh_cn.serif_path(), lazy=True).getBestCmap()
    return (coded | read | set(range(*COMPATIBILITY))) - set(present)


def _is_in(codec: str, code: int) -> bool:
    try:
        chr(code).encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def subset(source: Path, codes: set[int], target: Path) -> None:
    """Write the glyphs of these characters, without hints, vertical forms and names of glyphs."""
    options = Options(
        hinting=False, layout_features=[], glyph_names=False, notdef_outline=True, recalc_timestamp=False
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "FFTM", "DSIG"]
    font = TTFont(source, recalcTimestamp=False)
    maker = Subsetter(options)
    maker.populate(unicodes=codes)
    maker.subset(font)
    font.save(target)


def make(folder: Path) -> None:
    """Subset both fonts, put them together under the new name and tell size and hash."""
    left, parts = wanted(folder / "HanaMinA.ttf"), []
    with tempfile.TemporaryDirectory() as made:
        for name, digest in SOURCES.items():
            source = folder / name
            if hashlib.sha256(source.read_bytes()).hexdigest() != digest:
                sys.exit(f"{source} is not the font of 2017-09-04")
            codes = left & set(TTFont(source, lazy=True).getBestCmap())
            subset(source, codes, Path(made) / name)
            left -= codes
            parts.append(str(Path(made) / name))
        font = Merger().merge(parts)
    font["name"].names = []
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = TTFont(folder / "HanaMinA.ttf", lazy=True)["head"].created
    TARGET.parent.mkdir(exist_ok=True)
    font.save(TARGET)
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    print(
        f"{TARGET.name}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size} bytes, sha256 {digest}"
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]))
