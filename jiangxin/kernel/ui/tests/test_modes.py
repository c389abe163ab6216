"""Display modes are kept in cookies and never lead off the site."""

import pytest
from django.test import Client

HTML = 'data-theme="{}" data-contrast="{}" data-elder="{}"'


def test_page_starts_in_the_default_modes(client: Client) -> None:
    page = client.get("/modes/").content.decode()

    assert page.count(HTML.format("auto", "normal", "off")) == 1


def test_chosen_mode_is_kept_and_shown_on_the_next_page(client: Client) -> None:
    answer = client.post("/modes/", {"elder": "on", "theme": "dark", "next": "/gallery/?a=1"})
    page = client.get("/modes/").content.decode()

    assert (answer.status_code, answer["Location"]) == (302, "/gallery/?a=1")
    assert page.count(HTML.format("dark", "normal", "on")) == 1


def test_unknown_values_change_nothing(client: Client) -> None:
    answer = client.post("/modes/", {"theme": "pink", "elder": "", "size": "9"})

    assert (answer["Location"], len(answer.cookies)) == ("/", 0)


def test_forged_cookie_counts_as_the_default(client: Client) -> None:
    client.cookies["jx_theme"] = '"><script>'

    assert client.get("/modes/").content.decode().count(HTML.format("auto", "normal", "off")) == 1


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_way_back_never_leaves_the_site(address: str, client: Client) -> None:
    assert client.post("/modes/", {"theme": "dark", "next": address})["Location"] == "/"
    assert (
        client.get("/modes/", {"next": address}).content.decode().count('class="link link-back" href="/"')
        == 1
    )


def test_mode_cookie_is_not_readable_by_scripts_and_lasts_a_year(client: Client) -> None:
    cookie = client.post("/modes/", {"contrast": "more"}).cookies["jx_contrast"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31536000)


def test_switch_wants_the_form_token() -> None:
    assert Client(enforce_csrf_checks=True).post("/modes/", {"theme": "dark"}).status_code == 403
