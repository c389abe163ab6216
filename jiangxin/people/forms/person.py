"""Forms of the record, its employment spells and skills, and of the list of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor
from jiangxin.orgs.models import Org
from jiangxin.people.forms.fields import (
    BLANK,
    CHOOSE,
    UNCHANGED,
    DayField,
    OrgField,
    PartialDateField,
    RegionField,
    table_choices,
)
from jiangxin.people.models import Person
from jiangxin.people.queries.facts import identity_remark
from jiangxin.people.states import PERSON_FLOW
from jiangxin.people.words import PersonState, Sex, SkillRoute, SkillStep

CORRECTED = (
    "sex",
    "ethnic",
    "political_status",
    "education",
    "id_number",
    "phone",
    "email",
    "region",
)


class PersonForm(forms.Form):
    """A record to be opened or corrected; protected values are left empty to be kept as they are."""

    name = forms.CharField(
        label=_("姓名"), max_length=100, help_text=_("少数民族姓名请写间隔号，例如：买买提·艾力。")
    )
    id_number = forms.CharField(label=_("身份证号"), max_length=30, required=False)
    sex = forms.ChoiceField(label=_("性别"), required=False, choices=[BLANK, *Sex.choices])
    birth = PartialDateField(
        label=_("出生日期"),
        required=False,
        max_length=30,
        help_text=_("只知道年或年月也可以，例如：1985年3月。"),
    )
    ethnic = forms.ChoiceField(label=_("民族"), required=False)
    political_status = forms.ChoiceField(label=_("政治面貌"), required=False)
    education = forms.ChoiceField(label=_("学历"), required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    region = RegionField(
        label=_("地区"), required=False, max_length=60, help_text=_("例如：江苏省南京市，或六位区划代码。")
    )
    org = OrgField(label=_("所属工会"), required=False, max_length=120)

    KEPT_WHEN_EMPTY = ("id_number", "phone", "email", "birth", "ethnic", "political_status")

    def __init__(self, *args: Any, actor: Actor, person: Person | None = None, **kwargs: Any) -> None:
        if person is not None:
            kwargs.setdefault("initial", self._known(person))
        super().__init__(*args, **kwargs)
        org = self.fields["org"]
        assert isinstance(org, OrgField)  # noqa: S101 - declared above
        org.paths = actor.paths_for("people.add_person")
        self._home = person.org if person is not None else getattr(actor, "org", None)
        for table in ("ethnic", "political_status", "education"):
            field = self.fields[table]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = table_choices(table)
        if person is not None:
            self._keep_protected(person)

    def clean_org(self) -> Org | None:
        """A record stays with (or comes to) the own union when none is named: nobody would find it otherwise."""
        named: Org | None = self.cleaned_data["org"]
        org = self.fields["org"]
        assert isinstance(org, OrgField)  # noqa: S101 - declared above
        return named if named is not None or "" in org.paths else self._home

    @staticmethod
    def _known(person: Person) -> dict[str, Any]:
        return {
            "name": person.name,
            "sex": person.sex,
            "education": person.education,
            "region": person.region,
            "org": person.org,
        }

    def remarks(self) -> list[str]:
        """What is worth telling about values that were taken: an old region code, an identity number's region."""
        region = self.fields["region"]
        assert isinstance(region, RegionField)  # noqa: S101 - declared above
        about_number = identity_remark(self.cleaned_data.get("id_number", ""))
        return [remark for remark in (region.note, about_number) if remark]

    def _keep_protected(self, person: Person) -> None:
        held = {
            "birth": person.birth_on,
            **{name: getattr(person, name) for name in self.KEPT_WHEN_EMPTY if name != "birth"},
        }
        for name, value in held.items():
            if not value:
                continue
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = table_choices(name, first=UNCHANGED)
            field.help_text = _("已登记，为保护隐私不显示。留空则保持不变。")

    def changes(self) -> dict[str, Any]:
        """Clean values for ``correct_person``; protected fields left empty are not among them."""
        data = dict(self.cleaned_data)
        birth = data.pop("birth")
        changed = {key: value for key, value in data.items() if key in CORRECTED}
        if birth is not None:
            changed |= {"birth_on": birth.first_day, "birth_precision": birth.precision}
        return {key: value for key, value in changed.items() if value or key not in self.KEPT_WHEN_EMPTY}


class NewPersonForm(PersonForm):
    """A record to be opened, with the present unit."""

    unit_text = forms.CharField(label=_("现单位"), max_length=300, required=False)
    post = forms.CharField(label=_("岗位"), max_length=200, required=False)
    field_order = ("name", "unit_text", "post", "org", "region", "id_number", "sex", "birth")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"org": getattr(actor, "org", None)})
        super().__init__(*args, actor=actor, **kwargs)

    def record(self) -> dict[str, Any]:
        """Clean values for ``register_worker``, without the empty ones."""
        known = {name: self.cleaned_data[name] for name in ("name", "org", "unit_text", "post")}
        return {key: value for key, value in {**self.changes(), **known}.items() if value}


class SkillForm(forms.Form):
    """One skill level."""

    occupation_text = forms.CharField(label=_("职业（工种）"), max_length=100)
    level = forms.TypedChoiceField(label=_("等级"), coerce=int, choices=[CHOOSE, *SkillStep.choices])
    how = forms.ChoiceField(label=_("取得方式"), choices=[CHOOSE, *SkillRoute.choices])
    authority = forms.CharField(label=_("评定机构"), max_length=200, required=False)
    certificate_no = forms.CharField(label=_("证书编号"), max_length=60, required=False)
    issued_on = DayField(label=_("发证日期"), required=False, max_length=30)
    valid_until = DayField(label=_("有效期至"), required=False, max_length=30)


class StandingForm(forms.Form):
    """A move of the worker's standing."""

    move = forms.ChoiceField(label=_("改为"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        move = self.fields["move"]
        assert isinstance(move, forms.ChoiceField)  # noqa: S101 - declared above
        move.choices = [CHOOSE, *((each.name, each.title) for each in PERSON_FLOW.moves_from(person.state))]


class RevealForm(forms.Form):
    """The reason for looking at a masked value."""

    reason = forms.CharField(
        label=_("查看原因"), max_length=200, help_text=_("职工本人会看到是谁、何时、因为什么查看。")
    )


class FilterForm(forms.Form):
    """What the list of people is narrowed to."""

    q = forms.CharField(label=_("姓名、单位或荣誉"), max_length=100, required=False)
    region = RegionField(label=_("地区"), max_length=60, required=False)
    org = OrgField(label=_("工会"), max_length=120, required=False)
    honour = forms.CharField(label=_("荣誉代码"), max_length=40, required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *PersonState.choices]
    )
    after = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        org = self.fields["org"]
        assert isinstance(org, OrgField)  # noqa: S101 - declared above
        org.paths = actor.paths_for("people.view_person")
