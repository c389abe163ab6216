"""Letters that open an account: an officer writes one, a worker takes it up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from jiangxin.accounts import actions, queries
from jiangxin.accounts.forms import AcceptInvitationForm, InviteForm
from jiangxin.accounts.rules import digest_of
from jiangxin.accounts.views.answers import user_of
from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.http.gates import carried_out, found, with_permission

LETTER = "accounts_invitation"


@with_permission("accounts.invite_person")
def invite(request: HttpRequest, person_uid: str) -> HttpResponse:
    """Write a letter; its address is shown once, and mailed if an address was given."""
    user = user_of(request)
    person = found(queries.person_by_uid(person_uid))
    if not user.has_perm("accounts.invite_person", person):
        raise Http404
    shown: dict[str, Any] = {"person": person, "may_see": user.has_perm("people.view_person", person)}
    form = InviteForm(request.POST or None)
    letter: list[actions.Letter] = []
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if carried_out(form, lambda: letter.append(actions.invite_person(person, email=email, by=user))):
            path = reverse("accounts:open_invitation", args=[letter[0].secret])
            address = f"{settings.PUBLIC_URL}{path}"  # never the host that a request names
            if email:
                _mail(email, person.name, address)
            shown |= {"address": address, "email": email, "letter": letter[0]}
            return render(request, "accounts/invited.html", shown)
    return render(request, "accounts/invite.html", {**shown, "form": form})


@never_cache
def open_letter(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address before anything is shown (ASVS 14.2.1)."""
    request.session[LETTER] = digest_of(secret)
    return redirect("accounts:invitation")


@never_cache
@sensitive_post_parameters("password1", "password2")
def accept(request: HttpRequest) -> HttpResponse:
    """Choose user name and password."""
    invitation = queries.open_invitation(request.session.get(LETTER, ""))
    if invitation is None:
        return render(request, "accounts/invitation_spent.html", status=410)
    form = AcceptInvitationForm(request.POST or None, initial={"email": invitation.email})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        opened = carried_out(
            form,
            lambda: actions.accept_invitation(
                invitation,
                username=values["username"],
                password=values["password1"],
                email=values["email"],
                by=SystemActor("invitation"),
            ),
        )
        if opened:
            request.session.pop(LETTER, None)
            messages.success(request, _("账号已开通，请登录。"))
            return redirect("account_login")
    return render(request, "accounts/accept_invitation.html", {"form": form, "person": invitation.person})


def _mail(email: str, name: str, address: str) -> None:
    body = _(
        "%(name)s，您好：\n\n工会邀请您开通匠心账号，查看本人的技能与荣誉档案。请在 14 天内打开：\n\n%(address)s\n\n"
        "如果您不是收信人，请删除这封信。"
    )
    send_mail(_("邀请您开通匠心账号"), body % {"name": name, "address": address}, None, [email])
