"""Names as people bear them: rare characters, spaces, dots and Latin letters are kept, found, shown and printed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from jiangxin.kernel.search import drain as index
from jiangxin.kernel.sheets import running
from jiangxin.kernel.sheets.actions import ImportScope, begin_import, upload_sheet
from jiangxin.people.actions import give_consent
from jiangxin.people.models import Person
from tests.cast import WELDER, persona, signed_in
from tests.journeys.scene import SYSTEM, Scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


NAMES = (
    # typed, kept, another way of asking for it
    ("欧 阳 小 芳", "欧阳小芳", "ouyang"),
    ("　韩\u3000\u3000云起 ", "韩云起", "hanyunqi"),
    ("𠮷野𡈼", "𠮷野𡈼", "𠮷野𡈼"),
    ("王𬭎", "王𬭎", "王𬭎"),
    ("㐂䶮𬱖𫖯𬍛", "㐂䶮𬱖𫖯𬍛", "㐂䶮"),
    ("林\u200b小\u202e满\ufeff", "林小满", "linxiaoman"),
    ("买买提 · 艾力", "买买提·艾力", "买买提艾力"),
    ("阿依努尔•吐尔逊", "阿依努尔·吐尔逊", "阿依努尔吐尔逊"),
    ("Anna  Maria  Li", "Anna Maria Li", "anna"),
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_list_with_four_byte_characters_goes_in_as_written(
    scene: Scene, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("姓名,单位,性别\n𠮷野𡈼,㐂洋配件厂,女\n王𬭎,㐂洋配件厂,男\n".encode(encoding))
    run = upload_sheet(ImportScope(scene.union.path), path=file, name=file.name, sheet="people", by=SYSTEM)

    run = running.check_import(run, by=SYSTEM)
    running.apply_import(begin_import(run, by=SYSTEM), by=SYSTEM)

    made = Person.objects.filter(unit_text="㐂洋配件厂").order_by("pk")
    assert [person.name for person in made] == ["𠮷野𡈼", "王𬭎"]


def _registered(officer: Client, typed: str) -> Person:
    facts = {"name": typed, "unit_text": "宏远重工", "org": "", "post": "焊工"}
    answer = officer.post(reverse("people:work_add"), facts)
    assert answer.status_code == 302, answer.content.decode()
    return Person.objects.get(uid=answer["Location"].rstrip("/").rpartition("/")[2])


@pytest.mark.parametrize(("typed", "kept", "asked"), NAMES)
def test_a_name_is_shown_and_found_in_its_one_written_form(
    scene: Scene, officer: Client, client: Client, typed: str, kept: str, asked: str
) -> None:
    made = _registered(officer, typed)
    give_consent(made, purpose="profile", by=SYSTEM)
    while index():
        continue

    record = officer.get(reverse("people:work_person", args=[made.uid])).content.decode()
    public = client.get(reverse("people:person", args=[made.uid])).content.decode()
    found = {
        words: made.uid in officer.get(reverse("people:work_people"), {"q": words}).content.decode()
        for words in (typed, kept, asked)
    }

    assert (made.name, kept in record, kept in public) == (kept, True, True)
    assert found == dict.fromkeys((typed, kept, asked), True)
    assert kept in client.get(reverse("insights:register"), {"q": typed}).content.decode()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize(("typed", "kept", "asked"), NAMES)
def test_a_name_is_printed_whole_in_the_passport(
    scene: Scene, officer: Client, tmp_path: Path, typed: str, kept: str, asked: str
) -> None:
    del asked
    made, welder = _registered(officer, typed), persona(WELDER)
    welder.person = made
    welder.save()

    pdf = tmp_path / "passport.pdf"
    pdf.write_bytes(signed_in(WELDER).get(reverse("honours:my_passport")).content)
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout

    assert kept in text
