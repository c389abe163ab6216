"""The card holds its credential: baked in, it is verified from the picture alone, by us and by others."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from jiangxin.accounts.models import User
from jiangxin.honours.credentials.baked import BadlyBaked, bake, baked_in
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.queries.issuing import Told, told_in
from jiangxin.honours.queries.proving import verify_file
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.people.tests.factories import invented_number

pytestmark = pytest.mark.django_db
PACKED_BADLY = b"openbadgecredential\0\1\0\0\0" + b"no zlib"


def one_pixel() -> bytes:
    made = io.BytesIO()
    Image.new("L", (1, 1)).save(made, "PNG")
    return made.getvalue()


def badly_packed() -> bytes:
    chunk = b"iTXt" + PACKED_BADLY
    plain = one_pixel()
    return plain[:33] + len(PACKED_BADLY).to_bytes(4) + chunk + bytes(4) + plain[33:]


@pytest.fixture
def card(worker: User, credential: Credential, sign_in: SignIn) -> bytes:
    return sign_in(worker).get(f"/me/credentials/{credential.uid}.png").content


def test_the_card_holds_the_signed_text_where_any_reader_finds_it(
    card: bytes, credential: Credential
) -> None:
    with Image.open(io.BytesIO(card)) as picture:
        picture.load()
        assert picture.text["openbadgecredential"] == credential.document  # type: ignore[attr-defined]
    assert baked_in(card) == credential.document.encode()


def test_the_card_is_verified_offline_and_a_changed_one_is_refused(card: bytes, tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    codes = []
    for content in (card, card.replace("临江市劳动模范".encode(), "临江市劳动楷模".encode())):
        path.write_bytes(content)
        codes.append(verify_file(path)[0])

    assert codes == [0, 1]


def test_a_stranger_uploads_the_card(client: Client, card: bytes) -> None:
    page = client.post("/verify/", {"file": SimpleUploadedFile("card.png", card)})

    assert "凭证有效" in page.content.decode()


def test_a_picture_without_a_credential_is_none(tmp_path: Path) -> None:
    path = tmp_path / "plain.png"
    path.write_bytes(one_pixel())

    assert (baked_in(one_pixel()), verify_file(path)[0]) == (b"", 2)


def test_a_text_that_cannot_be_unpacked_is_said_to_be_unreadable(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(badly_packed())
    code, verdict = verify_file(path)
    page = client.post("/verify/", {"file": SimpleUploadedFile("bad.png", badly_packed())})

    assert (code, verdict.code) == (2, "unreadable")
    assert (page.status_code, "这张图片打不开" in page.content.decode()) == (400, True)
    with pytest.raises(BadlyBaked):
        baked_in(badly_packed())


def test_what_is_baked_twice_shows_the_last(credential: Credential) -> None:
    assert baked_in(bake(bake(one_pixel(), "{}"), credential.document)) == credential.document.encode()


@pytest.mark.parametrize("asked", [False, True])
def test_a_card_never_gives_away_what_leads_to_the_identity_number(
    worker: User, conferral: Conferral, sign_in: SignIn, asked: bool
) -> None:
    conferral.person.id_number, conferral.person.id_number_index = invented_number(5), "a" * 64
    conferral.person.save()
    own = sign_in(worker)
    offered = own.get("/me/credentials/").content.decode()
    own.post("/me/credentials/", {"conferral": conferral.uid} | ({"identity": "1"} if asked else {}))
    credential = Credential.objects.get()
    card = own.get(f"/me/credentials/{credential.uid}.png").content

    assert "要附上身份证号的摘要吗？" in offered
    assert told_in(credential) == Told(name=True, identity=asked)
    assert (b"nationalIdentityNumber" in card, baked_in(card) == b"") == (False, asked)
