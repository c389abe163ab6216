"""Keeps secrets and identity numbers out of what is written about errors: log lines, stored tracebacks, error mail."""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

HIDDEN = "[hidden]"
SHORTEST = 6  # shorter secrets would blot out ordinary words
_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")
_IN_ADDRESS = re.compile(r"(\b[a-z][a-z0-9+]*://[^\s:/@]*:)[^\s@/]+(?=@)")


def discreet(text: str) -> str:
    """The text without this installation's secrets, passwords in addresses, identity and mobile numbers."""
    for secret in _secrets():
        text = text.replace(secret, HIDDEN)
    text = _IN_ADDRESS.sub(rf"\1{HIDDEN}", text)
    return _MOBILE.sub(HIDDEN, _NUMBER.sub(HIDDEN, text))


def _secrets() -> list[str]:
    """Every secret the settings hold, the longest first."""
    addresses = [settings.ENV.database_url, settings.ENV.cache_url, settings.ENV.email_url]
    passwords = [unquote(urlsplit(str(address)).password or "") for address in addresses if address]
    signing = map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    found = {*signing, *passwords, *_keys(settings.PRIVACY_KEYS)}
    return sorted((secret for secret in found if len(secret) >= SHORTEST), key=len, reverse=True)


def _keys(ring: str) -> list[str]:
    """The keys in a key ring's JSON; of a broken ring the whole."""
    try:
        held = json.loads(ring)
        return [ring, str(held["index_key"]), *map(str, held["keys"].values())]
    except (ValueError, LookupError, TypeError, AttributeError):
        return [ring]


class DiscreetFormatter(logging.Formatter):
    """Lines of the log, tracebacks included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


class DiscreetFilter(SafeExceptionReporterFilter):
    """What a report about an error may name: no value of a form, of a variable, or of a setting that may hold a secret."""

    hidden_settings = re.compile(
        "API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE|ENV|DATABASE|CACHE|EMAIL|URL", re.IGNORECASE
    )

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> Any:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]


class DiscreetReporter(ExceptionReporter):
    """Reports about errors, as an operator may have them mailed."""

    def get_traceback_text(self) -> SafeString:
        return SafeString(discreet(super().get_traceback_text()))

    def get_traceback_html(self) -> SafeString:
        return SafeString(discreet(super().get_traceback_html()))
