"""Reads and checks every setting that comes from the environment; a wrong one is named in one line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import unquote, urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_SECRET = "development-only-secret-never-use-in-production"  # noqa: S105 - refused in production below
MIN_SECRET_LENGTH = 32
LEAST_SECRET_CHARACTERS = 8  # different ones: a row of one character is long, but no secret
SWITCHES = ("debug", "demo", "secure_cookies")
KEY_FILE = "keys/privacy.json"
DATABASES = ("postgres://", "postgresql://", "sqlite:///")


class Environment(BaseSettings):
    """The whole of what an operator can set. Names are upper case in the environment."""

    model_config = SettingsConfigDict(extra="ignore", case_sensitive=False)

    jx_env: Literal["development", "production"] = Field(
        "development", description="production refuses defaults that are only safe on one's own machine"
    )
    jx_home: Path = Field(
        Path("var"), description="directory of the embedded database, files, keys and checkpoints"
    )
    secret_key: str = Field(DEFAULT_SECRET, description="signs sessions and links; at least 32 characters")
    debug: bool = Field(False, description="Django's debug pages; refused in production")
    allowed_hosts: str = Field(
        "localhost,127.0.0.1,[::1]", description="host names the server answers to, separated by commas"
    )
    public_url: str = Field("", description="address under which the public reaches this installation")
    contact: str = Field(
        "", description="who helps users: a mail address, a page or words; shown at the foot of pages"
    )
    database_url: str = Field(
        "", description="empty: SQLite in JX_HOME; else postgres://user:password@host/name"
    )
    cache_url: str = Field("", description="empty: memory of the process; else redis://host:6379/0")
    port: int = Field(8000, ge=1, le=65535, description="port of the web server")
    host: str = Field("127.0.0.1", description="address the web server listens on")
    workers: int = Field(
        0, ge=0, le=64, description="web processes; 0: one on SQLite, one a core on PostgreSQL"
    )
    demo: bool = Field(True, description="load the demo world into an empty database (development only)")
    secure_cookies: bool = Field(False, description="cookies only over HTTPS; demanded in production")
    email_url: str = Field(
        "", description="empty: mail is written to JX_HOME/mail; else smtp://user:password@host:port"
    )
    email_from: str = Field("jiangxin@localhost", description="sender of mail")
    privacy_keys: str = Field(
        "", description="JSON key ring of the encrypted fields; empty: a key file in JX_HOME/keys"
    )
    password_profile: Literal["mlps3", "asvs5"] = Field(
        "mlps3", description="password policy at first start: 等保三级 or OWASP ASVS 5"
    )
    import_kept_days: int = Field(
        90,
        ge=1,
        le=1095,
        description="days after an import until its file and its lines, row by row, are removed",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="least level that is logged"
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_set(cls, given: dict[str, object]) -> dict[str, object]:
        """An empty setting counts as absent; an empty switch is off."""
        off = {name: False for name in SWITCHES if given.get(name) == ""}
        return {name: value for name, value in given.items() if value != ""} | off

    @field_validator("allowed_hosts")
    @classmethod
    def _host_names(cls, value: str) -> str:
        if any("/" in host or " " in host for host in _parts(value)):
            raise ValueError("must be host names separated by commas, such as honours.example.org")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(DATABASES):
            raise ValueError("must start with postgres:// or sqlite:///")
        if value and (not _has_good_port(value) or len(urlsplit(value).path) < len("/x")):
            raise ValueError(
                "must be postgres://user:password@host:port/name (special characters of a password as %XX)"
            )
        return value

    @field_validator("cache_url")
    @classmethod
    def _known_cache(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must start with redis://, rediss:// or unix://")
        if not _has_good_port(value):
            raise ValueError("must be redis://host:port/number")
        return value

    @field_validator("email_url")
    @classmethod
    def _known_mail(cls, value: str) -> str:
        if value and not value.startswith(("smtp://", "smtps://")):
            raise ValueError("must start with smtp:// or smtps://")
        if not _has_good_port(value):
            raise ValueError("must be smtp://user:password@host:port")
        return value

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value) if _has_good_port(value) else urlsplit("")
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("must be an address such as https://honours.example.org")
        return value

    @field_validator("privacy_keys")
    @classmethod
    def _key_ring(cls, value: str) -> str:
        try:
            ring = json.loads(value or "{}")
            is_ring = not value or (ring["active"] in ring["keys"] and bool(ring["index_key"]))
        except (ValueError, TypeError, KeyError):
            is_ring = False
        if not is_ring:
            raise ValueError("must be JSON with active (one of its keys), keys and index_key")
        return value

    @model_validator(mode="after")
    def _production_is_strict(self) -> Environment:
        if self.jx_env != "production":
            return self
        known = self.secret_key == DEFAULT_SECRET or len(set(self.secret_key)) < LEAST_SECRET_CHARACTERS
        if known or len(self.secret_key) < MIN_SECRET_LENGTH:
            raise ValueError("SECRET_KEY: production needs its own secret of at least 32 characters")
        if self.debug:
            raise ValueError("DEBUG: must be off in production")
        if not self.secure_cookies:
            raise ValueError("SECURE_COOKIES: must be 1 in production (HTTPS)")
        if urlsplit(self.public_url).scheme != "https":
            raise ValueError("PUBLIC_URL: production needs the address the public uses; credentials name it")
        if "*" in self.hosts or urlsplit(self.public_url).hostname not in self.hosts:
            raise ValueError("ALLOWED_HOSTS: production needs its host names, that of PUBLIC_URL among them")
        return self

    @property
    def is_production(self) -> bool:
        return self.jx_env == "production"

    @property
    def hosts(self) -> list[str]:
        return _parts(self.allowed_hosts)


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _has_good_port(url: str) -> bool:
    """Whether the address can be taken apart; its own words could hold a part of a password and are not shown."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def first_fault(error: ValidationError) -> str:
    """One line that names the setting and what is wrong with it."""
    fault = error.errors()[0]
    message = fault["msg"].removeprefix("Value error, ")
    name = "_".join(str(part) for part in fault["loc"]).upper()
    return f"{name}: {message}" if name else message


def mail_settings(url: str) -> dict[str, object]:
    """Django's mail settings from smtp://user:password@host:port (smtps:// for implicit TLS)."""
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def read_environment() -> Environment:
    """The checked settings; ends the process with one line and exit code 2 when one is wrong."""
    try:
        return Environment()  # type: ignore[call-arg]  # fields are filled from the environment
    except ValidationError as error:
        _end(first_fault(error))


def open_home(home: Path) -> Path:
    """The folder of this installation, made if absent; ends the process as above when it cannot be made."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        _end(f"JX_HOME: {error.strerror}: {error.filename}")
    return home.resolve()


def _end(fault: str) -> NoReturn:
    """End the process with the one line and exit code 2."""
    sys.stderr.write(f"jiangxin: wrong setting: {fault}\n")
    sys.exit(2)


def serving_plan() -> str:
    """What the web server's parent process needs to know, as JSON, so that it need not load the settings itself."""
    env = read_environment()
    keys_elsewhere = not env.is_production or bool(env.privacy_keys)
    return json.dumps(
        {
            "host": env.host,
            "port": env.port,
            "workers": env.workers,
            "postgres": env.database_url.startswith("postgres"),
            "key_file": "" if keys_elsewhere else str(env.jx_home / KEY_FILE),
        }
    )


if __name__ == "__main__":
    sys.stdout.write(serving_plan())
