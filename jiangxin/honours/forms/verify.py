"""A credential pasted, uploaded, or named by its number or address."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.credentials.canonical import MAX_BYTES

_NUMBER = re.compile(r"(?:https?://\S+/(?:verify|credentials)/)?([0-9A-HJKMNP-TV-Z]{26})/?", re.ASCII)


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
        label=_("或上传凭证文件"), required=False, help_text=_("扩展名为 .json 的凭证文件，不超过 2 MB。")
    )

    def clean(self) -> dict[str, Any]:
        """Take the file if there is one, else the text."""
        data = super().clean() or {}
        upload, text = data.get("file"), data.get("text", "")
        if not upload and not text and not self.errors:
            raise ValidationError(_("请粘贴凭证内容，或选择一个凭证文件。"))
        if upload and upload.size > MAX_BYTES:
            raise ValidationError(_("文件太大，凭证文件不会超过 2 MB。"))
        number = _NUMBER.fullmatch(text.strip()) if text and not upload else None
        data["uid"] = number[1] if number else ""
        data["raw"] = upload.read() if upload else text.encode("utf-8", "surrogatepass")
        return data
