"""What a browser says of itself is told in words."""

from __future__ import annotations

import pytest

from jiangxin.kernel.ui.devices import device_of

MOBILE = "Mozilla/5.0 (Linux; Android 14; {}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Safari/604.1"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (MOBILE.format("Mi 14"), "安卓手机 · Chrome"),
        (MOBILE.format("Mi 14") + " MicroMessenger/8.0", "安卓手机 · 微信"),
        (MOBILE.format("HarmonyOS; NOH") + " HuaweiBrowser/14.0", "鸿蒙手机 · 华为浏览器"),
        (DESK, "Windows 电脑 · Chrome"),
        (f"{DESK} Edg/120.0", "Windows 电脑 · Edge"),
        (IPHONE, "iPhone · Safari"),
        ("curl/8.0", "curl/8.0"),
        ("x" * 99, "x" * 60),
        ("", "不详"),
    ],
)
def test_a_device_is_told_in_words_its_owner_knows_it_by(said: str, told: str) -> None:
    assert device_of(said) == told
