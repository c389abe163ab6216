"""Certificates, cards and passports on paper."""

import contextlib
import shutil
import struct
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxin.honours.actions import suspend_conferral
from jiangxin.honours.certificates import (
    CertificateText,
    card_png,
    certificate_pdf,
    certificates_pdf,
    passport_pdf,
    typesetting,
    unprintable,
)
from jiangxin.honours.certificates.press import PressFailed, set_pdf_apart
from jiangxin.honours.certificates.qr import QrPrinter, qr_svg
from jiangxin.honours.certificates.typesetting import FONTS, MANY, typeset
from jiangxin.honours.tests.factories import SYSTEM, make_conferral, make_honour
from jiangxin.kernel.text.ids import new_uid
from jiangxin.people.actions import give_consent, reveal
from jiangxin.people.queries.record import passport_record
from jiangxin.people.tests.factories import (
    EmploymentFactory,
    PersonFactory,
    SkillLevelFactory,
    invented_number,
)

WHEN = datetime(2026, 5, 1, tzinfo=UTC)
PREFIX = "https://union.example/verify/"


def text(**changes: Any) -> CertificateText:
    facts: dict[str, Any] = {
        "name": "林小满",
        "honour": "临江市劳动模范",
        "granter": "中共临江市委员会、临江市人民政府",
        "issuer": "临江市总工会",
        "check_url": f"{PREFIX}01J9Z3M6Y8ABCDEFGHJKMNPQRS/",
        "credential_no": "01J9Z3M6Y8ABCDEFGHJKMNPQRS",
        "year": 2024,
        "conferred_on": date(2024, 4, 28),
        "unit": "宏远重工有限公司",
        "post": "高级技师",
    }
    return CertificateText(**{**facts, **changes})


def test_a_certificate_is_one_archival_page_with_its_fonts_inside() -> None:
    pdf = certificate_pdf(text(), when=WHEN)

    assert pdf.startswith(b"%PDF-1.7")
    assert (b"<pdfaid:part>2</pdfaid:part>" in pdf, b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf) == (
        True,
        True,
    )
    assert (pdf.count(b"/FontFile3") > 0, len(pdf) < 80_000) == (True, True)


def test_equal_facts_at_an_equal_time_give_equal_bytes() -> None:
    assert certificate_pdf(text(), when=WHEN) == certificate_pdf(text(), when=WHEN)


@pytest.mark.parametrize(
    "name",
    [
        "迪丽娜尔·𠅤𬭊龘",
        '#panic(1) $x$ *b* ]} \\ "',
        "宏远重工（集团）有限公司焊接车间林小满劳模创新工作室" * 3,
        "李",
    ],
)
def test_names_that_are_rare_long_or_look_like_markup_are_set_as_they_are(name: str) -> None:
    assert certificate_pdf(text(name=name), when=WHEN) != certificate_pdf(text(), when=WHEN)


def coded(codec: str) -> str:
    """Every character beyond the basic plane that a national character set holds."""
    found = []
    for code in range(0x20000, 0x30000):
        with contextlib.suppress(UnicodeEncodeError):
            chr(code).encode(codec)
            found.append(chr(code))
    return "".join(found)


def test_rare_names_are_printed_with_the_font_of_rare_characters() -> None:
    pdf = certificate_pdf(text(name="𠮷田𡈼"), when=WHEN)

    assert (b"+JiangxinRareHan-Regular" in pdf, len(pdf) < 80_000) == (True, True)
    assert b"JiangxinRareHan" not in certificate_pdf(text(), when=WHEN)


@pytest.mark.parametrize(
    "characters",
    ["𠮷𡈼㐂䶮𬱖𫖯𬍛𬭎𠅤𪚥𤣩𣲵", "龘靐齉龥鿏〇々·．", coded("big5hkscs"), coded("euc_jis_2004")],
    ids=["names", "basic plane", "HKSCS", "JIS X 0213"],
)
def test_characters_people_bear_in_names_can_be_printed(characters: str) -> None:
    assert unprintable(characters) == ""


def test_what_no_font_has_is_told_before_it_is_printed_as_a_sign() -> None:
    assert unprintable("林𰽀满𱍊𰽀") == "𰽀𱍊"
    assert card_png(text(name="林𰽀")) == card_png(text(name="林〓"))
    assert certificate_pdf(text(name="林𰽀"), when=WHEN) == certificate_pdf(text(name="林〓"), when=WHEN)


