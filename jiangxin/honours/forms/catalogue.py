"""Forms of the catalogue: settle an unknown title, add an honour."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.forms.conferral import HonourField
from jiangxin.honours.models import Honour, UnknownTitle
from jiangxin.honours.queries.catalogue import unknown_titles
from jiangxin.honours.words import Family, HonourKind, Level
from jiangxin.kernel.access import Actor


class SettleForm(forms.Form):
    """Which honour a printed title means."""

    title = forms.ModelChoiceField(label=_("所印名称"), queryset=UnknownTitle.objects.none())
    honour = HonourField(label=_("是目录中的哪一项"), queryset=Honour.objects.by_rank())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        title = self.fields["title"]
        assert isinstance(title, forms.ModelChoiceField)  # noqa: S101 - declared above
        title.queryset = unknown_titles(actor)


class NewHonourForm(forms.Form):
    """An honour of this installation."""

    title = forms.CharField(label=_("名称"), max_length=80)
    title_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    code = forms.SlugField(
        label=_("代码"), max_length=40, help_text=_("小写英文字母、数字和连字符，例如 linjiang-model。")
    )
    level = forms.ChoiceField(label=_("级别"), choices=Level.choices)
    granter = forms.CharField(label=_("授予机关"), max_length=120)
    kind = forms.ChoiceField(label=_("授予对象"), choices=HonourKind.choices)
    family = forms.ChoiceField(label=_("类别"), choices=Family.choices, required=False)
    rhythm = forms.CharField(
        label=_("周期"), max_length=40, required=False, help_text=_("例如：每年、每五年。")
    )
    medal = forms.CharField(label=_("奖章"), max_length=40, required=False)
    certificate = forms.CharField(label=_("证书"), max_length=40, required=False)
    bonus = forms.DecimalField(
        label=_("奖金（元）"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    treatment = forms.CharField(
        label=_("待遇"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行写一项。"),
    )
    criteria = forms.CharField(
        label=_("条件"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(label=_("依据"), max_length=300, required=False)

    def described(self) -> dict[str, Any]:
        """Keyword arguments for `add_honour`."""
        data = dict(self.cleaned_data)
        bonus: Decimal | None = data.pop("bonus")
        lines = [line.strip() for line in data.pop("treatment").splitlines() if line.strip()]
        return {**data, "treatment": lines, "bonus_fen": None if bonus is None else int(bonus * 100)}
