"""Removing a passkey: refused while it is the last second factor of somebody on staff."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import remove_webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from jiangxin.accounts.queries import passkey_of
from jiangxin.accounts.views.answers import user_of
from jiangxin.kernel.access.doors import signed_in
from jiangxin.kernel.http.gates import found


@signed_in
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth leaves it untyped
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask, then remove; stands before allauth's own page of the same address."""
    key = found(passkey_of(user_of(request), pk))
    adapter = get_adapter()
    if not adapter.can_delete_authenticator(key):
        messages.error(request, str(adapter.error_messages["cannot_delete_authenticator"]))
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)
