"""Stored files: kind told by content, kept whole or not at all, opened by right, let go in time.

Names are fetched on first use, because this package is itself an app and its models load later than it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiangxin.kernel.files.keeping import (
        Swept,
        is_unaltered,
        may_open,
        open_for,
        owner_of,
        path_of,
        remove_file,
        store_file,
        sweep_files,
    )
    from jiangxin.kernel.files.models import StoredFile
    from jiangxin.kernel.files.serving import file_of_token, link_token, serve

__all__ = [
    "StoredFile",
    "Swept",
    "file_of_token",
    "is_unaltered",
    "link_token",
    "may_open",
    "open_for",
    "owner_of",
    "path_of",
    "remove_file",
    "serve",
    "store_file",
    "sweep_files",
]

_HOMES = {
    "keeping": (
        "Swept",
        "is_unaltered",
        "may_open",
        "open_for",
        "owner_of",
        "path_of",
        "remove_file",
        "store_file",
        "sweep_files",
    ),
    "models": ("StoredFile",),
    "serving": ("file_of_token", "link_token", "serve"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
