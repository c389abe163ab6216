"""Forms for organisations and employers: HTML input to clean values."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.orgs import queries
from jiangxin.orgs.actions import EmployerFacts
from jiangxin.orgs.models import Employer, Org, Region
from jiangxin.orgs.rules import NAME_LENGTH, NOTE_LENGTH
from jiangxin.orgs.words.choices import EmployerSize, OrgKind, OrgState, Ownership, UnitNameKind

ANY = ("", _("全部"))
UNKNOWN = ("", _("未知"))
FACTS = ("uscc", "ownership", "size", "industry", "region", "parent", "successor")


class DayField(forms.DateField):
    """A day picked or typed; not in the future unless allowed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)

    def clean(self, value: Any) -> datetime.date | None:
        """Refuse days before the first unions and after today."""
        day: datetime.date | None = super().clean(value)
        if day is not None and not datetime.date(1840, 1, 1) <= day <= timezone.localdate():
            raise forms.ValidationError(_("请填写今天或以前的日期。"), code="future")
        return day


class RegionField(forms.CharField):
    """A region by its six-digit code; cleans to the Region in force."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("区划代码"))
        options.setdefault("help_text", _("六位数字，例如 330106。可在“行政区划”中查到。"))
        options.setdefault("required", False)
        super().__init__(max_length=6, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **options)

    def clean(self, value: Any) -> Any:
        """None when empty; otherwise the region today, or a sentence that names the table."""
        code = super().clean(value)
        if not code:
            return None
        answer = queries.resolve_region(code)
        if answer.region is None or answer.note:
            raise forms.ValidationError(answer.note, code="region")
        return answer.region

    def prepare_value(self, value: Any) -> Any:
        """Show the code of a region."""
        return value.code if isinstance(value, Region) else value


class EmployerField(forms.CharField):
    """An employer by its credit code or by a name it carries or carried; cleans to the one Employer or None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(max_length=NAME_LENGTH, **options)

    def clean(self, value: Any) -> Any:
        """None when empty; a sentence when there is none of this name, or more than one."""
        text = super().clean(value)
        if not text:
            return None
        found = queries.employers_called(text)
        if not found:
            raise forms.ValidationError(
                _("没有登记过名为“%(text)s”的单位，请核对全称。"), "none", {"text": text}
            )
        if len(found) > 1:
            raise forms.ValidationError(
                _("名为“%(text)s”的单位不止一个，请改填统一社会信用代码。"), "several", {"text": text}
            )
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        """Show the credit code where there is one, else the name."""
        return (value.uscc or value.name) if isinstance(value, Employer) else value


