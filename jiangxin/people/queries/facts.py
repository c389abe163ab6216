"""Facts of a record as an officer sees them: plain ones in words, protected ones masked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiangxin.kernel.privacy.masking import mask
from jiangxin.kernel.privacy.sealing import Unreadable
from jiangxin.kernel.text.identity import normalise_identity
from jiangxin.orgs.queries.codes import educations, ethnic_groups, political_statuses
from jiangxin.orgs.queries.regions import resolve_region
from jiangxin.people.models import Person
from jiangxin.people.queries.readings import FIELD_TITLES
from jiangxin.people.words import BirthPrecision

TABLES = {"ethnic": ethnic_groups, "political_status": political_statuses, "education": educations}


@dataclass(frozen=True)
class MaskedFact:
    """A protected field: its title, what may be shown without a reason, and whether there is anything to see."""

    field: str
    title: str
    shown: str

    @property
    def is_known(self) -> bool:
        """Whether a value is recorded."""
        return bool(self.shown)


def word_of(table: str, code: str) -> str:
    """The name of a code of a national table in the reader's language; the code itself when it is unknown."""
    english = (get_language() or "").startswith("en")
    for word in TABLES[table]():
        if word.code == code:
            return word.name_en if english else word.name
    return code


def plain_facts(person: Person) -> list[tuple[str, str]]:
    """Facts an officer may see without a reason, as (title, value)."""
    pairs = [
        (_("性别"), str(person.get_sex_display())),
        (_("学历"), word_of("education", person.education)),
        (_("地区"), person.region.name if person.region else ""),
        (_("所属工会"), person.org.name if person.org else ""),
        (_("出生年份"), f"{person.birth_on:%Y}" if person.birth_on else ""),
        (_("出处"), person.source.title if person.source else ""),
        (_("建档时间"), date_format(person.created_at, "DATE_FORMAT")),
    ]
    return [(title, value or "—") for title, value in pairs]


def masked_facts(person: Person) -> list[MaskedFact]:
    """Protected facts, masked."""
    shown = {
        **{field: _masked_sealed(person, field) for field in ("id_number", "phone", "email")},
        "birth_on": mask(f"{person.birth_on}") if person.birth_on else "",
        "ethnic": mask(person.ethnic),
        "political_status": mask(person.political_status),
    }
    return [MaskedFact(field, protected_title(field), value) for field, value in shown.items()]


def _masked_sealed(person: Person, field: str) -> str:
    """A sealed value masked, or the word that it cannot be opened (altered, or moved here from another row)."""
    try:
        return mask(getattr(person, field), field)
    except Unreadable:
        return _("无法解开")


def clear_value(person: Person, field: str, value: str) -> str:
    """A revealed value in words: codes as names, a birth date as far as it is known."""
    if field in TABLES:
        return word_of(field, value)
    if field == "birth_on" and person.birth_on is not None:
        return _birth(person)
    return value


def identity_remark(id_number: str) -> str:
    """What the region at the head of an identity number is worth saying: never given out, or dissolved since; "" else.

    The number itself is kept (domain rule for GB 11643: warn, do not refuse); tables of old codes may be incomplete.
    """
    number = normalise_identity(id_number)
    if not number:
        return ""
    answer = resolve_region(number[:6])
    if answer.region is not None:
        return _("身份证号开头的地区：%(note)s") % {"note": answer.note} if answer.note else ""
    return _("身份证号前六位不对应任何地区：%(note)s请核对号码，其余内容已保存。") % {"note": answer.note}


def protected_title(field: str) -> str:
    """The name of a protected field."""
    return str(FIELD_TITLES[field])


def _birth(person: Person) -> str:
    if person.birth_on is None:
        return ""
    if person.birth_precision == BirthPrecision.YEAR:
        return _("%(year)s年") % {"year": person.birth_on.year}
    if person.birth_precision == BirthPrecision.MONTH:
        return str(date_format(person.birth_on, "YEAR_MONTH_FORMAT"))
    return str(date_format(person.birth_on, "DATE_FORMAT"))
