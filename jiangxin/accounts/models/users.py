"""The account somebody signs in with; it is an actor of the house."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.privacy import PrivacyClass
from jiangxin.kernel.text.ids import new_uid


class UserQuerySet(models.QuerySet["User"]):
    """Questions about users that need no actor."""

    def active(self) -> UserQuerySet:
        """Return accounts that may sign in."""
        return self.filter(is_active=True)

    def under(self, path: str) -> UserQuerySet:
        """Return accounts whose home organisation is `path` or below it."""
        return self.filter(org__path__gte=path, org__path__lt=f"{path}~") if path else self


class UserManager(BaseUserManager["User"]):
    """Finds users by name without regard to case; has no create_superuser on purpose."""

    def get_queryset(self) -> UserQuerySet:
        """Return the queryset with the questions of this model."""
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of this sign-in name, whatever its case."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """One account; rights come only from its grants, there is no super-user."""

    uid = models.CharField(max_length=26, unique=True, default=new_uid, editable=False)
    username = models.CharField(
        _("登录名"),
        max_length=60,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("这个登录名已有人使用。")},
        unique=True,
    )
    email = models.EmailField(_("邮箱"), blank=True)
    display_name = models.CharField(_("姓名"), max_length=120)
    person = models.OneToOneField(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="user",
        verbose_name=_("职工档案"),
    )
    org = models.ForeignKey(
        "orgs.Org",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("管理单位"),
    )
    is_active = models.BooleanField(_("可登录"), default=True)
    is_persona = models.BooleanField(_("演示角色"), default=False)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("username"), name="accounts_user_username_ci"),
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="accounts_user_email_ci"
            ),
        ]

    PRIVACY: ClassVar[dict[str, PrivacyClass]] = {
        "id": PrivacyClass.INTERNAL,
        "uid": PrivacyClass.INTERNAL,
        "password": PrivacyClass.SECRET,
        "last_login": PrivacyClass.SENSITIVE,
        "username": PrivacyClass.INTERNAL,
        "email": PrivacyClass.SENSITIVE,
        "display_name": PrivacyClass.INTERNAL,
        "person": PrivacyClass.INTERNAL,
        "org": PrivacyClass.INTERNAL,
        "is_active": PrivacyClass.INTERNAL,
        "is_persona": PrivacyClass.INTERNAL,
        "must_change_password": PrivacyClass.INTERNAL,
        "password_changed_at": PrivacyClass.INTERNAL,
        "disabled_at": PrivacyClass.INTERNAL,
        "created_at": PrivacyClass.INTERNAL,
    }

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def actor_id(self) -> str:
        """Return the actor's name for the log, such as "user:7"."""
        return f"user:{self.pk}"

    @property
    def actor_label(self) -> str:
        """Return what people read in the log."""
        return self.display_name or self.username

    @property
    def opath(self) -> str:
        """Return the path of the organisation that looks after this account, "" for none."""
        return self.org.path if self.org is not None else ""

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Ask the authentication backends; an account that is off may do nothing."""
        if not self.is_active:
            return False
        for backend in auth.get_backends():
            asks = getattr(backend, "has_perm", None)
            try:
                if asks is not None and asks(self, perm, obj):
                    return True
            except PermissionDenied:
                return False
        return False

    def paths_for(self, code: str) -> tuple[str, ...]:
        """Return the organisation paths below which this user may do `code`; ("",) is everything, () nothing."""
        found = [
            backend.paths_for(self, code) for backend in auth.get_backends() if hasattr(backend, "paths_for")
        ]
        return tuple(path for paths in found for path in paths)
