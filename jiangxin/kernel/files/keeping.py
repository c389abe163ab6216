"""Store a file, open it for somebody, and let it go when its time is over."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.events import record_reading
from jiangxin.kernel.files import storage
from jiangxin.kernel.files.kinds import ACTIVE, ALLOWED, DOCX, PPTX, XLSX, Kind, check_archive, kind_of
from jiangxin.kernel.files.models import StoredFile
from jiangxin.kernel.files.names import safe_name
from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid

MOST_BYTES = 50 << 20
CHUNK = 1 << 20
UNCLAIMED_FOR = timedelta(days=1)

Content = BinaryIO | Path | Iterable[bytes]


@dataclass(frozen=True)
class Swept:
    """What a sweep let go: files whose time was over, and bytes that no row claims."""

    expired: int
    unclaimed: int


def store_file(
    content: Content,
    *,
    name: str,
    by: Actor,
    owner: models.Model | None = None,
    permission: str = "",
    opath: str = "",
    privacy: PrivacyClass = PrivacyClass.INTERNAL,
    expires_at: datetime | None = None,
    allowed: Collection[Kind] = ALLOWED,
    most_bytes: int = MOST_BYTES,
) -> StoredFile:
    """Keep a file and return its row; the kind is told from the bytes, whatever the name says.

    Whoever holds `permission` on the owner (without an owner: on the file, which answers `opath`) may open it, and
    who stored it. Raises Refused: too big, empty, a kind not in `allowed`, a broken or exploding archive, a full disk.
    """
    uid = new_uid()
    with storage.arriving(_chunks(content), uid=uid, most_bytes=most_bytes) as arrival:
        if not arrival.size:
            raise Refused(_("文件是空的。"), code="empty")
        kind = _accepted(arrival.path, allowed)
        place = storage.settle(arrival, uid=uid)
        try:
            return StoredFile.objects.create(
                uid=uid,
                name=safe_name(name, kind),
                media_type=kind.media_type,
                size=arrival.size,
                sha256=arrival.sha256,
                privacy=privacy,
                permission=permission,
                created_by=by.actor_id,
                expires_at=expires_at,
                **_belonging(owner, opath),
            )
        except BaseException:
            place.unlink(missing_ok=True)
            raise


def _belonging(owner: models.Model | None, opath: str) -> dict[str, str]:
    """The columns that say whose a file is and where in the tree it belongs."""
    return {
        "opath": opath or str(getattr(owner, "opath", "") or ""),
        "owner_type": owner._meta.label_lower if owner is not None else "",
        "owner_id": str(owner.pk) if owner is not None else "",
    }


def path_of(file: StoredFile) -> Path:
    """Where the bytes lie; raises Refused when they are gone."""
    place = storage.place_of(file.uid, file.sha256)
    if file.removed_at is not None or not place.exists():
        raise Refused(_("这个文件已按保管期限删除。"), code="removed")
    return place


def may_open(file: StoredFile, actor: Actor) -> bool:
    """Whether the actor may open the file: by the permission on its owner, or as the one who stored it."""
    if file.created_by == actor.actor_id:
        return True
    return bool(file.permission) and actor.has_perm(file.permission, owner_of(file) or file)


def open_for(file: StoredFile, *, actor: Actor, reason: str = "") -> BinaryIO:
    """Open the bytes for somebody who may; reading a SECRET file needs a reason and is recorded."""
    if not may_open(file, actor):
        raise Refused(_("您没有打开这个文件的权限。"), code="no_permission")
    path = path_of(file)
    if file.privacy == PrivacyClass.SECRET:
        if not reason.strip():
            raise Refused(_("这是高敏文件，请先写明查看的理由。"), code="reason_missing")
        record_reading(file, field="content", reason=reason, by=actor)
    return path.open("rb")


def owner_of(file: StoredFile) -> models.Model | None:
    """The thing the file belongs to; None when it has no owner or the owner is gone."""
    if not file.owner_type:
        return None
    owners: models.QuerySet[models.Model] = apps.get_model(file.owner_type)._default_manager.all()
    return owners.filter(pk=file.owner_id).first()


def is_unaltered(file: StoredFile) -> bool:
    """Whether the bytes still have the hash they came with."""
    with path_of(file).open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


def remove_file(file: StoredFile, *, moment: datetime | None = None) -> StoredFile:
    """Delete the bytes, once this is committed, and keep the row as a trace; a second call changes nothing."""
    if file.removed_at is None:
        file.removed_at = moment or timezone.now()
        file.save(update_fields=["removed_at"])
        transaction.on_commit(partial(storage.remove, file.uid, file.sha256))
    return file


def sweep_files(moment: datetime | None = None) -> Swept:
    """Let go of files whose time is over, and of bytes left by a rolled-back or killed upload a day ago."""
    now = moment or timezone.now()
    expired = [remove_file(file, moment=now) for file in StoredFile.objects.due(now).iterator()]
    unclaimed = 0
    for path in storage.places(before=now - UNCLAIMED_FOR):
        if not StoredFile.objects.filter(uid=path.name, removed_at=None).exists():
            path.unlink(missing_ok=True)
            unclaimed += 1
    return Swept(expired=len(expired), unclaimed=unclaimed)


def _accepted(path: Path, allowed: Collection[Kind]) -> Kind:
    kind = kind_of(path)
    if kind not in allowed:
        if kind in ACTIVE:
            raise Refused(
                _("网页和 SVG 等带程序的文件不能上传，请改传图片、PDF 或表格。"), code="active_content"
            )
        raise Refused(_("不支持这种文件。可以上传 PDF、图片、Word、Excel 或文本。"), code="kind_not_allowed")
    if kind in {XLSX, DOCX, PPTX}:
        check_archive(path)
    return kind


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, Path):
        with content.open("rb") as file:
            yield from _chunks(file)
    elif hasattr(content, "read"):
        while chunk := content.read(CHUNK):
            yield chunk
    else:
        yield from content
