"""Forms of passport entries, disputes and answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.people.forms.fields import PartialDateField
from jiangxin.people.queries.passport import TimelineEntry
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
    detail = forms.CharField(
        label=_("说明"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class EntryCorrectionForm(forms.Form):
    """An entry as it should have been written, and why."""

    title = forms.CharField(label=_("标题"), max_length=200)
    happened = PartialDateField(
        label=_("时间"), max_length=30, required=False, help_text=_("只知道年份也可以，例如：2019年。")
    )
    issuer = forms.CharField(label=_("证明单位"), max_length=200, required=False)
    detail = forms.CharField(
        label=_("说明"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(
        label=_("更正原因"), max_length=300, help_text=_("职工本人会看到，例如：与决定原文核对。")
    )

    def __init__(self, *args: Any, item: TimelineEntry, **kwargs: Any) -> None:
        entry = item.entry
        known = {"title": entry.title, "issuer": entry.issuer, "detail": entry.detail}
        kwargs.setdefault("initial", {**known, "happened": self._written_time(item)})
        super().__init__(*args, **kwargs)

    @staticmethod
    def _written_time(item: TimelineEntry) -> str:
        """The time in a form that can be read back, in whichever language the page speaks."""
        entry = item.entry
        if entry.happened_on:
            return entry.happened_on.isoformat()
        return str(entry.evidence.get("printed_time") or entry.year or "")

    def corrections(self) -> dict[str, Any]:
        """Clean values for ``correct_entry``."""
        data = dict(self.cleaned_data)
        happened = data.pop("happened")
        if happened is None:
            return data
        if happened.precision == "day":
            return {**data, "happened_on": happened.first_day}
        printed = {"printed_time": str(happened)} if happened.precision == "month" else {}
        return {**data, "year": happened.year, **printed}


class WithdrawalForm(forms.Form):
    """Why an entry is withdrawn."""

    reason = forms.CharField(label=_("撤销原因"), max_length=300, help_text=_("职工本人会看到。"))


class DisputeForm(forms.Form):
    """What the worker says about a fact."""

    kind = forms.ChoiceField(label=_("您希望"), choices=DisputeKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("请写明哪里不对，或为什么不宜公开。"),
    )


class AnswerForm(forms.Form):
    """An officer's answer to a dispute."""

    answer = forms.CharField(
        label=_("答复"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("职工本人会看到这段话。"),
    )
