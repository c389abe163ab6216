"""Questions about conferrals: of one holder, the highest, and lists for officers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from jiangxin.honours.models import Collective, Conferral, ConferralQuerySet, Credential, Honour
from jiangxin.honours.queries.prerequisites import held_by
from jiangxin.honours.words import ConferralState, CredentialState
from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.states.models import Step
from jiangxin.kernel.text.names import name_key
from jiangxin.kernel.text.units import unit_key
from jiangxin.orgs.models import Org
from jiangxin.orgs.queries.tree import path_of, scopes_of
from jiangxin.people.models import Person
from jiangxin.people.queries.people import PeopleFilter, find_people

MOST_OFFICES = 200


def conferral_addressed(uid: str) -> Conferral | None:
    """The conferral with this outside address, ready to be shown."""
    return Conferral.objects.for_show().filter(uid=uid).first()


def told(conferral: Conferral) -> dict[str, Any]:
    """The plain values announcements about a conferral carry."""
    return {
        "uid": conferral.uid,
        "honour": conferral.honour.code,
        "title": conferral.honour.title,
        "holder": conferral.holder_name,
        "person": conferral.person.uid if conferral.person else "",
        "year": conferral.year,
        "opath": conferral.opath,
    }


def evidence_of(conferral: Conferral) -> dict[str, Any]:
    """What the passport keeps of a conferral beside its title, time and granter."""
    honour = conferral.honour
    found: dict[str, Any] = {
        "honour": honour.code,
        "rank": honour.rank,
        "level": honour.level,
        "unit": conferral.unit_text,
    }
    if conferral.decision_no:
        found["decision_no"] = conferral.decision_no
    if conferral.honour_list:
        found["list"] = conferral.honour_list.title
    return found


def conferral_for(actor: Actor, uid: str) -> Conferral | None:
    """The conferral if the officer may work on it."""
    found = conferral_addressed(uid)
    return found if found is not None and actor.has_perm("honours.view_conferral", found) else None


def conferrals_on_record(person: Person, actor: Actor) -> ConferralQuerySet:
    """Every conferral of this worker, whatever became of it, that the officer may work on; the latest year first."""
    held = Conferral.objects.visible_to(actor).filter(person__in=Person.objects.group_of(person))
    return held.for_show().order_by(F("year").desc(nulls_last=True), "pk")


def history_of(conferral: Conferral) -> list[Step]:
    """Every move of the conferral, oldest first."""
    return list(Step.objects.of(conferral))


def person_for_conferral(actor: Actor, uid: str) -> Person | None:
    """The worker an officer may confer on."""
    person = Person.objects.filter(uid=uid).first()
    return person if person is not None and actor.has_perm("honours.confer_honour", person) else None


def people_to_honour(actor: Actor, text: str) -> list[Person]:
    """Workers an officer may confer on, by name, pinyin, unit or number, best first; at most one page."""
    found = find_people(actor, PeopleFilter(text=text)).people if text else []
    return [person for person in found if actor.has_perm("honours.confer_honour", person)]


def collective_addressed(actor: Actor, name: str) -> Collective | None:
    """The collective of this name (or number) an officer may confer on, if there is exactly one."""
    named = Q(uid=name.strip()) | Q(name_key=unit_key(name))
    found = Collective.objects.filter(named, covered_by(actor, "honours.confer_honour"))[:2]
    return found[0] if len(found) == 1 else None


def honours_of(person: Person) -> list[Conferral]:
    """Everything ever conferred on the worker, highest first; revoked ones included."""
    found = held_by(person).for_show().prefetch_related("credentials").highest_first()
    return list(found)


def shown_honours_of(person: Person) -> list[Conferral]:
    """What the public may see of the worker's honours, highest first."""
    return list(held_by(person).shown().for_show().highest_first())


def highest_honour(person: Person, *, on: date | None = None) -> Conferral | None:
    """The highest honour in force (today), or the highest conferred until the day `on` that is in force today.

    Allowances of several honours are not added up: only the highest counts, so payments ask this on the payment day.
    """
    held = held_by(person).standing().for_show()
    if on is not None:
        held = held.filter(Q(conferred_on__lte=on) | Q(conferred_on__isnull=True, year__lte=on.year))
    return held.highest_first().first()


@dataclass(frozen=True)
class ConferralFilter:
    """What the list of conferrals is narrowed to; empty values narrow nothing. `credential` is held or missing."""

    text: str = ""
    honour: Honour | None = None
    year: int | None = None
    state: str = ""
    org: str = ""
    credential: str = ""


def conferrals_for(actor: Actor, wanted: ConferralFilter) -> ConferralQuerySet:
    """Conferrals the officer may work on, latest first; `wanted.org` is the number of an organisation."""
    found = Conferral.objects.visible_to(actor).for_show().order_by("-pk")
    exact = {"honour": wanted.honour, "year": wanted.year, "state": wanted.state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if text := wanted.text.strip():
        named = Q(person__name_key=name_key(text)) | Q(collective__name__contains=text)
        found = found.filter(named | Q(unit_text__contains=text))
    if wanted.org:
        path = path_of(wanted.org)
        found = found.under(path) if path else found.none()
    return _by_credential(found, wanted.credential)


def _by_credential(found: ConferralQuerySet, credential: str) -> ConferralQuerySet:
    in_force = (CredentialState.VALID, CredentialState.SUSPENDED)
    held = Exists(Credential.objects.filter(conferral=OuterRef("pk"), state__in=in_force))
    if credential == "missing":
        return found.filter(~held, state=ConferralState.CONFERRED)
    return found.filter(held) if credential == "held" else found


def conferrals_chosen(actor: Actor, uids: Sequence[str]) -> ConferralQuerySet:
    """Those of these numbers that the officer may work on, latest first."""
    return Conferral.objects.visible_to(actor).filter(uid__in=uids).for_show().order_by("-pk")


def in_printing_order(found: ConferralQuerySet) -> list[int]:
    """Their keys as certificates are handed out: by honour, year, unit and name."""
    ordered = found.highest_first("unit_text", "person__pinyin")
    return list(ordered.values_list("pk", flat=True))


def offices_of(actor: Actor, code: str = "honours.view_conferral") -> list[tuple[str, str]]:
    """Number and name of the organisations a permission reaches, for a choice: the actor's own and those right below."""
    paths = [path for path, _name in scopes_of(actor, code)]
    own = Org.objects.active().filter(path__in=paths).order_by("path")
    below = Org.objects.active().filter(parent__path__in=paths).order_by("path")[:MOST_OFFICES]
    return [(org.uid, org.name) for org in own] + [(org.uid, f"　{org.name}") for org in below]
