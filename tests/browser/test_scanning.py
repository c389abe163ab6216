"""The check page in a browser that can read QR codes, and in one that cannot."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "01J9Z3M6Y8ABCDEFGHJKMNPQRS"
CAMERA = """
  const canvas = document.createElement("canvas");
  const draw = () => canvas.getContext("2d").fillRect(0, 0, 300, 150);
  draw();
  setInterval(draw, 50); // a stream without change gives no picture
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
"""
REFUSED = (
    "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
)
READER = f"""
  window.BarcodeDetector = class {{
    static async getSupportedFormats() {{ return ["qr_code"]; }}
    looks = 0;
    async detect() {{ return ++this.looks > 2 ? [{{ rawValue: "https://union.example/verify/{NUMBER}/" }}] : []; }}
  }};
"""


def opened(page: Page, live_server: LiveServer, *scripts: str) -> Page:
    """The check page, with what the browser is made to have."""
    for script in scripts:
        page.add_init_script(script)
    page.goto(f"{live_server.url}/verify/")
    return page


def test_the_camera_reads_a_code_and_the_answer_opens(watched: Page, live_server: LiveServer) -> None:
    page = opened(watched, live_server, READER, CAMERA)

    page.locator("[data-scan-start]").click()

    expect(page).to_have_url(re.compile(f"/verify/{NUMBER}/"))


def test_a_camera_that_stays_closed_is_told_of(watched: Page, live_server: LiveServer) -> None:
    page = opened(watched, live_server, READER, REFUSED)

    page.locator("[data-scan-start]").click()

    expect(page.locator("[data-scan-words]")).to_contain_text("没有打开相机")
    expect(page.locator("[data-scan] video")).to_be_hidden()


def test_a_browser_that_reads_no_codes_shows_no_button(watched: Page, live_server: LiveServer) -> None:
    page = opened(watched, live_server, "delete window.BarcodeDetector;")

    expect(page.locator("[data-scan]")).to_be_hidden()
    expect(page.locator("input[type=file]")).to_be_visible()
