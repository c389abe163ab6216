"""The sign-in block of the settings: authentication backends, second factor, lock-out, password hashing."""

from __future__ import annotations

ACCOUNTS_MIDDLEWARE: list[str] = ["allauth.account.middleware.AccountMiddleware"]
