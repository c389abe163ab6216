"""Small real files, and actors with and without rights."""

import io
import zipfile
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\n"


@dataclass(frozen=True)
class Officer:
    """Holds one permission on things below one path."""

    actor_id: str
    permission: str = ""
    path: str = ""
    actor_label: str = "某干部"

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return perm == self.permission and (
            obj is None or str(getattr(obj, "opath", "")).startswith(self.path)
        )


def archive(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


DOCX = archive(**{"word/document.xml": b"<w/>"})
