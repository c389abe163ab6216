"""Verbs that limit or erase a record, and the people app's part in the export and erasure of one person."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.privacy.subjects import Erasure, Kept, SubjectPart
from jiangxin.kernel.search import mark
from jiangxin.people.models import Consent, Employment, PassportEntry, Person, PersonName, SkillLevel
from jiangxin.people.queries.record import passport_record
from jiangxin.people.words import OFFICIAL_SOURCES

ERASED_NAME = "已注销"
KEPT_ENTRIES = Kept(
    gettext_lazy("护照里的表彰与经历条目"),
    gettext_lazy("表彰档案依法须长期保存，已停止公开和其他使用（个人信息保护法第四十七条第二款）。"),
)


@action("people.limit_person")
def limit_person(person: Person, *, reason: str, by: Actor) -> Person:
    """Keep the record but stop every other use of it: no public page, no search, no matching (PIPL article 44)."""
    if not reason.strip():
        raise Refused(_("请写明限制处理的原因。"), code="reason_missing", field="reason")
    person.limited_at = timezone.now()
    person.save(update_fields=["limited_at", "updated_at"])
    mark("person", [person.root_id])
    announce("people.person_limited", person, uid=person.uid, reason=reason.strip())
    del by
    return person


@action("people.limit_person")
def lift_limit(person: Person, *, by: Actor) -> Person:
    """Allow the ordinary use of the record again."""
    person.limited_at = None
    person.save(update_fields=["limited_at", "updated_at"])
    mark("person", [person.root_id])
    announce("people.limit_lifted", person, uid=person.uid)
    del by
    return person


@action("people.erase_person")
def erase_person(person: Person, *, reason: str, by: Actor) -> Person:
    """Remove what no law orders to keep: private fields, other names, unofficial spells and skills.

    Passport entries stay in the archive, hidden; the name stays only while official entries need it.
    """
    if not reason.strip():
        raise Refused(_("请写明删除的原因。"), code="reason_missing", field="reason")
    _erase_rows(person)
    if not PassportEntry.objects.filter(person=person).exists():
        person.name, person.name_key, person.pinyin, person.initials = ERASED_NAME, "", "", ""
        person.unit_text = person.post_text = ""
    person.sex = person.ethnic = person.political_status = person.education = ""
    person.id_number = person.phone = person.email = ""
    person.id_number_index = None
    person.birth_on, person.birth_precision = None, ""
    person.is_public = False
    person.limited_at = timezone.now()
    person.save()
    mark("person", [person.root_id])
    announce("people.person_erased", person, uid=person.uid, reason=reason.strip())
    del by
    return person


def _erase_rows(person: Person) -> int:
    unofficial = [
        PersonName.objects.filter(person=person),
        Employment.objects.filter(person=person).exclude(source__kind__in=OFFICIAL_SOURCES),
        SkillLevel.objects.filter(person=person).exclude(source__kind__in=OFFICIAL_SOURCES),
    ]
    Consent.objects.standing().filter(person=person).update(withdrawn_at=timezone.now())
    return sum(rows.delete()[0] for rows in unofficial)


def _export(person_uid: str) -> dict[str, Any]:
    return passport_record(Person.objects.get(uid=person_uid))


def _erase(person_uid: str, by: Actor) -> Erasure:
    person = erase_person(Person.objects.get(uid=person_uid), reason=_("本人请求删除"), by=by)
    has_entries = PassportEntry.objects.filter(person=person).exists()
    return Erasure(anonymised=1, kept=(KEPT_ENTRIES,) if has_entries else ())


SUBJECT_PART = SubjectPart(title=gettext_lazy("职工档案与护照"), export=_export, erase=_erase)
