"""The verb that writes a mistyped conferral rightly: record, passport, credential and holder follow at once."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.actions.conferral import ENTRY_KIND
from jiangxin.honours.actions.issuing import replace_credential
from jiangxin.honours.models import Conferral, Correction, Credential, Honour
from jiangxin.honours.queries.collectives import KIND
from jiangxin.honours.queries.conferrals import evidence_of, told
from jiangxin.honours.queries.correcting import SIGNED, corrected, differences
from jiangxin.honours.queries.issuers import IN_FORCE
from jiangxin.honours.queries.prerequisites import check_basis
from jiangxin.honours.rules import check_kind, check_reason, check_year
from jiangxin.honours.states import CONFERRAL_FLOW
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.search import mark
from jiangxin.people.actions import correct_entry
from jiangxin.people.models import PassportEntry

IN_PASSPORT = SIGNED - {"certificate_no"}


class Rightly(TypedDict, total=False):
    """What of a conferral may be written anew; what is not given stays."""

    honour: Honour
    printed_title: str
    year: int | None
    conferred_on: date | None
    decision_no: str
    certificate_no: str
    granter_text: str
    unit_text: str
    post_text: str
    category: str
    pot: str
    bonus_fen: int | None


@action("honours.correct_conferral")
def correct_conferral(
    conferral: Conferral, *, reason: str, by: Actor, **rightly: Unpack[Rightly]
) -> Conferral:
    """Write a conferral that stands as it was decided, with the reason; the history keeps what stood there.

    A credential that says otherwise is replaced, never changed: the old one leads to the new one. Refused: a year that
    cannot be, the same honour twice in a year, an honour the holder cannot have, a conferral that was revoked.
    """
    written = check_reason(reason)
    Conferral.objects.select_for_update(no_key=True).get(pk=conferral.pk)  # two at once: one after the other
    said = corrected(conferral, dict(rightly))
    said["year"] = check_year(said["year"], said["conferred_on"], today=timezone.localdate())
    changes = differences(conferral, said)
    _check(conferral, said, changes, waiver=written)
    _write(conferral, {name: said[name] for name in changes}, reason=written, by=by)
    Correction.objects.create(
        conferral=conferral,
        changes=[[name, *values] for name, values in changes.items()],
        reason=written,
        corrected_by=by.actor_label,
    )
    _correct_entry(conferral, set(changes), reason=written, by=by)
    made = _replace(conferral, by=by) if SIGNED & set(changes) else None
    announce(
        "honours.conferral_corrected",
        conferral,
        **told(conferral),
        fields=list(changes),
        credential=made.uid if made else "",
    )
    return conferral


def _check(conferral: Conferral, said: dict[str, Any], changes: dict[str, list[Any]], *, waiver: str) -> None:
    if not changes:
        raise Refused(_("没有改动。"), code="unchanged")
    if conferral.year and not said["year"]:
        raise Refused(_("年份不能清空，请填写正确的年份。"), code="year_missing", field="year")
    honour = said["honour"]
    if "honour" in changes:
        check_kind(honour.kind, is_person=conferral.person is not None, title=honour.title)
        check_basis(conferral.holder, honour, waiver=waiver, without=conferral)
    twice = Conferral.objects.filter(
        person=conferral.person, collective=conferral.collective, honour=honour, year=said["year"]
    ).exclude(pk=conferral.pk)
    if said["year"] and twice.exists():
        raise _already(conferral, said)


def _already(conferral: Conferral, said: dict[str, Any]) -> Refused:
    sentence = _("%(name)s%(year)s年的“%(title)s”已经登记过。") % {
        "name": conferral.holder_name,
        "year": said["year"],
        "title": said["honour"].title,
    }
    return Refused(sentence, code="already_conferred", field="year")


def _write(conferral: Conferral, changes: dict[str, Any], *, reason: str, by: Actor) -> None:
    try:
        with transaction.atomic():
            CONFERRAL_FLOW.move(conferral, "correct", by=by, note=reason, **changes)
    except IntegrityError as fault:  # somebody registered the same at this moment
        raise Refused(_("刚才已有人登记了同一项荣誉，请核对。"), code="already_conferred") from fault
    if conferral.collective_id:
        mark(KIND, [conferral.collective_id])


def _correct_entry(conferral: Conferral, changed: set[str], *, reason: str, by: Actor) -> None:
    """The passport keeps the old entry beside the new one, for the worker to read."""
    entry = PassportEntry.objects.filter(
        object_type=ENTRY_KIND, object_id=conferral.uid, corrections__isnull=True, retracted=False
    ).first()
    if entry is None or not changed & IN_PASSPORT:
        return
    correct_entry(
        entry,
        reason=reason,
        by=by,
        title=conferral.printed_title,
        year=conferral.year,
        happened_on=conferral.conferred_on,
        issuer=conferral.granter_text,
        detail="" if changed & {"unit_text", "post_text"} else None,
        facts={"decision_no": "", **evidence_of(conferral)},
    )


def _replace(conferral: Conferral, *, by: Actor) -> Credential | None:
    """The new credential when one was in force; what is suspended stays so."""
    held = conferral.credentials.filter(state__in=IN_FORCE).select_related("key__issuer").first()
    return replace_credential(held, by=by) if held else None
