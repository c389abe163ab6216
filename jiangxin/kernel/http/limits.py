"""Rate limits with atomic counters: in memory of the process, or in Redis/Valkey when CACHE_URL is set."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter


@cache
def _limiter() -> FixedWindowRateLimiter:
    location = settings.CACHES["default"].get("LOCATION", "")
    storage: Storage = RedisStorage(location) if location else MemoryStorage()
    return FixedWindowRateLimiter(storage)


def address_of(request: HttpRequest) -> str:
    """The caller's address; a proxy is believed only when it stands on this machine, and only in its last word."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        if told and (not direct or ip_address(direct).is_loopback):
            return str(ip_address(told))
    except ValueError:
        return direct
    return direct


def over_limit(what: str, key: str, *, per_minute: int) -> int:
    """Count one call; 0 when it is allowed, else the seconds until the next one is."""
    item = RateLimitItemPerMinute(per_minute)
    if _limiter().hit(item, what, key):
        return 0
    reset = _limiter().get_window_stats(item, what, key).reset_time
    return max(1, round(reset - time.time()))


@dataclass(frozen=True)
class Standing:
    """How a caller stands: calls a minute, calls left, seconds until it may make all of them again."""

    allowed: int
    left: int
    seconds: int


def standing(what: str, key: str, *, per_minute: int) -> Standing:
    """How many calls are left in this minute; counts nothing."""
    stats = _limiter().get_window_stats(RateLimitItemPerMinute(per_minute), what, key)
    return Standing(per_minute, max(0, stats.remaining), max(0, round(stats.reset_time - time.time())))


def forget_limits() -> None:
    """Start counting anew (tests)."""
    _limiter().storage.reset()
