"""Forms of requests about a whole record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.people.words import AskedHow, RightKind


class AskForm(forms.Form):
    """What the worker adds to the request; nobody has to give a reason."""

    text = forms.CharField(
        label=_("补充说明"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RegisterForm(forms.Form):
    """A request that came by letter, in person or from relatives."""

    kind = forms.ChoiceField(label=_("请求"), choices=RightKind.choices, widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label=_("提出方式"),
        widget=forms.RadioSelect,
        choices=[choice for choice in AskedHow.choices if choice[0] != AskedHow.SELF],
    )
    text = forms.CharField(
        label=_("登记说明"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("请写明请求人是谁、凭什么证明身份。登记后由另一名干部决定。"),
    )


class DecisionForm(forms.Form):
    """An officer's decision on a request."""

    checked = forms.BooleanField(label=_("我已核对请求人的身份"), required=False)
    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("职工本人会看到这段话。"),
    )

    def clean(self) -> dict[str, Any]:
        """Nothing is carried out for somebody whose identity was not checked."""
        data = super().clean() or {}
        if self.data.get("decision") == "grant" and not data.get("checked"):
            self.add_error("checked", _("同意前请先核对请求人的身份。"))
        return data
