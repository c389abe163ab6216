"""What the honours hold about one worker: a copy of it, and what an erasure leaves."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jiangxin.honours.models import (
    CascadeProposal,
    Conferral,
    Correction,
    Credential,
    Nominee,
    Recheck,
    Revocation,
)
from jiangxin.kernel.access import Actor
from jiangxin.kernel.events import forget_words
from jiangxin.kernel.privacy import Erasure, Kept, SubjectPart
from jiangxin.people.models import Employment, Person
from jiangxin.people.queries.traces import names_of

KEPT_HONOURS = Kept(
    _("荣誉的授予、撤销与凭证"),
    _("表彰档案依法须长期保存，已停止公开和其他使用（个人信息保护法第四十七条第二款）。"),
)


def _conferrals_of(person_uid: str) -> QuerySet[Conferral]:
    """Every conferral of this worker, over all records confirmed to be theirs; all of it the oldest first."""
    person = Person.objects.get(uid=person_uid)
    parts = (
        ("credentials", Credential.objects.order_by("pk")),
        ("rechecks", Recheck.objects.order_by("pk")),
        ("corrections", Correction.objects.order_by("pk")),
    )
    return (
        Conferral.objects.filter(person__in=Person.objects.group_of(person))
        .select_related("honour", "region", "honour_list", "source", "revocation")
        .prefetch_related(*(Prefetch(*part) for part in parts))
        .order_by("year", "pk")
    )


def _export(person_uid: str) -> dict[str, Any]:
    return {"conferrals": [_conferral(each) for each in _conferrals_of(person_uid)]}


def _conferral(each: Conferral) -> dict[str, Any]:
    return {
        "uid": each.uid,
        "honour": each.honour.title,
        "printed_title": each.printed_title,
        "year": each.year,
        "conferred_on": each.conferred_on.isoformat() if each.conferred_on else None,
        "decision_no": each.decision_no,
        "granter": each.granter_text,
        "certificate_no": each.certificate_no,
        "category": each.category,
        "pot": each.pot,
        "bonus_fen": each.bonus_fen,
        "unit": each.unit_text,
        "post": each.post_text,
        "region": each.region.name if each.region else "",
        "state": each.state,
        "list": each.honour_list.title if each.honour_list else "",
        "source": each.source.title if each.source else "",
        "note": each.note,
        "created_at": each.created_at.isoformat(),
        "revocation": _revocation(each),
        "credentials": [
            {"uid": held.uid, "state": held.state, "document": held.document}
            for held in each.credentials.all()
        ],
        "corrections": [
            {
                "changes": made.changes,
                "reason": made.reason,
                "corrected_by": made.corrected_by,
                "at": made.created_at.isoformat(),
            }
            for made in each.corrections.all()
        ],
        "rechecks": [
            {"year": look.year, "state": look.state, "finding": look.finding} for look in each.rechecks.all()
        ],
    }


def _revocation(each: Conferral) -> dict[str, Any] | None:
    """Why the honour was taken away, and what came back; None while it was not."""
    found = getattr(each, "revocation", None)
    if found is None:
        return None
    returned = found.medal_returned_on
    return {
        "grounds": found.grounds,
        "reason": found.reason,
        "decision_no": found.decision_no,
        "decided_on": found.decided_on.isoformat(),
        "medal_returned_on": returned.isoformat() if returned else None,
        "bonus_returned_fen": found.bonus_returned_fen,
        "return_note": found.return_note,
        "revoked_by": found.revoked_by,
    }


def _erase(person_uid: str, by: Actor) -> Erasure:
    """Honours are an archive, each further use stops with the limit; proposals go. The log forgets whose they are."""
    person, held = Person.objects.get(uid=person_uid), _conferrals_of(person_uid)
    deleted = _nominees_like(person).delete()[0]
    if not held.exists():
        return Erasure(deleted=deleted)
    forget_words(_log_traces(held), names=names_of(person), by=by)
    return Erasure(deleted=deleted, kept=(KEPT_HONOURS,))


def _nominees_like(person: Person) -> QuerySet[Nominee]:
    """Proposed names on public notices that are the worker's by name and unit; nothing else ties them to a record."""
    spells = Employment.objects.filter(person=person).values_list("unit_text", flat=True)
    units = {each for each in (person.unit_text, *spells) if each}
    return Nominee.objects.filter(name__in=names_of(person), unit_text__in=units, is_collective=False)


def _log_traces(held: QuerySet[Conferral]) -> dict[str, list[str]]:
    """{kind of thing: outside ids} of all that the log named because of these conferrals."""
    theirs = held.order_by().values("pk")
    found: tuple[QuerySet[Any], ...] = (
        Conferral.objects.filter(pk__in=theirs),
        *(
            model.objects.filter(conferral__in=theirs)
            for model in (Credential, Correction, Recheck, Revocation)
        ),
        CascadeProposal.objects.filter(Q(conferral__in=theirs) | Q(revocation__conferral__in=theirs)),
    )
    return {rows.model._meta.label_lower: list(rows.values_list("uid", flat=True)) for rows in found}


SUBJECT_PART = SubjectPart(title=_("荣誉与凭证"), export=_export, erase=_erase)
