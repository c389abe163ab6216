"""What a browser says of itself, in words its owner knows the device by."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("OpenHarmony", gettext_lazy("鸿蒙手机")),
    ("HarmonyOS", gettext_lazy("鸿蒙手机")),
    ("Android", gettext_lazy("安卓手机")),
    ("Windows", gettext_lazy("Windows 电脑")),
    ("Macintosh", gettext_lazy("苹果电脑")),
    ("Linux", gettext_lazy("Linux 电脑")),
)
_BROWSERS = (  # the first that is named; those built on another name that one too
    ("wxwork", gettext_lazy("企业微信")),
    ("MicroMessenger", gettext_lazy("微信")),
    ("DingTalk", gettext_lazy("钉钉")),
    ("AlipayClient", gettext_lazy("支付宝")),
    ("MQQBrowser", gettext_lazy("QQ 浏览器")),
    ("UCBrowser", gettext_lazy("UC 浏览器")),
    ("HuaweiBrowser", gettext_lazy("华为浏览器")),
    ("MiuiBrowser", gettext_lazy("小米浏览器")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("OPR/", "Opera"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
LONGEST = 60


def device_of(user_agent: str) -> str:
    """Device and browser, such as "iPhone · 微信"; what neither is known of stays as it was said, cut short."""
    known = [
        next((str(words) for mark, words in each if mark in user_agent), "")
        for each in (_MACHINES, _BROWSERS)
    ]
    return " · ".join(filter(None, known)) or user_agent[:LONGEST] or _("不详")
