"""What our pages share: the signed-in user."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from jiangxin.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """Return the signed-in user of a page that demands one."""
    return cast(User, request.user)
