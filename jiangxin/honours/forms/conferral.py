"""Forms of the list of conferrals and of a new conferral."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.models import Collective, Honour
from jiangxin.honours.queries.conferrals import (
    ConferralFilter,
    collective_addressed,
    offices_of,
    person_for_conferral,
)
from jiangxin.honours.words import ConferralState, Pot
from jiangxin.kernel.access import Actor
from jiangxin.kernel.text.dates import parse_day
from jiangxin.kernel.text.errors import TextError
from jiangxin.people.models import Person

EVERY = ("", _("全部"))
CHOOSE = ("", _("请选择"))


class HonourField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """An honour of the catalogue, shown in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """The title as readers of this language know it."""
        return str(obj.shown_title)


class DayField(forms.CharField):
    """A date known to the day, as people write it; cleans to a date or None."""

    def clean(self, value: Any) -> Any:
        """Read the day; the sentence of the text tools says what is wrong."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_day(text)
        except TextError as fault:
            raise ValidationError(str(fault)) from fault


class FilterForm(forms.Form):
    """Filters of the list; what cannot be understood narrows nothing."""

    q = forms.CharField(label=_("姓名或单位"), required=False, max_length=60)
    honour = HonourField(
        label=_("荣誉"), required=False, queryset=Honour.objects.by_rank(), empty_label=EVERY[1]
    )
    year = forms.IntegerField(label=_("年份"), required=False, min_value=1921, max_value=2200)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[EVERY, *ConferralState.choices])
    org = forms.ChoiceField(label=_("工会"), required=False, choices=[EVERY])
    credential = forms.ChoiceField(
        label=_("凭证"), required=False, choices=[EVERY, ("missing", _("未签发")), ("held", _("已签发"))]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        org = self.fields["org"]
        assert isinstance(org, forms.ChoiceField)  # noqa: S101 - declared above
        org.choices = [EVERY, *offices_of(actor)]

    def wanted(self) -> ConferralFilter:
        """What to narrow the list to."""
        self.is_valid()
        data = {name: value for name, value in self.cleaned_data.items() if value}
        return ConferralFilter(text=data.pop("q", ""), **data)


class ListFilterForm(forms.Form):
    """What narrows the published lists; what cannot be understood narrows nothing."""

    q = forms.CharField(label=_("名单名称"), required=False, max_length=60)
    year = forms.IntegerField(label=_("年份"), required=False, min_value=1921, max_value=2200)

    def wanted(self) -> dict[str, Any]:
        """Keyword arguments for `lists_for`."""
        self.is_valid()
        return {"text": self.cleaned_data.get("q", ""), "year": self.cleaned_data.get("year")}


class ConferForm(forms.Form):
    """One decision about one worker (by record number, or already named) or collective (by name)."""

    person = forms.CharField(
        label=_("职工档案编号"), required=False, max_length=26, help_text=_("在职工档案页可以直接进入本页。")
    )
    collective = forms.CharField(label=_("或集体名称"), required=False, max_length=200)
    honour = HonourField(label=_("荣誉"), queryset=Honour.objects.in_use().by_rank(), empty_label=CHOOSE[1])
    year = forms.IntegerField(label=_("年份"), min_value=1921, max_value=2200)
    conferred_on = DayField(label=_("授予日期"), required=False, help_text=_("例如 2025年4月28日"))
    decision_no = forms.CharField(label=_("决定文号"), required=False, max_length=80)
    certificate_no = forms.CharField(label=_("证书编号"), required=False, max_length=60)
    pot = forms.ChoiceField(label=_("名额"), required=False, choices=Pot.choices)
    bonus = forms.DecimalField(
        label=_("奖金（元）"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    unit_text = forms.CharField(label=_("单位（按证书所印）"), required=False, max_length=300)
    post_text = forms.CharField(label=_("职务（按证书所印）"), required=False, max_length=200)
    waiver = forms.CharField(
        label=_("不具备荣誉基础的理由"),
        required=False,
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("只有一般应当具备而未具备下一级荣誉时填写，至少 20 个字。"),
    )
    with_credential = forms.BooleanField(label=_("同时签发凭证"), required=False)

    def __init__(self, *args: Any, actor: Actor, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.named = actor, person
        self.holder: Person | Collective
        for name in ("person", "collective") if person is not None else ():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Find the holder; exactly one of the two ways must be given."""
        data = super().clean() or {}
        if self.named is not None:
            self.holder = self.named
            return data
        person, collective = data.get("person", ""), data.get("collective", "")
        if bool(person) == bool(collective):
            raise ValidationError(_("请填写职工档案编号或集体名称，二者填一项。"))
        if person:
            found = person_for_conferral(self.actor, person.strip())
            if found is None:
                raise ValidationError({"person": _("在您管理的范围内没有这个编号的档案。")})
            self.holder = found
        else:
            self.holder = self._collective(collective)
        return data

    def _collective(self, name: str) -> Collective:
        found = collective_addressed(self.actor, name)
        if found is None:
            raise ValidationError({"collective": _("没有登记过这个集体，请先通过名单导入登记。")})
        return found

    def decision(self) -> dict[str, Any]:
        """Keyword arguments for `confer_after_check`."""
        data = dict(self.cleaned_data)
        bonus: Decimal | None = data.pop("bonus")
        for name in ("person", "collective", "with_credential"):
            data.pop(name, None)
        return {**data, "bonus_fen": None if bonus is None else int(bonus * 100)}
