"""Form fields for dates of any precision, organisations and regions given by name, and codes of national tables."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.text.dates import PartialDate, parse_date, parse_day
from jiangxin.kernel.text.errors import TextError
from jiangxin.orgs.models import Org, Region
from jiangxin.orgs.queries.regions import (
    full_region_name,
    present_regions_of,
    resolve_region,
    resolve_region_text,
)
from jiangxin.orgs.queries.tree import orgs_named
from jiangxin.people.queries.facts import TABLES

REGION_DIGITS = 6
BLANK = ("", _("未填写"))
CHOOSE = ("", _("请选择"))
UNCHANGED = ("", _("不变"))


def table_choices(table: str, *, first: tuple[str, Any] = BLANK) -> list[tuple[str, Any]]:
    """Choices of a national table in the reader's language, with an empty `first` one."""
    english = (get_language() or "").startswith("en")
    return [first, *((word.code, word.name_en if english else word.name) for word in TABLES[table]())]


class PartialDateField(forms.CharField):
    """A date as people write it, known to the year, the month or the day; cleans to a PartialDate or None."""

    def clean(self, value: Any) -> PartialDate | None:
        """Read the date; the sentence of the text tools says what is wrong."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except TextError as error:
            raise ValidationError(str(error)) from error


class DayField(forms.CharField):
    """A date known to the day; cleans to a date or None."""

    def clean(self, value: Any) -> datetime.date | None:
        """Read the day; the sentence of the text tools says what is wrong."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_day(text)
        except TextError as error:
            raise ValidationError(str(error)) from error


class RegionField(forms.CharField):
    """A region by name or six-digit code; cleans to a Region in force or None.

    A code of an earlier time is led to the one region that took over; ``note`` then says to which.
    """

    note = ""

    def prepare_value(self, value: Any) -> Any:
        """Show a region by its full name."""
        return full_region_name(value) if isinstance(value, Region) else value

    def clean(self, value: Any) -> Region | None:
        """Find the region; part of a code or an unclear name is refused."""
        text = super().clean(value)
        if not text:
            return None
        if text.isdigit():
            return self._coded(text)
        region = resolve_region_text(text)
        if region is None:
            raise ValidationError(
                _("找不到“%(text)s”。请写明省、市、县的名称，例如：江苏省南京市。") % {"text": text}
            )
        return region

    def _coded(self, code: str) -> Region:
        if len(code) != REGION_DIGITS:
            raise ValidationError(_("区划代码应为六位数字，例如 320100。也可以写名称，例如：江苏省南京市。"))
        answer = resolve_region(code)
        if answer.region is None:
            raise ValidationError(answer.note)
        if not answer.note:
            return answer.region
        heirs = present_regions_of(answer.region)
        if len(heirs) != 1:
            raise ValidationError(_("%(note)s请填写现在的地区。") % {"note": answer.note})
        self.note = answer.note
        return heirs[0]


class OrgField(forms.CharField):
    """An organisation by its name below one of the actor's paths; cleans to an Org or None."""

    paths: tuple[str, ...] = ()

    def prepare_value(self, value: Any) -> Any:
        """Show an organisation by its name."""
        return value.name if isinstance(value, Org) else value

    def clean(self, value: Any) -> Org | None:
        """Find the one organisation of this name; none or several are refused."""
        text = super().clean(value)
        if not text:
            return None
        found = {org.pk: org for path in self.paths for org in orgs_named(text, path=path)[:5]}
        if not found:
            raise ValidationError(_("在您管理的范围内没有名为“%(text)s”的工会组织。") % {"text": text})
        if len(found) > 1:
            raise ValidationError(_("名为“%(text)s”的工会组织不止一个，请填写全称。") % {"text": text})
        return next(iter(found.values()))
