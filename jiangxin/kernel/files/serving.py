"""Hand a stored file to a browser: links that expire, and headers that keep content from acting."""

from datetime import timedelta
from typing import BinaryIO

from django.core import signing
from django.http import FileResponse
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Refused
from jiangxin.kernel.files.keeping import path_of
from jiangxin.kernel.files.kinds import ALLOWED, UNKNOWN
from jiangxin.kernel.files.models import StoredFile
from jiangxin.kernel.privacy import PrivacyClass

SALT = "jiangxin.files"
LINK_LASTS = timedelta(minutes=10)
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_KNOWN = {kind.media_type for kind in ALLOWED}
_SHOWN_IN_PLACE = {kind.media_type for kind in ALLOWED if kind.inline}


def link_token(file: StoredFile, *, lasts: timedelta = LINK_LASTS) -> str:
    """A token that opens this file for whoever holds it until it expires; make it only for somebody who may open it."""
    return signing.dumps([file.uid, int(lasts.total_seconds())], salt=SALT)


def file_of_token(token: str) -> StoredFile:
    """The file of a token; raises Refused when it is altered, expired, or the file is gone."""
    try:
        _uid, seconds = signing.loads(token, salt=SALT)
        uid, _seconds = signing.loads(token, salt=SALT, max_age=seconds)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused(_("下载链接已失效，请回到页面重新点击下载。"), code="link_expired") from None
    file = StoredFile.objects.filter(uid=uid).first()
    if file is None:
        raise Refused(_("下载链接已失效，请回到页面重新点击下载。"), code="link_expired")
    return file


def serve(file: StoredFile, *, content: BinaryIO | None = None, in_place: bool = False) -> FileResponse:
    """Answer with the bytes of a file whose right to be opened has been checked (`open_for`, or a token).

    It is offered for saving unless `in_place` is asked for and the kind is an image; nothing in it can run, also where
    somebody wrote another type into the row.
    """
    shown = in_place and file.media_type in _SHOWN_IN_PLACE
    response = FileResponse(
        content or path_of(file).open("rb"),
        as_attachment=not shown,
        filename=file.name,
        content_type=file.media_type if file.media_type in _KNOWN else UNKNOWN.media_type,
    )
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store" if _is_guarded(file) else "private, max-age=600"
    return response


def _is_guarded(file: StoredFile) -> bool:
    return PrivacyClass(file.privacy).rank >= PrivacyClass.SENSITIVE.rank
