"""Rate limits with atomic counters: in memory of the process, or in Redis/Valkey when CACHE_URL is set."""

from __future__ import annotations

import time
from functools import cache

from django.conf import settings
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter


@cache
def _limiter() -> FixedWindowRateLimiter:
    location = settings.CACHES["default"].get("LOCATION", "")
    storage: Storage = RedisStorage(location) if location else MemoryStorage()
    return FixedWindowRateLimiter(storage)


def over_limit(what: str, key: str, *, per_minute: int) -> int:
    """Count one call; 0 when it is allowed, else the seconds until the next one is."""
    item = RateLimitItemPerMinute(per_minute)
    if _limiter().hit(item, what, key):
        return 0
    reset = _limiter().get_window_stats(item, what, key).reset_time
    return max(1, round(reset - time.time()))


def forget_limits() -> None:
    """Start counting anew (tests)."""
    _limiter().storage.reset()