class OrgFilterForm(forms.Form):
    """What narrows the list of organisations."""

    q = forms.CharField(label=_("名称或编号"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[ANY, *OrgKind.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *OrgState.choices])
    region = forms.RegexField(r"^\d{6}$", label=_("区划代码"), required=False)

    def wanted(self) -> dict[str, str]:
        """The filters that can be understood, as `orgs_found` takes them."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "text": given.get("q", ""),
            "kind": given.get("kind", ""),
            "state": given.get("state", ""),
            "region_code": given.get("region", ""),
        }


class OrgForm(forms.Form):
    """Facts of an organisation besides its name and place."""

    kind = forms.ChoiceField(label=_("类型"), choices=OrgKind.choices)
    short_name = forms.CharField(label=_("简称"), required=False, max_length=60)
    code = forms.CharField(
        label=_("组织编号"),
        required=False,
        max_length=32,
        help_text=_("本组织自己的编号，成批导入时用来认出它。"),
    )
    region = RegionField()
    founded_on = DayField(label=_("成立日期"), required=False)

    @staticmethod
    def initial_of(org: Org) -> dict[str, Any]:
        """The facts an organisation has now."""
        return {name: getattr(org, name) for name in ("kind", "short_name", "code", "region", "founded_on")}


class NewOrgForm(OrgForm):
    """A new organisation below a parent."""

    name = forms.CharField(label=_("组织名称"), max_length=NAME_LENGTH, help_text=_("与公章一致的全称。"))
    field_order = ("name", "kind")


class ChangeForm(forms.Form):
    """The day and the reason of a change, and the stamp of what the officer saw."""

    on = DayField(label=_("生效日期"), required=False, help_text=_("不填为今天。"))
    note = forms.CharField(
        label=_("依据或说明"), required=False, max_length=NOTE_LENGTH, help_text=_("例如批复文号。")
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)


class RenameForm(ChangeForm):
    """A new name."""

    name = forms.CharField(label=_("新名称"), max_length=NAME_LENGTH)
    field_order = ("name",)


class SplitForm(ChangeForm):
    """A new organisation split off, and who goes over to it."""

    name = forms.CharField(label=_("新组织名称"), max_length=NAME_LENGTH)
    children: "forms.ModelMultipleChoiceField[Org]" = forms.ModelMultipleChoiceField(
        label=_("划给新组织的下级组织"), required=False, queryset=None, widget=forms.CheckboxSelectMultiple
    )
    employers: "forms.ModelMultipleChoiceField[Employer]" = forms.ModelMultipleChoiceField(
        label=_("划给新组织的单位"), required=False, queryset=None, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("name", "children", "employers")

    def __init__(self, *args: Any, org: Org, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["children"].queryset = queries.children_in_register(org)  # type: ignore[attr-defined]  # model field
        self.fields["employers"].queryset = queries.employers_of(org)  # type: ignore[attr-defined]  # model field
        for name, words in (("children", _("没有下级组织。")), ("employers", _("还没有登记单位。"))):
            if not self.fields[name].queryset:  # type: ignore[attr-defined]  # model field
                self.fields[name].help_text = words


class IndustryField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """An industry, by code and name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Code and name."""
        return f"{obj.code} {obj.shown_name}"


class EmployerFilterForm(forms.Form):
    """What narrows the list of employers."""

    q = forms.CharField(label=_("名称或信用代码"), required=False, max_length=60)
    ownership = forms.ChoiceField(label=_("所有制"), required=False, choices=[ANY, *Ownership.choices])
    size = forms.ChoiceField(label=_("规模"), required=False, choices=[ANY, *EmployerSize.choices])
    section = forms.ChoiceField(label=_("行业"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sections = [(each.code, f"{each.code} {each.shown_name}") for each in queries.industries()]
        self.fields["section"].choices = [ANY, *sections]  # type: ignore[attr-defined]  # choice field

    def wanted(self) -> dict[str, str]:
        """The filters that can be understood, as `employers_found` takes them."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "text": given.get("q", ""),
            "ownership": given.get("ownership", ""),
            "size": given.get("size", ""),
            "section": given.get("section", ""),
        }


class EmployerForm(forms.Form):
    """Facts of an employer besides its name."""

    uscc = forms.CharField(label=_("统一社会信用代码"), required=False, max_length=20)
    ownership = forms.ChoiceField(label=_("所有制"), required=False, choices=[UNKNOWN, *Ownership.choices])
    size = forms.ChoiceField(label=_("规模"), required=False, choices=[UNKNOWN, *EmployerSize.choices])
    industry = IndustryField(label=_("行业"), required=False, queryset=None, empty_label=UNKNOWN[1])
    region = RegionField()
    parent = EmployerField(label=_("上级单位"), help_text=_("母公司或主管单位的全称，或统一社会信用代码。"))
    successor = EmployerField(
        label=_("承继单位"), help_text=_("本单位合并、改制后由哪个单位承继；仍在经营的请留空。")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["industry"].queryset = queries.all_industries()  # type: ignore[attr-defined]  # model field

    @staticmethod
    def initial_of(employer: Employer) -> dict[str, Any]:
        """The facts an employer has now."""
        return {name: getattr(employer, name) for name in FACTS}

    def facts(self) -> EmployerFacts:
        """The clean facts."""
        return EmployerFacts(**{name: self.cleaned_data[name] for name in FACTS})


class NewEmployerForm(EmployerForm):
    """A new employer below a union."""

    name = forms.CharField(label=_("单位名称"), max_length=NAME_LENGTH, help_text=_("营业执照上的全称。"))
    field_order = ("name",)


class EmployerNameForm(forms.Form):
    """A new name of an employer, or one more name it is printed with."""

    name = forms.CharField(label=_("名称"), max_length=NAME_LENGTH)
    kind = forms.ChoiceField(label=_("这是"), choices=UnitNameKind.choices)
    on = DayField(label=_("更名日期"), required=False, help_text=_("只在更改现名时用；不填为今天。"))
