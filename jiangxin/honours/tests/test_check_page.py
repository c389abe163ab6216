"""The check page: pasted, uploaded as file, picture or PDF; each verdict in plain words with its seal."""

import io
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from jiangxin.accounts.models import User
from jiangxin.honours import actions
from jiangxin.honours.certificates import card_png, certificate_pdf
from jiangxin.honours.certificates.reading import MOST_PIXELS, NothingFound, read_picture
from jiangxin.honours.credentials import SigningKey, sign
from jiangxin.honours.credentials.keystore import load_key
from jiangxin.honours.models import Conferral, Credential
from jiangxin.honours.queries.issuing import certificate_text
from jiangxin.honours.tests.conftest import SignIn
from jiangxin.honours.tests.factories import SYSTEM
from jiangxin.honours.tests.foreign import Signer, entry
from jiangxin.honours.tests.foreign import credential as written
from jiangxin.honours.tests.test_certificates import text
from jiangxin.people.models import Person

pytestmark = pytest.mark.django_db
STRANGER = Signer(41)


def sent(client: Client, raw: bytes, name: str = "x.json") -> Any:
    return client.post("/verify/", {"file": SimpleUploadedFile(name, raw)})


def photograph(png: bytes) -> bytes:
    """The picture as a phone would take it: larger, askew, on grey, as JPEG."""
    with Image.open(io.BytesIO(png)) as picture:
        taken = picture.convert("RGB").resize((3000, 1575)).rotate(11, expand=True, fillcolor="gray")
    made = io.BytesIO()
    taken.save(made, "JPEG", quality=70)
    return made.getvalue()


def baked(document: str, *, packed: bool) -> bytes:
    """A PNG of one pixel with the credential baked in as Open Badges 3.0 says."""
    body = zlib.compress(document.encode()) if packed else document.encode()
    chunk = b"openbadgecredential\0" + bytes([packed, 0]) + b"\0\0" + body
    made = io.BytesIO()
    Image.new("L", (1, 1)).save(made, "PNG")
    plain = made.getvalue()
    whole = struct.pack(">I", len(chunk)) + b"iTXt" + chunk + struct.pack(">I", zlib.crc32(b"iTXt" + chunk))
    return plain[:33] + whole + plain[33:]


@pytest.mark.parametrize("way", ["card", "photograph", "pdf"])
def test_a_card_a_photograph_and_a_pdf_lead_to_the_credential(
    client: Client, credential: Credential, way: str
) -> None:
    facts = certificate_text(credential, base_url="https://union.example")
    made = {
        "card": lambda: card_png(facts),
        "photograph": lambda: photograph(card_png(facts)),
        "pdf": lambda: certificate_pdf(facts),
    }

    answer = sent(client, made[way](), f"x.{way}")

    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{credential.uid}/")


@pytest.mark.parametrize("packed", [False, True])
def test_a_credential_baked_into_a_picture_is_verified(
    client: Client, credential: Credential, packed: bool
) -> None:
    assert "凭证有效" in sent(client, baked(credential.document, packed=packed), "badge.png").content.decode()


def photograph_of_nothing() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(made, "WEBP")
    return made.getvalue()


BROKEN = {
    "cut": (lambda: card_png(text())[:3000], "这张图片打不开"),
    "no code": (photograph_of_nothing, "没有找到二维码"),
    "other code": (
        lambda: card_png(text(check_url="https://shop.example/buy?a=1")),
        "二维码里的内容不是荣誉凭证",
    ),
    "pdf of others": (lambda: b"%PDF-1.7\n1 0 obj", "没有找到二维码"),
    "large": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(12_000_001), "文件太大"),
    "no image": (lambda: b"\xff\xd8\xff" + bytes(500), "这张图片打不开"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_picture_with_nothing_to_verify_is_told_in_one_sentence(client: Client, name: str) -> None:
    make, sentence = BROKEN[name]

    answer = sent(client, make(), "x.png")

    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    header = struct.pack(">IIBBBBB", 9_000, MOST_PIXELS // 9_000 + 1, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))

    with pytest.raises(NothingFound, match="too_large"):
        read_picture(png + b"\0\0\0\0IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")))


