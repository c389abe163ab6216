"""Codes and passkeys: each code counts once, wrong ones lock the account, only true passkeys sign in alone."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn import forms as webauthn_forms
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.accounts.actions import take_code
from jiangxin.accounts.forms.sign_in import reword
from jiangxin.accounts.models import User
from jiangxin.accounts.queries.lockouts import is_locked
from jiangxin.kernel.access import Refused
from jiangxin.kernel.events import Outcome, record_security

LABELS = {
    "code": (
        gettext_lazy("动态码或备用码"),
        gettext_lazy("打开验证器应用，输入其中的 6 位数字；也可以输入一个备用码。"),
    )
}
SETUP_LABELS = {"code": (gettext_lazy("验证器应用里的 6 位数字"), "")}


def step_of(secret: str, code: str) -> int | None:
    """Return the 30-second step whose one-time code this is, None when it is not one of the steps accepted now."""
    typed = "".join(code.split())
    for step in yield_hotp_counters_from_time():
        if format_hotp_value(hotp_value(secret, step)) == typed:
            return int(step)
    return None


def is_passkey(authenticator: Authenticator) -> bool:
    """Tell whether the key said, when it was added, that it can sign in by itself."""
    return bool(authenticator.wrap().is_passwordless)  # type: ignore[no-untyped-call]  # allauth leaves it untyped


def _take(user: User, secret: str, code: str) -> None:
    step = step_of(secret, code)
    if step is None:
        raise ValidationError(_("动态码不对，请核对手机时间后再试。"), code="incorrect_code")
    try:
        take_code(user, step=step, by=user)
    except Refused as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


class _CodeForm:
    """What both code forms add: the lock, the count of failures, and codes that count once."""

    user: User
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, LABELS)  # type: ignore[arg-type]  # mixed into forms only

    def clean_code(self) -> str:
        if is_locked(self.user):
            context.request.axes_locked_out = True
            context.request.axes_credentials = {"username": self.user.username}
            raise ValidationError(_("错误次数太多，账号已锁定。"), code="locked")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # allauth's form comes next in line
            if self.authenticator.type == Authenticator.Type.TOTP:
                _take(self.user, decrypt(self.authenticator.data["secret"]), code)
        except ValidationError:
            credentials = {"username": self.user.username}
            AxesProxyHandler.user_login_failed(__name__, credentials, context.request)
            record_security("accounts.code_failed", self.user, outcome=Outcome.FAILED)
            raise
        return code


class SecondFactorForm(_CodeForm, base_forms.AuthenticateForm):
    """The code after the password."""


class SecondFactorAgainForm(_CodeForm, base_forms.ReauthenticateForm):
    """A code before something serious."""


class ActivateCodesForm(totp_forms.ActivateTOTPForm):
    """The first code, which proves the authenticator app was set up; it cannot be used again to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, SETUP_LABELS)

    def clean_code(self) -> str:
        code: str = super().clean_code()
        _take(self.user, self.secret, code)
        return code


class PasskeySignInForm(webauthn_forms.LoginWebAuthnForm):
    """Sign-in by passkey alone: only keys that were set up for it, which demand a finger or a PIN.

    A plain security key is a second factor; allauth by itself would accept it here too.
    """

    def clean_credential(self) -> Authenticator:
        authenticator: Authenticator = super().clean_credential()
        if not is_passkey(authenticator):
            raise ValidationError(_("这把安全密钥只能作第二重验证，请先输入密码。"), code="not_a_passkey")
        return authenticator
