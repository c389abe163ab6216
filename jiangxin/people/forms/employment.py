"""Forms of employment spells, with the question that a second current unit raises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxin.people.forms.fields import BLANK, DayField
from jiangxin.people.models import Employment
from jiangxin.people.words import WorkerKind

LEFT, BOTH = "left", "both"
ABOUT_OTHER = ("other", "left_on")


class EmploymentForm(forms.Form):
    """One employment spell; `other` is the spell that is current besides it, about which the officer is asked."""

    unit_text = forms.CharField(
        label=_("工作单位"), max_length=300, help_text=_("请写单位全称，照证明文件填写。")
    )
    post = forms.CharField(label=_("岗位"), max_length=200, required=False)
    worker_kind = forms.ChoiceField(label=_("人员类别"), required=False, choices=[BLANK, *WorkerKind.choices])
    is_new_form = forms.BooleanField(label=_("新就业形态"), required=False)
    is_cross_province = forms.BooleanField(label=_("跨省务工"), required=False)
    from_on = DayField(label=_("开始日期"), required=False, max_length=30)
    to_on = DayField(label=_("结束日期"), required=False, max_length=30, help_text=_("现单位请留空。"))
    other = forms.ChoiceField(
        label=_("原来的单位"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(LEFT, _("已经离开")), (BOTH, _("同时在两处工作"))],
    )
    left_on = DayField(
        label=_("离开日期"), required=False, max_length=30, help_text=_("选“已经离开”时填写。")
    )
    note = forms.CharField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("同时在两处工作时，请写明原因，例如：借调、兼职。"),
    )

    def __init__(
        self,
        *args: Any,
        spell: Employment | None = None,
        other: Employment | None = None,
        **kwargs: Any,
    ) -> None:
        if spell is not None:
            kwargs.setdefault("initial", self._known(spell))
        super().__init__(*args, **kwargs)
        self._other = other
        if other is None:
            for name in ABOUT_OTHER:
                del self.fields[name]
        else:
            self.fields["other"].help_text = gettext("已登记的现单位是“%(unit)s”。") % {
                "unit": other.unit_text
            }

    @staticmethod
    def _known(spell: Employment) -> dict[str, Any]:
        named = ("unit_text", "post", "worker_kind", "is_new_form", "is_cross_province", "note")
        days = {name: getattr(spell, name) for name in ("from_on", "to_on")}
        return {
            **{name: getattr(spell, name) for name in named},
            **{name: day.isoformat() if day else "" for name, day in days.items()},
        }

    def clean(self) -> dict[str, Any]:
        """A second current unit needs a choice, and what belongs to it."""
        data = super().clean() or {}
        if self._other is None or data.get("to_on") or "to_on" in self.errors:
            return data
        match data.get("other"):
            case "left" if not data.get("left_on") and "left_on" not in self.errors:
                self.add_error("left_on", gettext("请填写离开原单位的日期。"))
            case "both" if not data.get("note"):
                self.add_error("note", gettext("请写明为什么同时在两处工作，例如：借调、兼职。"))
            case "" | None:
                self.add_error(
                    "other",
                    gettext("已登记的现单位是“%(unit)s”，请选择是否已经离开。")
                    % {"unit": self._other.unit_text},
                )
        return data

    def answers(self) -> dict[str, Any]:
        """Clean values for ``take_employment``."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ABOUT_OTHER}
        has_left = not data["to_on"] and self.cleaned_data.get("other") == LEFT
        return {
            "values": data,
            "leaving": self._other if has_left else None,
            "left_on": self.cleaned_data.get("left_on") if has_left else None,
        }


class LeavingForm(forms.Form):
    """The day on which the worker left a unit."""

    to_on = DayField(label=_("离开日期"), max_length=30, help_text=_("例如：2025年4月28日。"))
