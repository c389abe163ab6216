"""Forms of the catalogue: settle an unknown title, add an honour, revise one, give it another name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jiangxin.honours.forms.conferral import CHOOSE, HonourField
from jiangxin.honours.models import Honour, UnknownTitle
from jiangxin.honours.queries.catalogue import unknown_titles
from jiangxin.honours.queries.conferrals import offices_of
from jiangxin.honours.words import FIXED_BY_USE, LOCAL_LEVELS, Family, HonourKind, Level
from jiangxin.kernel.access import Actor
from jiangxin.orgs.models import Org
from jiangxin.orgs.queries.tree import org_at

EDIT = "honours.edit_catalogue"


class SettleForm(forms.Form):
    """Which honour a printed title means."""

    title = forms.ModelChoiceField(
        label=_("所印名称"), queryset=UnknownTitle.objects.none(), empty_label=CHOOSE[1]
    )
    honour = HonourField(label=_("是目录中的哪一项"), queryset=Honour.objects.none(), empty_label=CHOOSE[1])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        title, honour = self.fields["title"], self.fields["honour"]
        assert isinstance(title, forms.ModelChoiceField)  # noqa: S101 - declared above
        assert isinstance(honour, forms.ModelChoiceField)  # noqa: S101 - declared above
        title.queryset = unknown_titles(actor)
        honour.queryset = Honour.objects.kept_by(actor).by_rank()


class EntryForm(forms.Form):
    """What the catalogue says of an honour."""

    title = forms.CharField(label=_("名称"), max_length=80)
    title_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    level = forms.ChoiceField(label=_("级别"), choices=[CHOOSE, *Level.choices])
    granter = forms.CharField(label=_("授予机关"), max_length=120)
    kind = forms.ChoiceField(label=_("授予对象"), choices=HonourKind.choices)
    family = forms.ChoiceField(label=pgettext_lazy("honour", "类别"), choices=Family.choices, required=False)
    rhythm = forms.CharField(
        label=_("周期"), max_length=40, required=False, help_text=_("例如：每年、每五年。")
    )
    medal = forms.CharField(label=_("奖章"), max_length=40, required=False)
    certificate = forms.CharField(label=_("证书"), max_length=40, required=False)
    bonus = forms.DecimalField(
        label=_("奖金（元）"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    treatment = forms.CharField(
        label=_("待遇"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行写一项。"),
    )
    criteria = forms.CharField(
        label=_("条件"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(label=_("目录依据"), max_length=300, required=False)

    org = forms.ChoiceField(
        label=_("由谁维护"), required=False, help_text=_("由它和上级工会维护名称和别名；市级以上由全国维护。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        org = self.fields["org"]
        assert isinstance(org, forms.ChoiceField)  # noqa: S101 - declared above
        org.choices = self.offices = offices_of(actor, EDIT)

    def described(self) -> dict[str, Any]:
        """Keyword arguments for the verbs; amounts in fen, the treatment as lines, the keeper as an organisation."""
        data = dict(self.cleaned_data)
        bonus: Decimal | None = data.pop("bonus")
        lines = [line.strip() for line in data.pop("treatment").splitlines() if line.strip()]
        data["org"] = self.keeper(data["org"])
        return {**data, "treatment": lines, "bonus_fen": None if bonus is None else int(bonus * 100)}

    def keeper(self, uid: str) -> Org | None:
        """The organisation of this number, one of those offered."""
        return org_at(uid, self.actor) if uid else None


class NewHonourForm(EntryForm):
    """An honour of this installation; without a keeper it is the actor's own office."""

    code = forms.SlugField(
        label=_("代码"), max_length=40, help_text=_("小写英文字母、数字和连字符，例如 linjiang-model。")
    )
    field_order = ("title", "title_en", "code")

    def keeper(self, uid: str) -> Org | None:
        """The chosen organisation, else the actor's own."""
        own = self.offices[0][0] if self.offices else ""
        return super().keeper(uid or own)


class RevisionForm(EntryForm):
    """An entry written anew; what use has fixed is not offered."""

    granter_en = forms.CharField(label=_("授予机关英文"), max_length=200, required=False)
    is_current = forms.BooleanField(
        label=_("现行"), required=False, help_text=_("不再评选的去掉勾选；已授予的不受影响。")
    )
    reason = forms.CharField(label=_("修订理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, honour: Honour, is_fixed: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial=_said_of(honour), **kwargs)
        for name in FIXED_BY_USE if is_fixed else ():
            del self.fields[name]
        if honour.level not in LOCAL_LEVELS:
            del self.fields["org"]
            return
        org = self.fields["org"]
        assert isinstance(org, forms.ChoiceField)  # noqa: S101 - declared above
        org.choices = [("", _("不变")), *self.offices]

    def described(self) -> dict[str, Any]:
        """Keyword arguments for `revise_honour`."""
        self.cleaned_data.setdefault("org", "")
        return super().described()


def _said_of(honour: Honour) -> dict[str, Any]:
    """What stands in the entry, as the form shows it."""
    names = ("title", "title_en", "level", "granter", "granter_en", "kind", "family", "rhythm", "medal",
             "certificate", "criteria", "source", "is_current")  # fmt: skip
    said = {name: getattr(honour, name) for name in names}
    bonus = None if honour.bonus_fen is None else Decimal(honour.bonus_fen) / 100
    return {**said, "bonus": bonus, "treatment": "\n".join(honour.treatment)}


class AliasForm(forms.Form):
    """Another printed form of the title."""

    name = forms.CharField(label=_("别名"), max_length=120, help_text=_("名单上印的另一种写法。"))
