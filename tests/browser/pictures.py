"""Takes the pictures of the README anew from a running demo world: ``python -m tests.browser.pictures http://localhost:8000``."""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import FLAGS, chromium_path, mode_cookies
from tests.browser.look import enter

SESSION = "sessionid"
OUT = Path("docs/images")
WELDER, CITY_OFFICER = "linxiaoman", "xuqinghe"  # as in tests/cast.py, which needs Django
PAPER_WIDTH = 702


def front(page: Page) -> None:
    """The front door."""
    page.goto("/")


def register(page: Page) -> None:
    """The list of workers."""
    page.goto("/register/")


def statistics(page: Page) -> None:
    """Honours in figures."""
    page.goto("/statistics/")


def person(page: Page) -> None:
    """The welder as the public sees her."""
    page.goto("/register/?q=林小满")
    page.locator(".worker-name a").first.click()


def passport(page: Page) -> None:
    """The welder's own passport."""
    enter(page, page.url, WELDER)
    page.goto("/me/")


def verified(page: Page) -> None:
    """What the check of one of her credentials says."""
    enter(page, page.url, WELDER)
    page.goto("/me/credentials/")
    address = page.get_by_role("link", name="核验页").first.get_attribute("href") or ""
    page.context.clear_cookies(name=SESSION)
    page.goto(address)


def workbench(page: Page) -> None:
    """An officer's list with a record opened beside it."""
    enter(page, page.url, CITY_OFFICER)
    page.goto("/work/people/")
    page.locator("tbody th a").first.click()
    page.locator(".aside-beside h2").first.wait_for()


def same_person(page: Page) -> None:
    """Two records that may be one person, with what speaks for it."""
    enter(page, page.url, CITY_OFFICER)
    page.goto("/work/links/")
    page.goto(page.locator("tbody th a").first.get_attribute("href") or "")


PICTURES: dict[str, tuple[int, int, Callable[[Page], None]]] = {
    "home": (1200, 800, front),
    "register": (1200, 750, register),
    "statistics": (1200, 750, statistics),
    "person": (1200, 800, person),
    "passport": (390, 800, passport),
    "verify": (1200, 800, verified),
    "workbench": (1400, 860, workbench),
    "link": (1200, 800, same_person),
}


def take(browser: Browser, site: str, name: str) -> None:
    """Take one picture, in few colours so that the repository stays small."""
    width, height, go = PICTURES[name]
    context = browser.new_context(base_url=site, viewport={"width": width, "height": height})
    context.add_cookies(mode_cookies(site, theme="light"))
    page = context.new_page()
    page.goto("/")
    go(page)
    keep(name, page.screenshot())
    context.close()


def take_certificate(browser: Browser, site: str) -> None:
    """The first certificate of the welder, drawn by poppler where it is installed."""
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        print("certificate: left as it is, pdftoppm is not installed (Debian: poppler-utils)")
        return
    context = browser.new_context(base_url=site)
    context.add_cookies(mode_cookies(site))
    page = context.new_page()
    page.goto("/")
    enter(page, page.url, WELDER)
    page.goto("/me/credentials/")
    with page.expect_download() as arriving:
        page.get_by_role("link", name="下载证书 PDF").first.click()
    drawn = subprocess.run(
        [drawer, "-png", "-scale-to-x", str(PAPER_WIDTH), "-scale-to-y", "-1", str(arriving.value.path())],
        check=True,
        capture_output=True,
    )
    keep("certificate", drawn.stdout)
    context.close()


def keep(name: str, picture: bytes) -> None:
    """Write the picture where the README looks for it."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(256, kmeans=1, dither=Image.Dither.NONE)
    few.save(OUT / f"{name}.png", optimize=True)
    print(OUT / f"{name}.png")


def main() -> None:
    """Take all pictures, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="address of a running demo world")
    parser.add_argument("names", nargs="*", help="only these pictures")
    wanted = parser.parse_args()
    known = [*PICTURES, "certificate"]
    if unknown := set(wanted.names) - set(known):
        parser.error(f"no such picture: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    names = wanted.names or known
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        for name in names:
            if name == "certificate":
                take_certificate(browser, wanted.site)
            else:
                take(browser, wanted.site, name)
        browser.close()


if __name__ == "__main__":
    main()