def test_a_font_the_operator_adds_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, none = tmp_path / "home", tmp_path / "none"
    (home / "fonts").mkdir(parents=True)
    none.mkdir()
    monkeypatch.setattr(typesetting, "FONTS", none)
    without = unprintable("𠮷")

    shutil.copy(FONTS / "JiangxinRareHan.ttf", home / "fonts")
    with override_settings(JX_HOME=home):
        added = unprintable("𠮷")

    assert (without, added) == ("𠮷", "")


def test_facts_nobody_printed_leave_no_empty_labels() -> None:
    bare = text(year=None, conferred_on=None, unit="", post="").laid_out("")

    assert (bare["day"], bare["place"], bare["lead"]) == ("", "", "您被授予")
    assert bare["small"] == [
        "凭证编号　01J9Z3M6Y8ABCDEFGHJKMNPQRS",
        "凭证签发　临江市总工会",
        "扫码核验真伪与有效状态",
    ]


def test_a_collective_is_addressed_as_one() -> None:
    laid = text(is_collective=True, decision_no="临政发〔2024〕3号").laid_out("")

    assert (laid["salutation"], laid["lead"]) == ("", "根据临政发〔2024〕3号，你单位于二〇二四年被授予")


def test_a_card_is_1200_by_630_pixels() -> None:
    png = card_png(text())

    assert struct.unpack(">II", png[16:24]) == (1200, 630)


def test_many_certificates_make_one_document_with_a_page_each() -> None:
    texts = [text(name=f"林小满{n}", check_url=f"{PREFIX}{new_uid()}/") for n in range(3)]

    pdf = certificates_pdf(texts, when=WHEN)

    assert b"/Count 3" in pdf
    with pytest.raises(ValueError, match="no certificates"):
        certificates_pdf([])


def test_very_many_are_set_by_a_process_of_its_own_to_the_same_bytes() -> None:
    texts = [text(name=f"林小满𠮷𰽀{n}", check_url=f"{PREFIX}{new_uid()}/") for n in range(MANY)]
    data = [each.laid_out(qr_svg(each.check_url)) for each in texts]

    here = typeset("certificate", data, title=f"荣誉证书（{MANY}）", when=WHEN)

    assert certificates_pdf(texts, when=WHEN) == here


def test_a_press_that_ends_without_a_document_is_told() -> None:
    with pytest.raises(PressFailed, match="1: RuntimeError: Failed to canonicalize path"):
        set_pdf_apart("no-such-page", {}, fonts=(), when=WHEN)


@settings(max_examples=10, deadline=None)
@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=4))
def test_the_fast_printer_draws_exactly_what_segno_draws(tail: str) -> None:
    press = QrPrinter(PREFIX, 4)

    assert press.svg(tail) == qr_svg(PREFIX + tail)


def test_the_fast_printer_refuses_what_it_was_not_made_for() -> None:
    with pytest.raises(ValueError, match="12345"):
        QrPrinter(PREFIX, 4).svg("12345")


@pytest.mark.django_db
def test_a_passport_becomes_a_document_with_the_identity_number_masked() -> None:
    number = invented_number(3)
    person = PersonFactory(name="林小满", id_number=number)
    for year in range(2001, 2024):
        make_conferral(person, make_honour(f"h{year}", f"岗位能手（{year - 2000}组）"), year)
    EmploymentFactory(person=person)
    SkillLevelFactory(person=person)

    pdf = passport_pdf(passport_record(person), when=WHEN)

    assert (pdf.startswith(b"%PDF-1.7"), b"<pdfaid:part>2" in pdf, b"/Count 2" in pdf) == (True, True, True)
    assert number.encode() not in pdf


@pytest.mark.django_db
def test_the_passport_says_in_words_what_rests_what_was_agreed_to_and_who_looked() -> None:
    person = PersonFactory(name="阿卜杜热合曼·买买提伊敏江", id_number=invented_number(3))
    suspend_conferral(
        make_conferral(person, make_honour(), 2020), reason="有举报正在核查，暂停使用。", by=SYSTEM
    )
    give_consent(person, purpose="profile", by=SYSTEM)
    reveal(person, field="id_number", reason="核对身份", by=SYSTEM)

    record = passport_record(person)
    pdf = passport_pdf(record, when=WHEN)

    told = (record["entries"][0]["standing"], record["consents"][0]["purpose_name"])
    assert (*told, record["readings"][0]["field_name"]) == ("暂停", "公开个人页面", "身份证号")
    assert (pdf.startswith(b"%PDF-1.7"), b"/Count 1" in pdf) == (True, True)
