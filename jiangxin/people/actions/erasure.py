"""Verbs that limit or erase a record, and the people app's part in the export and erasure of one person."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce, forget_words
from jiangxin.kernel.privacy.subjects import Erasure, Kept, Outlook, SubjectPart
from jiangxin.kernel.search import mark
from jiangxin.kernel.sheets.forgetting import forget_file_names, forget_in_imports
from jiangxin.kernel.states.models import forget_notes, forget_steps
from jiangxin.kernel.ui.forgetting import forget_filters
from jiangxin.people.models import (
    Consent,
    Dispute,
    Employment,
    EntryVisibility,
    LinkProposal,
    PassportEntry,
    Person,
    PersonName,
    RightsRequest,
    SkillLevel,
    Source,
)
from jiangxin.people.queries.passport import beyond_the_law, kept_by_law
from jiangxin.people.queries.record import passport_record
from jiangxin.people.queries.traces import file_hashes, log_traces, names_of, sources_naming
from jiangxin.people.words import OFFICIAL_SOURCES, LinkState

ERASED_NAME = "已注销"
ERASED_ENTRY = "已删除"
ARCHIVE_LAW = gettext_lazy("表彰档案依法须长期保存，已停止公开和其他使用（个人信息保护法第四十七条第二款）。")
KEPT_ENTRIES = Kept(gettext_lazy("护照里的表彰与经历条目"), ARCHIVE_LAW)


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
    """Remove what no law orders to keep: private fields, other names, unofficial spells, requests and their words.

    What imports and kept filters say of the worker goes too. Published and conferred entries of the passport stay in the
    archive, hidden, and the name only while they need it; of other entries the kind and the day stay. The log keeps what
    was done to the record, by whom and when, and forgets what it was called.
    """
    if not reason.strip():
        raise Refused(_("请写明删除的原因。"), code="reason_missing", field="reason")
    traces, names = log_traces(person), names_of(person)
    private = [str(each) for each in (person.id_number, person.phone, person.email) if each]
    words = [*names, *private]
    forget_in_imports(words, hashes=file_hashes(person))
    forget_file_names(words, by=by)
    forget_filters(words, by=by)
    traces |= _forget_titles(person, names)
    _erase_rows(person, by, names)
    _erase_fields(person)
    forget_words(traces, names=names, by=by)
    mark("person", [person.root_id])
    announce("people.person_erased", person, uid=person.uid, reason=reason.strip())
    return person


def _erase_fields(person: Person) -> None:
    if not kept_by_law(person):
        person.name, person.name_key, person.pinyin, person.initials = ERASED_NAME, "", "", ""
        person.unit_text = person.post_text = ""
    person.sex = person.ethnic = person.political_status = person.education = ""
    person.id_number = person.phone = person.email = ""
    person.id_number_index = None
    person.birth_on, person.birth_precision = None, ""
    person.is_public = False
    person.limited_at = timezone.now()
    person.save()


def _erase_rows(person: Person, by: Actor, names: list[str]) -> None:
    """Rows that may go are deleted; what was asked and answered loses its words; entries are hidden one by one."""
    disputes = Dispute.objects.filter(person=person)
    forget_steps(Dispute, disputes.values_list("pk", flat=True))
    unofficial = (
        disputes,
        PersonName.objects.filter(person=person),
        Employment.objects.filter(person=person).exclude(source__kind__in=OFFICIAL_SOURCES),
        SkillLevel.objects.filter(person=person).exclude(source__kind__in=OFFICIAL_SOURCES),
    )
    for rows in unofficial:
        rows.delete()
    forget_steps(Person, [person.pk])
    Consent.objects.standing().filter(person=person).update(withdrawn_at=timezone.now())
    for request in RightsRequest.objects.filter(person=person):
        request.text, request.answer = "", _without(names, request.answer)
        request.save(update_fields=["text", "answer"])
    for entry in PassportEntry.objects.filter(person=person):
        EntryVisibility.objects.update_or_create(
            entry=entry, defaults={"is_public": False, "decided_by": by.actor_id}
        )
    _forget_entries(person)
    _forget_proposals(person)


def _forget_entries(person: Person) -> None:
    """Entries that no law orders to keep lose their words; the database lets exactly this through."""
    beyond_the_law(person).update(title=ERASED_ENTRY, detail="", issuer="", evidence={})


def _forget_titles(person: Person, names: list[str]) -> dict[str, list[str]]:
    """What unpublished sources are called loses the name; returns which ones the log may name."""
    found = sources_naming(person, names)
    for source in found:
        source.title = _without(names, source.title)
        source.save(update_fields=["title"])
    return {Source._meta.label_lower: [source.uid for source in found]}


def _without(names: list[str], text: str) -> str:
    """An answer that stays for the receipt, without the name."""
    for name in names:
        text = text.replace(name, ERASED_NAME)
    return text


def _forget_proposals(person: Person) -> None:
    """Confirmed links hold records together and stay, without their evidence; other proposals go."""
    touching = LinkProposal.objects.touching({person.pk})
    confirmed = touching.filter(state=LinkState.CONFIRMED)
    forget_notes(LinkProposal, confirmed.values_list("pk", flat=True))
    confirmed.update(evidence=[], note="")
    idle = touching.exclude(state=LinkState.CONFIRMED)
    forget_steps(LinkProposal, idle.values_list("pk", flat=True))
    idle.delete()


def _export(person_uid: str) -> dict[str, Any]:
    return passport_record(Person.objects.get(uid=person_uid))


def _outlook(person_uid: str) -> Outlook:
    """What goes and what stays of one record; facts that stay are named one by one."""
    person = Person.objects.get(uid=person_uid)
    archive = kept_by_law(person)
    goes = [
        _("身份证号、电话、邮箱、出生日期、性别、民族、政治面貌、学历"),
        _("曾用名、自行登记的工作经历和技能等级"),
        _("护照里未经公开发布的条目的内容"),
        _("同意记录停止生效，异议、请求的内容"),
        _("公开页面和检索结果，以及与其他档案的核对"),
    ]
    if not archive:
        goes.insert(0, _("姓名、单位和岗位"))
    titles = [f"{entry.title}（{entry.sort_year}）" if entry.sort_year else entry.title for entry in archive]
    stays = [Kept(title, ARCHIVE_LAW) for title in titles]
    if archive:
        stays.append(Kept(gettext_lazy("表彰所记的姓名、单位和岗位"), ARCHIVE_LAW))
    return Outlook(tuple(goes), tuple(stays))


def _erase(person_uid: str, by: Actor) -> Erasure:
    person = erase_person(Person.objects.get(uid=person_uid), reason=_("本人请求删除"), by=by)
    return Erasure(anonymised=1, kept=(KEPT_ENTRIES,) if kept_by_law(person) else ())


SUBJECT_PART = SubjectPart(
    title=gettext_lazy("职工档案与护照"), export=_export, erase=_erase, outlook=_outlook
)
