"""Forms of decisions: a reason, a revocation, a question about a higher honour, a re-check."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.forms.conferral import DayField
from jiangxin.honours.models import Revocation
from jiangxin.honours.words import Grounds

_AREA = {"rows": 4}


class ReasonForm(forms.Form):
    """A reason somebody else will read."""

    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs=_AREA))


class RevokeForm(forms.Form):
    """A revocation with its grounds and decision."""

    grounds = forms.ChoiceField(label=_("撤销事由"), choices=Grounds.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("说明"), max_length=2000, widget=forms.Textarea(attrs=_AREA))
    decision_no = forms.CharField(label=_("决定文号"), required=False, max_length=80)
    decided_on = DayField(label=_("决定日期"), required=False, help_text=_("不填则为今天。"))
    is_reason_public = forms.BooleanField(label=_("公开撤销事由"), required=False)


class ProposalForm(forms.Form):
    """Keep the higher honour, or revoke it too."""

    decision = forms.ChoiceField(
        label=_("决定"),
        choices=[("keep", _("保留这项荣誉")), ("revoke", _("撤销这项荣誉"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs=_AREA))
    decision_no = forms.CharField(label=_("决定文号"), required=False, max_length=80)


class RecheckForm(forms.Form):
    """The result of a yearly look."""

    answer = forms.ChoiceField(
        label=_("结果"), choices=[("pass", _("无异常")), ("doubt", _("有疑问"))], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs=_AREA)
    )


class ReturnForm(forms.Form):
    """What came back of a revoked honour, or why it cannot."""

    medal_returned_on = DayField(
        label=_("奖章和证书收回日期"), required=False, help_text=_("例如 2025年4月28日")
    )
    bonus_returned = forms.DecimalField(
        label=_("已追回奖金合计（元）"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, revocation: Revocation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not revocation.is_medal_out:
            del self.fields["medal_returned_on"]
        if not revocation.bonus_out_fen:
            del self.fields["bonus_returned"]

    def recorded(self) -> dict[str, Any]:
        """Keyword arguments for `record_return`."""
        data = self.cleaned_data
        bonus: Decimal | None = data.get("bonus_returned")
        return {
            "medal_returned_on": data.get("medal_returned_on"),
            "bonus_returned_fen": None if bonus is None else int(bonus * 100),
            "note": data["note"],
        }
