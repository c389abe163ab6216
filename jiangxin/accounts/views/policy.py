"""The password policy: which is on, what it gives up, and changing it."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jiangxin.accounts import actions, queries
from jiangxin.accounts.forms import PolicyForm
from jiangxin.accounts.views.answers import user_of
from jiangxin.accounts.words import PasswordProfile
from jiangxin.kernel.http.gates import carried_out, with_permission


@with_permission("accounts.choose_policy")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth leaves it untyped
def policy(request: HttpRequest) -> HttpResponse:
    """Both profiles with what they demand and give up; choosing asks for the password again and is logged."""
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if carried_out(
            form,
            lambda: actions.choose_password_policy(
                values["profile"], reason=values["reason"], by=user_of(request)
            ),
        ):
            messages.success(request, _("密码策略已更换。下次修改密码时起按新策略检查。"))
            return redirect("accounts:policy")
    current = queries.current_profile()
    profiles = [
        {"code": code, "title": PasswordProfile(code).label, "rules": rules, "current": code == current}
        for code, rules in queries.PROFILES.items()
    ]
    context = {"form": form, "profiles": profiles, "history": queries.policy_history()}
    return render(request, "accounts/policy.html", context)
