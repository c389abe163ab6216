"""The component list of the README; `make docs` writes it."""

from __future__ import annotations

from pathlib import Path

import jiangxin.kernel.ui.catalogue  # noqa: F401  declares the components
from jiangxin.kernel.ui.registry import reference

README = Path(__file__).with_name("README.md")
MARK = "<!-- components: written by `make docs` -->"


def readme_text(current: str) -> str:
    """Return the README with the part after the mark replaced by the current components."""
    head, _mark, _old = current.partition(MARK)
    return f"{head}{MARK}\n\n{reference()}"
