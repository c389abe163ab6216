"""Forms of passport entries, disputes and answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.people.forms.fields import PartialDateField
from jiangxin.people.words import DisputeKind

ENTRY_KINDS = (
    ("people.milestone", _("经历")),
    ("people.skill", _("技能")),
    ("people.mentoring", _("师带徒")),
)


class EntryForm(forms.Form):
    """One fact an officer writes into the passport."""

    kind = forms.ChoiceField(label=_("种类"), choices=ENTRY_KINDS)
    title = forms.CharField(label=_("标题"), max_length=200)
    happened = PartialDateField(
        label=_("时间"), max_length=30, help_text=_("只知道年份也可以，例如：2019年。")
    )
    issuer = forms.CharField(label=_("证明单位"), max_length=200, required=False)
    detail = forms.CharField(label=_("说明"), max_length=2000, required=False, widget=forms.Textarea)


class DisputeForm(forms.Form):
    """What the worker says about a fact."""

    kind = forms.ChoiceField(label=_("您希望"), choices=DisputeKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("理由"),
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("请写明哪里不对，或为什么不宜公开。"),
    )


class AnswerForm(forms.Form):
    """An officer's answer to a dispute."""

    answer = forms.CharField(
        label=_("答复"), max_length=2000, widget=forms.Textarea, help_text=_("职工本人会看到这段话。")
    )
