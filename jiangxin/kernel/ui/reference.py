"""Writes the component list of the README: ``python -m jiangxin.kernel.ui.reference``."""

from __future__ import annotations

from pathlib import Path

import jiangxin.kernel.ui.catalogue  # noqa: F401  declares the components
from jiangxin.kernel.ui.registry import reference

README = Path(__file__).with_name("README.md")
MARK = "<!-- components: written by python -m jiangxin.kernel.ui.reference -->"


def readme_text(current: str) -> str:
    """Return the README with the part after the mark replaced by the current components."""
    head, _mark, _old = current.partition(MARK)
    return f"{head}{MARK}\n\n{reference()}"


if __name__ == "__main__":
    README.write_text(readme_text(README.read_text()))
