"""With CACHE_URL, counters and cache live in Redis or Valkey and are shared by all processes."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache import caches

from jiangxin.kernel.http import limits

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server on a free port, for this module only."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("redis")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    try:
        for _ in range(100):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        client.close()
        server.terminate()
        server.wait(10)


@pytest.fixture
def on_redis(redis_url: str, settings: Any) -> Iterator[None]:
    """The house with CACHE_URL pointing there."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}
    }
    limits._limiter.cache_clear()
    yield
    limits.forget_limits()
    limits._limiter.cache_clear()


def test_two_processes_count_together(on_redis: None) -> None:
    first = [limits.over_limit("test", "a", per_minute=2) for _ in range(2)]
    limits._limiter.cache_clear()  # as another process would begin
    third = limits.over_limit("test", "a", per_minute=2)

    assert first == [0, 0]
    assert 1 <= third <= 60


def test_the_cache_keeps_chinese_words(on_redis: None) -> None:
    caches["default"].set("词", "匠心", 30)

    assert caches["default"].get("词") == "匠心"
