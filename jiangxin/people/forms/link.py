"""The form of a link that an officer proposes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LinkReasonForm(forms.Form):
    """Why two records may be one worker."""

    reason = forms.CharField(
        label=_("为什么认为是同一人"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：本人来信说明，两处工作的时间前后相接。"),
    )
