"""What the address of the register may say."""

from typing import Any, Literal, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.people.queries.register import RegisterQuery

ORDERS = (("", _("最相关")), ("newest", _("最近登记")), ("name", _("姓名拼音")))
KINDS = (("", pgettext_lazy("register", "职工")), ("collective", pgettext_lazy("register", "集体")))
Order = Literal["", "newest", "ranked", "name"]


class RegisterForm(forms.Form):
    """Workers or collectives, words, the four facets, the order and the place in the list; each keeps to the letters its codes have."""

    kind = forms.ChoiceField(label=_("名录种类"), required=False, choices=KINDS)
    q = forms.CharField(label=_("查找"), required=False, max_length=100)
    honour = forms.RegexField(r"^[a-z0-9-]{1,40}$", label=_("荣誉"), required=False)
    year = forms.RegexField(r"^[0-9]{4}$", label=_("年份"), required=False)
    region = forms.RegexField(r"^([0-9]{2}){1,3}$", label=_("地区"), required=False)
    industry = forms.RegexField(r"^([A-T]|[0-9]{2})$", label=_("行业"), required=False)
    order = forms.ChoiceField(label=_("排序"), required=False, choices=ORDERS)
    after = forms.CharField(required=False, max_length=400)
    more = forms.CharField(required=False, max_length=10)

    @property
    def ignored(self) -> list[str]:
        """Labels of what could not be understood."""
        return [str(self.fields[name].label) for name in self.errors if self.fields[name].label]

    @property
    def teams(self) -> bool:
        """Whether collectives are asked for."""
        return "kind" in self.said

    @property
    def wanted(self) -> RegisterQuery:
        """The question; what could not be understood narrows nothing."""
        said = self.said
        return RegisterQuery(
            text=said.get("q", ""),
            year=said.get("year", ""),
            honour=said.get("honour", ""),
            region=said.get("region", ""),
            industry=said.get("industry", ""),
            order=cast("Order", said.get("order", "")),
            after=said.get("after", ""),
        )

    @property
    def said(self) -> dict[str, Any]:
        """The understood values that are not empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
