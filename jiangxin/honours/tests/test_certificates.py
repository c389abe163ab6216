"""Certificates, cards and passports on paper."""

import struct
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxin.honours.certificates import (
    CertificateText,
    card_png,
    certificate_pdf,
    certificates_pdf,
    passport_pdf,
)
from jiangxin.honours.certificates.qr import QrPrinter, qr_svg
from jiangxin.honours.tests.factories import make_conferral, make_honour
from jiangxin.kernel.text.ids import new_uid
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
