"""What Django's authentication asks us: is this password right, may this user do that."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from jiangxin.accounts.models import User
from jiangxin.accounts.queries.rights import allowed, scopes


class PasswordBackend(AuthenticationBackend):
    """Sign-in by user name or mail; gives no rights, and lets personas in only in demo mode."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override] # allauth takes it so
        """Try each account once: one that answers both as name and as mail would take twice as long as none."""
        self._tried: set[int] = set()
        return cast(User | None, super().authenticate(request, **credentials))

    def _check_password(self, user: Any, password: str) -> Any:
        if user is not None and user.pk in self._tried:
            return None
        if user is not None:
            self._tried.add(user.pk)
        return super()._check_password(user, password)

    def user_can_authenticate(self, user: Any) -> bool:
        """Accounts that are off stay out, and personas outside demo mode."""
        if getattr(user, "is_persona", False) and not settings.DEMO_MODE:
            return False
        return bool(user is not None and user.is_active)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Rights come from grants alone."""
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Rights come from grants alone."""
        return False


class GrantBackend:
    """Answers has_perm from role grants and the declared permissions; signs nobody in."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Know nobody: signing in is the business of the other backends."""
        return

    def get_user(self, user_id: int) -> User | None:
        """Know nobody."""
        return None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Tell whether the user may do `perm` to `obj`; see `rights.allowed`."""
        return allowed(user_obj, perm, obj)

    def paths_for(self, user_obj: Any, perm: str) -> tuple[str, ...]:
        """Return where the user may do `perm`; see `rights.scopes`."""
        return scopes(user_obj, perm)
