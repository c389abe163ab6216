"""Judges a page: axe finds nothing, and nothing broke the content security policy."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

AXE = Axe()
POLICY_WORDS = ("Content Security Policy", "content-security-policy")


def accessibility_faults(page: Page) -> list[str]:
    """Return one line per element that breaks an axe rule: rule, element, what axe says."""
    found: list[dict[str, Any]] = AXE.run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]} — {node['failureSummary'].splitlines()[-1].strip()}"
        for fault in found
        for node in fault["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail with every fault named; the page must also say its language and have a title."""
    faults = accessibility_faults(page)
    assert faults == [], "\n".join([page.url, *faults])


def collect_policy_breaches(page: Page) -> list[str]:
    """Start listening; the returned list grows with every breach of the policy and every script error."""
    breaches: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if any(word in message.text for word in POLICY_WORDS):
            breaches.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: breaches.append(str(error)))
    return breaches


def widths_overflowed(page: Page) -> bool:
    """Say whether the page is wider than the screen (a phone would scroll sideways)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
