"""The typst press: sets a page, kept warm here or run as a process of its own; it knows no Django, so that it starts at once.

As a process it takes one order as JSON and gives the PDF; a thousand pages need 300 MB, which end with it.
"""

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import typst

PAGES = Path(__file__).parent / "pages"
PDF_A: Literal["a-2b"] = "a-2b"
GETA = "〓"  # the printers' sign for a character that is not in the case
ROOMY = {
    "MALLOC_TOP_PAD_": str(64 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
}  # a third less time in the kernel
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')


class PressFailed(RuntimeError):  # noqa: N818 - says what happened
    """The press ended without a document (killed, no memory); the work can be begun again."""


@cache
def compiler(page: str, fonts: tuple[str, ...]) -> "typst.Compiler":
    """The compiler of a page template, with the fonts of these folders and no others."""
    import typst  # noqa: PLC0415 - slow: 7 MB that most processes never need

    return typst.Compiler(
        PAGES / f"{page}.typ",
        root=PAGES,
        font_paths=[Path(folder) for folder in fonts],
        ignore_system_fonts=True,
    )


def set_pdf(
    page: str, inputs: dict[str, str], *, fonts: tuple[str, ...], when: datetime
) -> tuple[bytes, str]:
    """The page as PDF/A-2b, and the characters no font has, for which 〓 is printed. One document at a time."""
    lacking = ""
    while True:
        try:
            made = compiler(page, fonts).compile(
                sys_inputs=inputs, format="pdf", pdf_standards=PDF_A, timestamp=when.replace(microsecond=0)
            )
        except RuntimeError as error:  # what typst raises
            missing = _NO_GLYPH.search(str(error))
            if missing is None or GETA in missing[1]:
                raise
            lacking += missing[1]
            inputs = without(missing[1], inputs)
        else:
            return whole(made), lacking


def set_png(page: str, inputs: dict[str, str], *, fonts: tuple[str, ...]) -> bytes:
    """The page as PNG, a pixel a point; a character no font has leaves a gap. One document at a time."""
    return whole(compiler(page, fonts).compile(sys_inputs=inputs, format="png", ppi=72.0))


def without(characters: str, inputs: dict[str, str]) -> dict[str, str]:
    """The inputs with 〓 for each of these characters."""
    signs = str.maketrans(dict.fromkeys(characters, GETA))
    return {name: value.translate(signs) for name, value in inputs.items()}


def whole(made: Any) -> bytes:
    """What the compiler made, as bytes."""
    return made if isinstance(made, bytes) else b"".join(made or [])


def set_pdf_apart(page: str, inputs: dict[str, str], *, fonts: tuple[str, ...], when: datetime) -> bytes:
    """`set_pdf` in a process of its own; PressFailed when it ends without a document."""
    order = {"page": page, "inputs": inputs, "fonts": fonts, "when": when.isoformat()}
    done = subprocess.run(  # noqa: S603 - this very file; the order goes in as input
        [sys.executable, "-I", __file__],
        input=json.dumps(order, ensure_ascii=False).encode(),
        env={**os.environ, **ROOMY},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        last_words = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise PressFailed(f"{done.returncode}: {last_words}")
    return done.stdout


def main() -> None:
    """Take one order from the standard input and give the PDF to the standard output."""
    order = json.load(sys.stdin.buffer)
    made, _lacking = set_pdf(
        order["page"],
        order["inputs"],
        fonts=tuple(order["fonts"]),
        when=datetime.fromisoformat(order["when"]),
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
