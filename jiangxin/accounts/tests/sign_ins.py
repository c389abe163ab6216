"""One morning in May: signing in by the form, and the one-time codes of a moment."""

from __future__ import annotations

import datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from jiangxin.accounts.tests.factories import (
    PASSWORD,
    SECRET,
)

NOW = datetime.datetime(2026, 5, 1, 9, 0, tzinfo=datetime.UTC)


def code_at(moment: datetime.datetime, secret: str = SECRET) -> str:
    """The one-time code of a moment."""
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def sign_in(client: Client, name: str, password: str = PASSWORD) -> object:
    """Post the sign-in form."""
    return client.post("/account/login/", {"login": name, "password": password})


def is_in(client: Client) -> bool:
    """Whether the browser is signed in."""
    return "_auth_user_id" in client.session
