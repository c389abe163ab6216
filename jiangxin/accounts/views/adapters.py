"""How allauth behaves here: who may sign up, where one lands, how passwords and secrets are kept."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from jiangxin.accounts.actions import change_password
from jiangxin.accounts.models import User
from jiangxin.accounts.models.secrets import open_secret, seal_secret
from jiangxin.accounts.queries import account_name, has_second_factor, staff_roles, user_named
from jiangxin.kernel.events import Outcome, record_security
from jiangxin.kernel.http.limits import address_of

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - a caller by a socket without address; nothing listens here
QUIET = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by invitation; rights decide where one lands; passwords go through our verb."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已停用。"),
        "email_password_mismatch": _("登录名、邮箱或密码不对，请核对。"),
        "username_password_mismatch": _("登录名、邮箱或密码不对，请核对。"),
        "email_taken": _("这个邮箱已属于另一个账号。"),
        "enter_current_password": _("现在的密码不对，请重新输入。"),
        "incorrect_code": _("动态码不对，请核对手机时间后再试。"),
        "incorrect_password": _("密码不对，请重新输入。"),
        "invalid_login": _("登录名、邮箱或密码不对，请核对。"),
        "invalid_password_reset": _("重设密码的链接已失效，请重新申请。"),
        "same_as_current": _("与现在的相同，请换一个。"),
        "too_many_login_attempts": _("尝试次数太多，请过几分钟再试。"),
        "rate_limited": _("操作太频繁，请稍后再试。"),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's own address, also behind the proxy of this machine, or all callers would share one limit."""
        return address_of(request) or UNKNOWN_ADDRESS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up without an invitation."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff land on the workbench, everybody else on the own page."""
        user = request.user
        staff = isinstance(user, User) and staff_roles(user)
        return str(settings.STAFF_LOGIN_REDIRECT_URL if staff else settings.LOGIN_REDIRECT_URL)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Write every sign-in into the log (GB/T 22239-2019 §8.1.4.3)."""
        owner = cast(User, user)
        record_security("accounts.signed_in", owner, by=owner)
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write every failed sign-in into the log; a name nobody has is left out, it may be a mistyped password."""
        record_security(
            "accounts.sign_in_failed", user_named(account_name(request, credentials)), outcome=Outcome.FAILED
        )

    def logout(self, request: HttpRequest) -> None:
        """Write every sign-out into the log."""
        if isinstance(request.user, User):
            record_security("accounts.signed_out", request.user, by=request.user)
        super().logout(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to the house's own address, whatever host the request named."""
        return self._at_home(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Lead to the house's own address, whatever host the request named."""
        return self._at_home(super().get_email_confirmation_url(request, emailconfirmation))

    @staticmethod
    def _at_home(url: str) -> str:
        return f"{settings.PUBLIC_URL}{urlsplit(url).path}"

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Store a password by our verb: policy, history and log. The user proved the right to it."""
        owner = cast(User, user)
        change_password(owner, password=password, by=owner)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Say nothing where the page itself shows that one is in or out."""
        if message_template in QUIET:
            return
        super().add_message(request, level, message_template, *args, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways to prove oneself again in our words."""
        words = {
            "reauthenticate": _("用密码"),
            "mfa_reauthenticate": _("用动态码或备用码"),
            "mfa_reauthenticate:webauthn": _("用通行密钥或安全密钥"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**each, "description": words.get(each["id"], each["description"])} for each in methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed in the database; staff cannot take their last second factor away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("您的角色必须有第二重验证。请先加一个通行密钥，再关闭这一项。"),
        "cannot_generate_recovery_codes": _("开启第二重验证之后，才能生成备用码。"),
        "incorrect_code": _("动态码不对，请核对手机时间后再试。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return open_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff keep at least one authenticator app or passkey."""
        user = authenticator.user
        return not staff_roles(user) or has_second_factor(user, besides=authenticator.pk)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this site to the device that keeps a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": str(settings.MFA_TOTP_ISSUER)}
