"""Browsers that are signed in, with or without a fresh proof of identity."""

from __future__ import annotations

import time

from django.test import Client

from jiangxin.accounts.models import User


def prove_again(client: Client, user: User) -> None:
    """What the session holds after the password was typed once more."""
    session = client.session
    record = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def browser(user: User, *, proved: bool = True) -> Client:
    """A browser signed in as the user."""
    client = Client()
    client.force_login(user)
    if proved:
        prove_again(client, user)
    return client