SENTENCES = {
    "valid": ("凭证有效", "proof-seal proof-valid "),
    "altered": ("内容与签名不符", "proof-seal proof-altered "),
    "unknown issuer": ("签发者不在已登记的机构之中", "proof-seal proof-unknown "),
    "expired": ("这份凭证已过有效期", "proof-seal proof-expired "),
    "revoked": ("已被签发机构撤销", "proof-seal proof-revoked "),
}


def of_kind(kind: str, credential: Credential) -> str:
    """The text of a credential that is valid, altered, …"""
    document = json.loads(credential.document)
    if kind == "altered":
        return json.dumps({**document, "name": "全国劳动模范"})
    if kind == "unknown issuer":
        return json.dumps(STRANGER.signed(written(STRANGER.name)))
    if kind == "expired":
        folder = Path(settings.JX_HOME) / "keys" / "issuers" / credential.key.issuer.uid
        private = load_key(folder, credential.key.public_multibase)
        unsigned = {name: value for name, value in document.items() if name != "proof"}
        until = {**unsigned, "validFrom": "2020-01-01T00:00:00Z", "validUntil": "2024-01-01T00:00:00Z"}
        return json.dumps(sign(until, SigningKey(private, credential.key.method_id), created=timezone.now()))
    if kind == "revoked":
        actions.revoke_conferral(
            credential.conferral, grounds="procedure", reason="评选程序经核查不合规定。", by=SYSTEM
        )
    return credential.document


@pytest.mark.parametrize("kind", SENTENCES)
def test_each_answer_has_its_words_and_its_seal(client: Client, credential: Credential, kind: str) -> None:
    page = sent(client, of_kind(kind, credential).encode()).content.decode()

    seals = {seal for _words, seal in SENTENCES.values() if seal in page}
    assert (SENTENCES[kind][0] in page, seals) == (True, {SENTENCES[kind][1]})


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_date_at_the_end_of_time_breaks_no_page(client: Client, date: str) -> None:
    document = STRANGER.signed(written(STRANGER.name, validFrom=date))

    assert sent(client, json.dumps(document).encode()).status_code == 200


def test_a_list_of_another_house_is_not_at_hand_and_that_is_said(
    client: Client, credential: Credential
) -> None:
    document = STRANGER.signed(written(STRANGER.name, credentialStatus=entry("https://x.example/list")))

    page = sent(client, json.dumps(document).encode()).content.decode()

    assert "签发者不在已登记的机构之中" in page


def test_only_the_check_pages_may_open_the_camera(client: Client, credential: Credential) -> None:
    policies = {
        page: "camera=(self)" in client.get(page)["Permissions-Policy"]
        for page in ("/verify/", f"/verify/{credential.uid}/", "/honours/", "/register/", "/")
    }
    security = client.get("/verify/")["Content-Security-Policy"]

    assert policies == {
        "/verify/": True,
        f"/verify/{credential.uid}/": True,
        "/honours/": False,
        "/register/": False,
        "/": False,
    }
    assert ("script-src 'self'" in security, "unsafe" in security) == (True, False)


def test_callers_behind_one_proxy_are_counted_apart(client: Client) -> None:
    for number in range(61):
        client.post("/verify/", {"text": "x"}, headers={"X-Forwarded-For": "203.0.113.7"})
        assert number is not None

    many = client.post("/verify/", {"text": "x"}, headers={"X-Forwarded-For": "203.0.113.7"})
    other = client.post("/verify/", {"text": "x"}, headers={"X-Forwarded-For": "203.0.113.8"})

    assert (many.status_code, other.status_code) == (429, 200)


def test_the_officer_is_told_before_issuing_what_cannot_be_printed(
    conferral: Conferral, officer: User, sign_in: SignIn
) -> None:
    address = reverse("honours:work_conferral", args=[conferral.uid])
    before = sign_in(officer).get(address).content.decode()

    Person.objects.filter(pk=conferral.person_id).update(name="林𰽀满")
    after = sign_in(officer).get(address).content.decode()

    sentence = "字库里没有“𰽀”，证书和图片卡上会印成〓"
    assert (sentence in before, sentence in after, "签发凭证" in after) == (False, True, True)
