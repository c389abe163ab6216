"""Safe names of files: what was given, without paths, control characters and endings that lie."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from jiangxin.kernel.files.kinds import Kind

LONGEST = 120
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # can make "gpj.exe" look like "exe.jpg"
_ENDINGS_OF = {
    ".jpg": (".jpg", ".jpeg"),
    ".txt": (".txt", ".csv", ".tsv", ".md"),
    ".json": (".json", ".jsonl"),
}
_ENDINGS_OF_OLE = (".doc", ".xls", ".ppt", ".wps", ".et", ".dps")


def safe_name(given: str, kind: Kind) -> str:
    """Return a name for storing and offering the file: last part of a path, at most 120 characters, honest ending."""
    bare = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", given)).name).name
    bare = _FORBIDDEN.sub("_", _DIRECTION.sub("", bare)).strip(" .") or "file"
    stem, dot, ending = bare.rpartition(".")
    allowed = _ENDINGS_OF_OLE if kind.ending == ".doc" else _ENDINGS_OF.get(kind.ending, (kind.ending,))
    if dot and f".{ending.lower()}" in allowed:
        return f"{stem[:LONGEST]}.{ending.lower()}"
    return f"{bare[:LONGEST]}{kind.ending}"
