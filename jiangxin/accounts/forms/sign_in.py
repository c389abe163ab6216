"""allauth's sign-in and password forms in our words; what they do stays allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.queries.passwords import current_rules

Words = dict[str, tuple[Any, Any]]


def _demands() -> str:
    return str(current_rules().demands)


DEMANDS = lazy(_demands, str)()

LABELS: Words = {
    "login": (_("登录名或邮箱"), ""),
    "password": (_("密码"), ""),
    "oldpassword": (_("现在的密码"), ""),
    "password1": (_("新密码"), DEMANDS),
    "password2": (_("再输一次新密码"), ""),
    "email": (_("邮箱"), ""),
}


def reword(form: forms.BaseForm, labels: Words) -> None:
    """Give fields our label and hint, and take allauth's placeholders away: a label must not vanish while typing."""
    for name, field in form.fields.items():
        if name in labels:
            field.label, field.help_text = labels[name]
        field.widget.attrs.pop("placeholder", None)


class Reworded:
    """A form of allauth with labels and hints of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, LABELS)  # type: ignore[arg-type]  # mixed into forms only


class SignInForm(Reworded, allauth_forms.LoginForm):
    """User name or mail, and password."""


class ReauthenticateForm(Reworded, allauth_forms.ReauthenticateForm):
    """The password once more before something serious."""


class ChangePasswordForm(Reworded, allauth_forms.ChangePasswordForm):
    """Old password and new one."""


class SetPasswordForm(Reworded, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(Reworded, allauth_forms.ResetPasswordForm):
    """Ask for a reset letter; the answer is the same for known and unknown addresses."""


class ResetPasswordKeyForm(Reworded, allauth_forms.ResetPasswordKeyForm):
    """The new password after a reset letter."""


class AddEmailForm(Reworded, allauth_forms.AddEmailForm):
    """Another mail address; it counts once it is confirmed."""
