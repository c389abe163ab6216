"""Takes screenshots of running pages: ``python -m tests.browser.look URL… --out DIR`` for a person to look at."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tests.browser.accessibility import accessibility_faults, collect_policy_breaches, widths_overflowed
from tests.browser.chromium import DESK, FLAGS, PHONE, chromium_path, mode_cookies

SHEET = 1600
SIZES = {"phone": PHONE, "desk": DESK}
MODES = {
    "light": {"theme": "light"},
    "dark": {"theme": "dark"},
    "elder": {"theme": "light", "elder": "on"},
    "contrast": {"theme": "light", "contrast": "more"},
}
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def main() -> None:
    """Read the command line and take every picture asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="+")
    parser.add_argument("--out", type=Path, default=Path("var/look"))
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--modes", nargs="+", choices=MODES, default=["light", "dark", "elder"])
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument(
        "--screen-only", action="store_true", help="the first screen instead of the whole page"
    )
    parser.add_argument("--axe", action="store_true", help="also list accessibility faults")
    parser.add_argument("--as", dest="persona", default="", help="go in by the demo door as this user name")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        for url in wanted.urls:
            for size in wanted.sizes:
                for mode in wanted.modes:
                    for language in wanted.languages:
                        look(browser, url, size, mode, language, wanted)
        browser.close()


def look(browser: Browser, url: str, size: str, mode: str, language: str, wanted: argparse.Namespace) -> None:
    """Take one picture and print what is wrong with the page."""
    context = browser.new_context(viewport=SIZES[size], device_scale_factor=1)
    context.add_cookies(mode_cookies(url, language=LANGUAGES[language], **MODES[mode]))
    page = context.new_page()
    breaches = collect_policy_breaches(page)
    if wanted.persona:
        enter(page, url, wanted.persona)
    page.goto(url)
    name = re.sub(r"[^a-z0-9]+", "-", urlsplit(url).path.lower()).strip("-") or "home"
    stem = wanted.out / f"{name}-{size}-{mode}-{language}"
    height = (
        page.viewport_size["height"] if wanted.screen_only else page.evaluate("document.body.scrollHeight")
    )
    take(page, stem, height=height)
    faults = accessibility_faults(page) if wanted.axe else []
    wide = ["wider than the screen"] if widths_overflowed(page) else []
    print(stem, *[f"\n   {line}" for line in [*breaches, *wide, *faults]])
    context.close()


def enter(page: Page, url: str, persona: str) -> None:
    """Press the persona's button on the demo page."""
    page.goto(urljoin(url, "/demo/"))
    page.locator(f'form[action="/demo/{persona}/"] button').click()
    page.wait_for_load_state()


def take(page: Page, stem: Path, *, height: int) -> None:
    """Save the page as sheets of readable height."""
    width = SIZES["desk"]["width"] if page.viewport_size is None else page.viewport_size["width"]
    for number, top in enumerate(range(0, height, SHEET), start=1):
        clip = FloatRect(x=0, y=top, width=width, height=min(SHEET, height - top))
        page.screenshot(path=f"{stem}-{number}.png", full_page=True, clip=clip)


if __name__ == "__main__":
    main()
