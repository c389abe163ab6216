"""Addresses of accounts: our own pages, and allauth's sign-in pages under account/."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("jiangxin.accounts.urls.house")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
