"""Django settings, derived from the checked environment."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from jiangxin.config.environment import mail_settings, open_home, read_environment
from jiangxin.config.settings_accounts import *  # noqa: F403 - the sign-in block, kept in its own file

ENV = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
JX_HOME = open_home(ENV.jx_home)

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
PRODUCTION = ENV.is_production
DEMO_MODE = ENV.demo and not PRODUCTION
ALLOWED_HOSTS = ENV.hosts
PUBLIC_URL = ENV.public_url.rstrip("/") or f"http://localhost:{ENV.port}"
CONTACT = ENV.contact.strip()
PRIVACY_KEYS = ENV.privacy_keys
PASSWORD_PROFILE = ENV.password_profile
IMPORT_KEPT_DAYS = ENV.import_kept_days

HOUSE_APPS = ["orgs", "people", "accounts", "honours", "insights"]
KERNEL_APPS = ["events", "jobs", "search", "files", "states", "sheets", "http", "ui"]

INSTALLED_APPS = [
    *[f"jiangxin.{name}" for name in HOUSE_APPS],
    *[f"jiangxin.kernel.{name}" for name in KERNEL_APPS],
    "jiangxin.kernel.modules",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    *(["django_linear_migrations"] if find_spec("django_linear_migrations") else []),  # a tool of development
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jiangxin.kernel.http.middleware.RequestContextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "jiangxin.kernel.http.middleware.MaintenanceMiddleware",
    "jiangxin.kernel.http.middleware.ApiConditionalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jiangxin.kernel.http.middleware.RefusalMiddleware",
    *ACCOUNTS_MIDDLEWARE,  # noqa: F405
]

ROOT_URLCONF = "jiangxin.config.urls"
WSGI_APPLICATION = "jiangxin.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
FORM_RENDERER = "jiangxin.kernel.ui.forms.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jiangxin.kernel.ui.context.page",
            ],
        },
    }
]

# --- database -----------------------------------------------------------------------------------------------------

SQLITE_START = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16384;
PRAGMA mmap_size = 268435456;
"""
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        ENV.database_url or f"sqlite:///{JX_HOME / 'jiangxin.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=False,
    )
}
ENGINE = DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
if ENGINE == "sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": SQLITE_START,
    }

CACHES: dict[str, Any] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.cache_url}
        if ENV.cache_url
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [], "OPTIONS": {}}}

# --- language and time --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = sorted((PACKAGE / "kernel").glob("*/locale"))  # text, privacy and actions are no apps
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["jiangxin.kernel.ui.formats"]

# --- static files -------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = JX_HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": JX_HOME / "media"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_MANIFEST_STRICT = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "jiangxin.kernel.files.uploads.UploadHandler",
]

# --- security -----------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],  # the check page opens it for itself
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "browsing-topics": [],
}
SESSION_COOKIE_SECURE = ENV.secure_cookies
CSRF_COOKIE_SECURE = ENV.secure_cookies
LANGUAGE_COOKIE_SECURE = ENV.secure_cookies
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "jiangxin.kernel.http.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if ENV.public_url else []

# --- mail and log -------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = ENV.email_from
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = JX_HOME / "mail"
if ENV.email_url:
    globals().update(mail_settings(ENV.email_url))

DEFAULT_EXCEPTION_REPORTER = "jiangxin.kernel.privacy.discretion.DiscreetReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "jiangxin.kernel.privacy.discretion.DiscreetFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "jiangxin.kernel.privacy.discretion.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {"django.server": {"level": "WARNING"}, "axes": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = [*ACCOUNTS_SILENCED_CHECKS]  # noqa: F405
