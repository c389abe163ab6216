"""A credential pasted, uploaded as a file or in a picture, or named by its number or address."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.certificates.reading import NothingFound, is_picture, read_picture
from jiangxin.honours.credentials.baked import MOST_PICTURE
from jiangxin.honours.credentials.canonical import MAX_BYTES

_NUMBER = re.compile(
    r"(?:https?://\S+/(?:verify|credentials)/)?([0-9A-HJKMNP-TV-Z]{26})/?", re.ASCII | re.IGNORECASE
)


LONGEST_ADDRESS = 400
_ACCEPTED = ".json,application/json,application/pdf,image/png,image/jpeg,image/webp"
_NOTHING = {
    "no_code": _("这个文件里没有找到二维码或凭证。请换一张清楚些的照片，或粘贴凭证编号。"),
    "unreadable": _("这张图片打不开，可能没有传完整，请重新选择。"),
    "too_large": _("图片太大，不能超过 12 MB。"),
}


class VerifyForm(forms.Form):
    """One of two ways; cleans to `raw` (bytes of a document) or `uid` (number of one of our credentials)."""

    text = forms.CharField(
        label=_("粘贴凭证内容、凭证编号或二维码里的网址"),
        required=False,
        strip=True,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("或上传凭证文件、证书或二维码照片"),
        required=False,
        help_text=_("凭证文件（.json）不超过 2 MB；PDF 证书、图片卡或照片不超过 12 MB。手机上可以当场拍照。"),
        widget=forms.FileInput(attrs={"accept": _ACCEPTED}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the file if there is one, else the text."""
        data = super().clean() or {}
        upload, text = data.get("file"), data.get("text", "")
        if not upload and not text and not self.errors:
            raise ValidationError(_("请粘贴凭证内容，或选择一个凭证文件。"))
        if upload and upload.size > MOST_PICTURE:
            raise ValidationError(_("文件太大，凭证文件不会超过 2 MB。"))
        raw = upload.read() if upload else text.encode("utf-8", "surrogatepass")
        data["raw"] = _read(raw) if is_picture(raw) else raw
        data["uid"] = _number_in(data["raw"])
        return data


def _number_in(raw: bytes) -> str:
    """The number when the whole text is one, typed large or small, or an address that ends in one; else ""."""
    found = _NUMBER.fullmatch(raw.decode("utf-8", "replace").strip()) if len(raw) <= LONGEST_ADDRESS else None
    return found[1].upper() if found else ""


def _read(raw: bytes) -> bytes:
    """What the picture or PDF says; ValidationError when that is nothing to verify."""
    try:
        found = read_picture(raw)
    except NothingFound as fault:
        raise ValidationError(_NOTHING[fault.code]) from None
    if not found.lstrip().startswith(b"{") and not _number_in(found):
        words = found.decode("utf-8", "replace")[:80]
        raise ValidationError(_("二维码里的内容不是荣誉凭证：%(words)s") % {"words": words})
    return found
