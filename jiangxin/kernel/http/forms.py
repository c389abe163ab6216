"""Forms: a new token, and what to look for in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.kernel.events.models import EventKind
from jiangxin.kernel.http.tokens import SCOPES


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _next_season() -> Any:
    return timezone.localdate() + timedelta(days=90)


class TokenForm(forms.Form):
    """What a new token is for, what it opens, and until when."""

    label = forms.CharField(
        label=_("用途"), max_length=80, help_text=_("以后凭它认出这个令牌，例如：市局对账程序。")
    )
    scopes = forms.MultipleChoiceField(
        label=pgettext_lazy("token", "范围"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    valid_until = _day(label=_("有效期至"), initial=_next_season, help_text=_("最长一年。"))


class LogForm(forms.Form):
    """Which entries of the log; all given conditions apply together."""

    q = forms.CharField(
        label=_("事项"), max_length=100, required=False, help_text=_("如“更名”，或代码 orgs.rename_org")
    )
    actor = forms.CharField(label=_("经办人"), max_length=100, required=False, help_text=_("如 user:7"))
    thing = forms.CharField(
        label=_("对象"), max_length=130, required=False, help_text=_("如 orgs.org，或加编号 orgs.org/01J…")
    )
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[("", _("全部")), *EventKind.choices])
    since = _day(label=_("从"), required=False)
    until = _day(label=_("到"), required=False)
