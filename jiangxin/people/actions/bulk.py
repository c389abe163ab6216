"""Verbs on whole lists of workers: open records by the thousand, and take back what one import opened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.privacy.sealing import Sealer
from jiangxin.kernel.search import mark
from jiangxin.kernel.sheets.bulk import bulk_insert, reserve_ids
from jiangxin.kernel.text.ids import new_uids
from jiangxin.orgs.queries.units import resolve_units
from jiangxin.people.actions.employment import add_employment
from jiangxin.people.actions.person import correct_person
from jiangxin.people.models import Employment, Person, Source
from jiangxin.people.queries.importing import Fresh, ImportedFrom, PersonRow, Plan, Remark, plan_people
from jiangxin.people.rules import reading_of
from jiangxin.people.words import BirthPrecision, PersonState, SourceKind

STEP = 2_000
_PERSON = (
    "id", "uid", "name", "name_key", "pinyin", "initials", "sex", "birth_on", "birth_precision", "id_number",
    "id_number_index", "phone", "region_id", "org_id", "opath", "unit_text", "post_text", "source_id",
    "ethnic", "political_status", "education", "email", "state", "is_public", "created_at", "updated_at",
)  # fmt: skip
_SPELL = (
    "person_id", "unit_text", "post", "source_id", "worker_kind", "is_new_form", "is_cross_province", "note",
)  # fmt: skip


@dataclass
class ImportedPeople:
    """What became of the rows of one batch, by row number, and what is to be said of them."""

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@action("people.import_people")
def import_people(where: ImportedFrom, *, rows: Sequence[PersonRow], by: Actor) -> ImportedPeople:
    """Open records for the new workers of a list, and fill in what is missing in the records of known ones.

    The rows are clean. Nothing that is recorded is overwritten; the same rows again change nothing. Each row needs
    the actor's right to add workers at its organisation. A trial only tells. One announcement for the whole batch.
    """
    plan = plan_people(where, rows, by=by)
    answer = ImportedPeople(
        new=[each.row.number for each in plan.fresh],
        changed=[row.number for row, _known, _region in plan.additions],
        same=plan.same,
        refused=plan.refused,
        remarks=plan.remarks,
    )
    if not where.is_trial:
        _write(where, plan, by)
    return answer


@action("people.import_people")
def take_back_import(where: ImportedFrom, *, by: Actor) -> int:
    """Remove the records that one import opened; refused, whole, when anything was added to one of them since."""
    source = Source.objects.filter(uid=where.uid).first()
    if source is None:
        return 0
    opened = Person.objects.filter(source=source)
    _refuse_when_used(opened, source)
    if any(not by.has_perm("people.add_person", thing) for thing in _places_of(opened)):
        raise Refused(_("这次导入涉及您不再管理的组织，不能整批撤回。"), code="no_permission")
    removed = 0
    while keys := list(opened.order_by("pk").values_list("pk", flat=True)[:STEP]):
        mark("person", keys)
        Employment.objects.filter(person__in=keys).delete()
        removed += Person.objects.filter(pk__in=keys).delete()[1]["people.Person"]
    announce("people.import_taken_back", source, source=source.uid, count=removed)
    return removed


@action("people.correct_person")
def find_employers(*, ids: Sequence[int], by: Actor) -> int:
    """Name the employer of present spells that have none, where exactly one has borne the printed name; returns how many."""
    del by
    spells = list(Employment.objects.current().filter(person__in=ids, employer__isnull=True))
    employers = resolve_units(spell.unit_text for spell in spells)
    found = [spell for spell in spells if spell.unit_text in employers]
    for spell in found:
        spell.employer = employers[spell.unit_text]
    Employment.objects.bulk_update(found, ["employer"], batch_size=500)
    mark("person", sorted({spell.person_id for spell in found}))
    return len(found)


def _write(where: ImportedFrom, plan: Plan, by: Actor) -> None:
    """Everything a batch changes; blanks of known records go through the same verbs as from a form."""
    source = _source(where) if plan.fresh or plan.additions else None
    records = Person.objects.in_bulk([known.id for _row, known, _region in plan.additions])
    for row, known, region_id in plan.additions:
        _fill_in(records[known.id], row, region_id, source, by)
    if plan.fresh and source is not None:
        keys = reserve_ids(Person, len(plan.fresh))
        bulk_insert(Person, _PERSON, _people(plan.fresh, keys, source))
        bulk_insert(Employment, _SPELL, _spells(plan.fresh, keys, source))
        mark("person", keys)
        announce(
            "people.people_imported",
            source,
            source=source.uid,
            count=len(keys),
            after=keys[0] - 1,
            until=keys[-1],
        )


def _source(where: ImportedFrom) -> Source:
    """The provenance of one import; it carries the import's own uid, so that every batch finds it."""
    title = where.file_name[:300]
    known = {
        "kind": SourceKind.IMPORT,
        "title": title,
        "sha256": where.sha256,
        "retrieved_on": timezone.localdate(),
    }
    return Source.objects.get_or_create(uid=where.uid, defaults=known)[0]


def _people(fresh: list[Fresh], keys: Sequence[int], source: Source) -> Iterator[tuple[Any, ...]]:
    seal_number = Sealer("people_person", "id_number").seal
    seal_phone = Sealer("people_person", "phone").seal
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    constant = ("", "", "", "", PersonState.ACTIVE.value, False, now, now)
    source_id, day = source.pk, BirthPrecision.DAY.value
    for (row, name_key, index, sex, region_id, org_id, opath), key, uid in zip(
        fresh, keys, new_uids(len(fresh)), strict=True
    ):
        _row_number, name, _sex, number, phone, unit, post, _region, _org = row
        pinyin, initials = reading_of(name)
        birth_on = f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if number else None
        yield (
            key, uid, name, name_key, pinyin, initials, sex, birth_on, day if number else "",
            seal_number(number, uid), index, seal_phone(phone, uid),
            region_id, org_id, opath, unit, post, source_id, *constant,
        )  # fmt: skip


def _spells(fresh: list[Fresh], keys: Sequence[int], source: Source) -> Iterator[tuple[Any, ...]]:
    constant = (source.pk, "", False, False, "")
    for each, key in zip(fresh, keys, strict=True):
        yield (key, each.row.unit, each.row.post, *constant)


def _fill_in(person: Person, row: PersonRow, region_id: int | None, source: Source | None, by: Actor) -> None:
    changes: dict[str, Any] = {}
    if row.phone and not person.phone:
        changes["phone"] = row.phone
    if region_id and person.region_id is None:
        changes["region"] = Person._meta.get_field("region").related_model(pk=region_id)
    if changes:
        correct_person(person, changes=changes, reason=_("批量导入时补全"), by=by)
    if not person.unit_text:
        add_employment(person, unit_text=row.unit, post=row.post, source=source, by=by)


def _places_of(opened: models.QuerySet[Person]) -> Iterable[Any]:
    """One person for each path among the records."""
    paths = opened.order_by().values_list("opath", flat=True).distinct()
    return [Person(opath=path) for path in paths]


def _refuse_when_used(opened: models.QuerySet[Person], source: Source) -> None:
    """Whatever points to a record was added since, apart from the spell the import wrote itself."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        pointing = relation.related_model._default_manager.filter(
            **{f"{relation.field.name}__in": opened.values("pk")}
        )
        if relation.related_model is Employment:
            pointing = pointing.exclude(source=source)
        if pointing.exists():
            message = _("这批档案中有的已有后续登记（%(what)s），不能整批撤回，请逐条更正。")
            what = relation.related_model._meta.verbose_name
            raise Refused(message % {"what": what}, code="used_since")
