"""The password policy in force, and whether a password meets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.accounts.models import PasswordHistory, PasswordPolicy, User
from jiangxin.accounts.words import PasswordProfile

LONGEST = 128


@dataclass(frozen=True)
class Rules:
    """What one profile demands, and what choosing it gives up."""

    shortest: int
    kinds: int
    remembers: int
    lasts: timedelta | None
    refuses_common: bool
    demands: str | Promise
    gives_up: str | Promise


PROFILES: dict[str, Rules] = {
    PasswordProfile.MLPS3: Rules(
        shortest=8,
        kinds=3,
        remembers=5,
        lasts=timedelta(days=90),
        refuses_common=True,
        demands=gettext_lazy(
            "至少 8 位，含大写字母、小写字母、数字、符号中的三类。不能是常见密码，也不能与最近 5 次相同。每 90 天更换一次。"
        ),
        gives_up=gettext_lazy(
            "符合 GB/T 22239-2019 第 8.1.4.1 条（复杂度、定期更换）。不满足 ASVS 5.0 V6.2.5（不设字符组成规则）"
            "和 V6.2.10（不强制定期更换）。人们常在旧密码后加数字应付更换。"
        ),
    ),
    PasswordProfile.ASVS5: Rules(
        shortest=12,
        kinds=1,
        remembers=0,
        lasts=None,
        refuses_common=True,
        demands=gettext_lazy(
            "至少 12 位，任何字符都可以。不能是常见密码，也不能含有您的登录名或姓名。不要求定期更换。"
        ),
        gives_up=gettext_lazy(
            "符合 ASVS 5.0 V6.2。不满足 GB/T 22239-2019 第 8.1.4.1 条的复杂度和定期更换要求。"
            "已定级为等保三级的系统，测评时会被扣分。"
        ),
    ),
}


def current_profile() -> str:
    """Return the profile in force: the newest choice, else the one of the installation's settings."""
    newest = PasswordPolicy.objects.order_by("-id").values_list("profile", flat=True).first()
    return newest or str(settings.PASSWORD_PROFILE)


def current_rules() -> Rules:
    """Return what the profile in force demands."""
    return PROFILES[current_profile()]


def policy_history() -> list[PasswordPolicy]:
    """Return every choice of a profile, the newest first."""
    return list(PasswordPolicy.objects.select_related("chosen_by").order_by("-id"))


def password_expired(user: User) -> bool:
    """Tell whether the user's password is older than the profile in force allows, or was set by somebody else."""
    if not user.has_usable_password():
        return False
    if user.must_change_password:
        return True
    lasts = current_rules().lasts
    if lasts is None:
        return False
    since = user.password_changed_at or user.created_at
    return since + lasts < timezone.now()


def character_kinds(password: str) -> int:
    """Count which of the four kinds occur: capital, small letter, digit, anything else."""
    tests = (
        any(c.isascii() and c.isupper() for c in password),
        any(c.isascii() and c.islower() for c in password),
        any(c.isdigit() for c in password),
        any(not (c.isascii() and c.isalnum()) and not c.isdigit() for c in password),
    )
    return sum(tests)


class ProfileValidator:
    """Django's password validator that asks the profile in force."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with one sentence for each demand the password misses."""
        rules = current_rules()
        faults = [*_form_faults(password, rules), *_word_faults(password, user, rules)]
        if not faults and user is not None and user.pk and _was_used(password, user, rules.remembers):
            faults.append(_("这个密码最近 %(count)s 次内用过，请换一个。") % {"count": rules.remembers})
        if faults:
            raise ValidationError([ValidationError(fault, code="password_policy") for fault in faults])

    def get_help_text(self) -> str:
        """Return what the profile in force demands, as one sentence."""
        return str(current_rules().demands)


def _form_faults(password: str, rules: Rules) -> list[str]:
    faults = []
    if len(password) < rules.shortest:
        faults.append(
            _("密码至少 %(count)s 位，您输入了 %(given)s 位。")
            % {"count": rules.shortest, "given": len(password)}
        )
    if len(password) > LONGEST:
        faults.append(_("密码最多 %(count)s 位。") % {"count": LONGEST})
    if character_kinds(password) < rules.kinds:
        faults.append(
            _("密码要含大写字母、小写字母、数字、符号中的至少 %(count)s 类。") % {"count": rules.kinds}
        )
    return faults


def _word_faults(password: str, user: User | None, rules: Rules) -> list[str]:
    faults = []
    if rules.refuses_common:
        try:
            CommonPasswordValidator().validate(password)
        except ValidationError:
            faults.append(_("这个密码太常见，容易被猜中。"))
    names = [getattr(user, "username", ""), getattr(user, "display_name", "")] if user else []
    if any(len(name) > 1 and name.lower() in password.lower() for name in names):
        faults.append(_("密码里不要含有登录名或姓名。"))
    return faults


def _was_used(password: str, user: User, remembers: int) -> bool:
    if not remembers:
        return False
    rows = PasswordHistory.objects.filter(user=user).order_by("-id")[:remembers]
    return any(check_password(password, row.password) for row in rows)
