"""Forms of decisions: a reason, a revocation, a question about a higher honour, a re-check."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.forms.conferral import DayField
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
