"""Forms of the workbench and of a user's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.forms.sign_in import DEMANDS
from jiangxin.accounts.models import AdminHandover, User
from jiangxin.accounts.queries import (
    Topic,
    current_profile,
    handovers_of,
    orgs_for_grants,
    role_title,
    roles_to_give,
)
from jiangxin.accounts.words import PasswordProfile
from jiangxin.kernel.access import Actor
from jiangxin.orgs.models import Org


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **kwargs)


class UsernameField(forms.CharField):
    """The user name of an account that may be given something; cleans to the user."""

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if not name:
            return None
        found = User.objects.active().filter(username=name.strip().lower()).first()
        if found is None:
            raise forms.ValidationError(_("没有这个登录名，请核对。"), code="unknown_user")
        return found


class OrgField(forms.CharField):
    """An organisation by name or number, among those the actor may use."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.among = Org.objects.none()

    def clean(self, value: Any) -> Any:
        text = (super().clean(value) or "").strip()
        if not text:
            return None
        numbered = self.among.filter(Q(uid=text) | Q(code=text))
        found = list(numbered[:1]) or list(self.among.filter(name=text)[:2])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            _("有两个同名单位，请输入单位编号。") if found else _("您管理的范围里没有这个单位，请核对全称。"),
            code="unknown_org",
        )


class GiveGrantForm(forms.Form):
    """Who gets which role where, and until when."""

    user = UsernameField(label=_("登录名"), help_text=_("在“账号”里按姓名可以查到。"))
    org = OrgField(label=_("所在组织"), help_text=_("单位全称或编号；下级单位自动包含在内。"))
    role = forms.ChoiceField(label=_("角色"))
    valid_until = _day(label=_("截止日期"), required=False)
    handover = forms.ChoiceField(
        label=_("交接记录"), required=False, help_text=_("改任另一种管理员时才需要。")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        orgs = orgs_for_grants(actor)
        self.fields["org"].among = orgs  # type: ignore[attr-defined]  # OrgField
        top = orgs.first()
        roles = roles_to_give(actor, top) if top else []
        self.fields["role"].choices = [("", _("请选择")), *((role, role_title(role)) for role in roles)]  # type: ignore[attr-defined]
        if "system_admin" in roles:
            rows = (
                AdminHandover.objects.filter(grant__isnull=True).select_related("user").order_by("-id")[:50]
            )
            told = [(each.uid, f"{each.user} · {role_title(each.gave_up_role)}") for each in rows]
            self.fields["handover"].choices = [("", "—"), *told]  # type: ignore[attr-defined]
        else:
            del self.fields["handover"]

    def clean(self) -> dict[str, Any]:
        values = dict(super().clean() or {})
        uid, user = values.get("handover"), values.get("user")
        values["handover"] = handovers_of(user).filter(uid=uid).first() if uid and user else None
        return values


class DelegateForm(forms.Form):
    """Who stands in, and until when."""

    to = UsernameField(label=_("受托人的登录名"))
    valid_until = _day(label=_("委托截止日期"))


class HandOverForm(forms.Form):
    """Who takes the office over, and what was handed over."""

    successor = UsernameField(label=_("接手人的登录名"), help_text=_("请先把这个职务授予接手人。"))
    reason = forms.CharField(label=_("交接说明"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class ReasonForm(forms.Form):
    """A reason that goes into the log."""

    reason = forms.CharField(label=_("原因"), max_length=300)


class NoteForm(forms.Form):
    """An optional note."""

    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class NewUserForm(forms.Form):
    """A new account; its owner sets the password by mail."""

    username = forms.CharField(label=_("登录名"), max_length=60, help_text=_("字母、数字、汉字和 . + - _ 。"))
    display_name = forms.CharField(label=_("姓名"), max_length=120)
    email = forms.EmailField(label=_("邮箱"), help_text=_("设置密码的信会寄到这里。"))
    org = OrgField(label=_("管理单位"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from_paths = Org.objects.active().under("") if "" in actor.paths_for("accounts.add_user") else None
        self.fields["org"].among = (  # type: ignore[attr-defined]  # OrgField
            Org.objects.none() if from_paths is None else from_paths
        )


class PolicyForm(forms.Form):
    """Another password profile, and why."""

    profile = forms.ChoiceField(label=_("改用"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=300, help_text=_("会记入日志，以后可查。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [choice for choice in PasswordProfile.choices if choice[0] != current_profile()]
        self.fields["profile"].choices = others  # type: ignore[attr-defined]


class ClaimForm(forms.Form):
    """What proves that a record is one's own."""

    name = forms.CharField(label=_("姓名"), max_length=100)
    id_number = forms.CharField(
        label=_("身份证号"),
        max_length=30,
        help_text=_("只用来查找档案，不会在这里保存。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )


class InviteForm(forms.Form):
    """Where the letter goes; without an address it is handed over on paper."""

    email = forms.EmailField(label=_("邮箱"), required=False)


class AcceptInvitationForm(forms.Form):
    """User name and password of the new account."""

    username = forms.CharField(
        label=_("登录名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    email = forms.EmailField(label=_("邮箱"), required=False, help_text=_("忘记密码时用它重设。"))
    password1 = forms.CharField(
        label=_("密码"),
        strip=False,
        help_text=DEMANDS,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("再输一次密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = dict(super().clean() or {})
        if values.get("password1") and values.get("password2") and values["password1"] != values["password2"]:
            self.add_error("password2", _("两次输入的密码不同，请重新输入。"))
        return values


class NoticesForm(forms.Form):
    """For each app, whether its notices come by mail too."""

    def __init__(self, *args: Any, topics: list[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in topics:
            self.fields[topic.code] = forms.BooleanField(
                label=topic.title, required=False, initial=topic.by_mail
            )
