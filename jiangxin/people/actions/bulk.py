"""Verbs on whole lists of workers: open records by the thousand, and take back what one import opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.sheets.bulk import Columns, insert_columns, reserve_ids
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.queries.units import resolve_units
from jiangxin.people.actions.employment import add_employment
from jiangxin.people.actions.person import correct_person
from jiangxin.people.models import Employment, Person, Source
from jiangxin.people.queries.importing import Fresh, PersonRow, Plan, plan_people
from jiangxin.people.queries.places import ImportedFrom, Remark
from jiangxin.people.queries.ready import batch_of
from jiangxin.people.words import BirthPrecision, PersonState, SourceKind

STEP = 2_000
_UNSAID = dict.fromkeys(("ethnic", "political_status", "education", "email"), "")
_SPELL = {"worker_kind": "", "is_new_form": False, "is_cross_province": False, "note": ""}


@dataclass
class ImportedPeople:
    """What became of the rows of one batch, by row number, and what is to be said of them."""

    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@action("people.import_people")
def import_people(where: ImportedFrom, *, rows: Sequence[PersonRow] | Batch, by: Actor) -> ImportedPeople:
    """Open records for the new workers of a list, and fill in what is missing in the records of known ones.

    The rows are clean; a Batch is ready too (`make_ready`). Nothing that is recorded is overwritten; the same rows again change nothing. Each row needs
    the actor's right to add workers at its organisation. A trial only tells. One announcement for the whole batch.
    """
    if not rows:
        return ImportedPeople()
    ready = rows if isinstance(rows, Batch) else batch_of(rows, is_trial=where.is_trial)
    plan = plan_people(where, ready, by=by)
    answer = ImportedPeople(
        new=plan.fresh.rows.numbers,
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
    new = plan.fresh.rows
    source = _source(where) if new or plan.additions else None
    records = Person.objects.in_bulk([known.id for _row, known, _region in plan.additions])
    for row, known, region_id in plan.additions:
        _fill_in(records[known.id], row, region_id, source, by)
    if new and source is not None:
        keys = reserve_ids(Person, len(new))
        _insert(plan.fresh, keys, source)
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


def _insert(fresh: Fresh, keys: Sequence[int], source: Source) -> None:
    """Records and their present spells, column by column."""
    given = fresh.rows.columns
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    region_ids, org_ids, paths = zip(*fresh.places, strict=True)
    person: Columns = {"id": keys, "region_id": region_ids, "org_id": org_ids, "opath": paths}
    person |= {name: given[name] for name in ("uid", "name", "name_key", "pinyin", "initials", "sex")}
    person |= {"unit_text": given["unit"], "post_text": given["post"]}
    person |= {"id_number": given["sealed_number"], "phone": given["sealed_phone"]}
    person |= {"id_number_index": [each or None for each in given["number_index"]]}
    person |= {"birth_on": [each or None for each in given["birth_on"]]}
    person |= {"birth_precision": [BirthPrecision.DAY.value if each else "" for each in given["birth_on"]]}
    always = {"source_id": source.pk, "state": PersonState.ACTIVE.value, "is_public": False}
    insert_columns(Person, person, always={**always, **_UNSAID, "created_at": now, "updated_at": now})
    spell: Columns = {"person_id": keys, "unit_text": given["unit"], "post": given["post"]}
    insert_columns(Employment, spell, always={"source_id": source.pk, **_SPELL})


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
            raise Refused(say(message, what=what), code="used_since")
