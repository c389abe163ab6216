"""Questions about conferrals: of one holder, the highest, and lists for officers."""

from datetime import date

from django.db.models import Q

from jiangxin.honours.models import Conferral, ConferralQuerySet, Honour
from jiangxin.honours.queries.prerequisites import held_by
from jiangxin.kernel.access import Actor
from jiangxin.kernel.text.names import name_key
from jiangxin.people.models import Person


def conferral_addressed(uid: str) -> Conferral | None:
    """The conferral with this outside address, ready to be shown."""
    return Conferral.objects.for_show().filter(uid=uid).first()


def honours_of(person: Person) -> list[Conferral]:
    """Everything ever conferred on the worker, highest first; revoked ones included."""
    return list(held_by(person).for_show().order_by("honour__rank", "-year", "pk"))


def shown_honours_of(person: Person) -> list[Conferral]:
    """What the public may see of the worker's honours, highest first."""
    return list(held_by(person).shown().for_show().order_by("honour__rank", "-year", "pk"))


def highest_honour(person: Person, *, on: date | None = None) -> Conferral | None:
    """The highest honour in force (today), or the highest conferred until the day `on` that is in force today.

    Allowances of several honours are not added up: only the highest counts, so payments ask this on the payment day.
    """
    held = held_by(person).standing().for_show()
    if on is not None:
        held = held.filter(Q(conferred_on__lte=on) | Q(conferred_on__isnull=True, year__lte=on.year))
    return held.order_by("honour__rank", "-year", "pk").first()


def conferrals_for(  # the filters of the list page
    actor: Actor,
    *,
    text: str = "",
    honour: Honour | None = None,
    year: int | None = None,
    state: str = "",
) -> ConferralQuerySet:
    """Conferrals the officer may work on, latest first."""
    found = Conferral.objects.visible_to(actor).for_show().order_by("-pk")
    if text.strip():
        wanted = Q(person__name_key=name_key(text)) | Q(collective__name__contains=text.strip())
        found = found.filter(wanted | Q(unit_text__contains=text.strip()))
    if honour is not None:
        found = found.filter(honour=honour)
    if year:
        found = found.filter(year=year)
    return found.filter(state=state) if state else found
