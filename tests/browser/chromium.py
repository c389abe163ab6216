"""Where the system's Chromium is and how it is started."""

from __future__ import annotations

from pathlib import Path

PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
)

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1440, "height": 900}


def chromium_path() -> str | None:
    """Return the system's Chromium, None when there is none."""
    return next((place for place in PLACES if Path(place).exists()), None)


def mode_cookies(address: str, *, language: str = "zh-hans", **modes: str) -> list[dict[str, str]]:
    """Return the cookies that set language and display modes (theme, contrast, elder) for an address."""
    cookies = [{"name": "django_language", "value": language, "url": address}]
    cookies += [{"name": f"jx_{name}", "value": value, "url": address} for name, value in modes.items()]
    return cookies
