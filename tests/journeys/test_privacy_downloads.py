"""Every answer names its type for good, and what is handed out as a file is never a page that could act."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from jiangxin.kernel.files.kinds import XLSX
from jiangxin.kernel.http.limits import forget_limits
from tests.cast import signed_in
from tests.house.doors import doors
from tests.journeys.entrants import PERSONAS, STRANGER, who_enters
from tests.journeys.scene import Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
PAGES = {"text/html", "application/xhtml+xml", "text/xml", "application/xml"}
PUBLIC = {"text/csv", "image/svg+xml", "application/json"}
FILES = {
    STRANGER: PUBLIC,
    "W": PUBLIC | {"application/vc+json", "application/pdf", "image/png"},
    "O": PUBLIC | {"application/pdf", XLSX.media_type},
}


def _answers(scene: Scene, letter: str) -> dict[str, HttpResponse]:
    """What every address this one may enter answers to a GET."""
    client = Client() if letter == STRANGER else signed_in(PERSONAS[letter])
    found = {}
    for name, wanted in doors():
        if letter in who_enters().get(name, ""):
            forget_limits()
            found[name] = client.get(scene.address(name, wanted))
            found[name].getvalue()  # to the end, as a browser does
    return found


@pytest.mark.parametrize("letter", [*FILES])
def test_nothing_handed_out_as_a_file_can_act(scene: Scene, letter: str) -> None:
    answers = _answers(scene, letter)

    unnamed = [name for name, answer in answers.items() if answer.get("X-Content-Type-Options") != "nosniff"]
    files = {
        name: answer["Content-Type"].partition(";")[0]
        for name, answer in answers.items()
        if answer.get("Content-Disposition", "").startswith("attachment")
    }
    assert unnamed == []
    assert {name: kind for name, kind in files.items() if kind in PAGES} == {}
    assert set(files.values()) == FILES[letter]
