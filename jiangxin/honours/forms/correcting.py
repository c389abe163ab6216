"""The form that writes a mistyped conferral rightly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.forms.conferral import DayField, HonourField
from jiangxin.honours.models import Conferral, Honour
from jiangxin.honours.words import Pot

_PLAIN = ("printed_title", "year", "decision_no", "certificate_no", "granter_text", "unit_text", "post_text",
          "category", "pot")  # fmt: skip


class CorrectionForm(forms.Form):
    """Every field as it stands; what is left alone stays."""

    honour = HonourField(label=_("荣誉"), queryset=Honour.objects.by_rank())
    printed_title = forms.CharField(
        label=_("所印名称"), required=False, max_length=120, help_text=_("证书或名单上的写法。")
    )
    year = forms.IntegerField(label=_("年份"), required=False, min_value=1921, max_value=2200)
    conferred_on = DayField(label=_("授予日期"), required=False, help_text=_("例如 2025年4月28日"))
    granter_text = forms.CharField(label=_("授予机关"), required=False, max_length=200)
    decision_no = forms.CharField(label=_("决定文号"), required=False, max_length=80)
    certificate_no = forms.CharField(label=_("证书编号"), required=False, max_length=60)
    unit_text = forms.CharField(label=_("单位（按证书所印）"), required=False, max_length=300)
    post_text = forms.CharField(label=_("职务（按证书所印）"), required=False, max_length=200)
    category = forms.CharField(
        label=_("等次或类别"), required=False, max_length=40, help_text=_("例如：一等、先进工作者。")
    )
    pot = forms.ChoiceField(label=_("名额"), required=False, choices=Pot.choices)
    bonus = forms.DecimalField(
        label=_("奖金（元）"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    reason = forms.CharField(
        label=_("更正理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("本人会看到，至少 10 个字。"),
    )

    def __init__(self, *args: Any, conferral: Conferral, **kwargs: Any) -> None:
        kwargs["initial"] = _said_of(conferral)
        super().__init__(*args, **kwargs)

    def rightly(self) -> dict[str, Any]:
        """Keyword arguments for `correct_conferral` beside the reason."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        bonus: Decimal | None = data.pop("bonus")
        return {**data, "bonus_fen": None if bonus is None else int(bonus * 100)}


def _said_of(conferral: Conferral) -> dict[str, Any]:
    said = {name: getattr(conferral, name) for name in _PLAIN}
    bonus = None if conferral.bonus_fen is None else Decimal(conferral.bonus_fen) / 100
    day = conferral.conferred_on.isoformat() if conferral.conferred_on else ""
    return {**said, "honour": conferral.honour_id, "conferred_on": day, "bonus": bonus}
