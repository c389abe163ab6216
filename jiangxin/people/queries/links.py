"""Questions about link proposals: the queue, two records side by side, what a decision did."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.privacy.masking import mask
from jiangxin.people.matching import sentence
from jiangxin.people.matching.evidence import SENTENCES
from jiangxin.people.models import LinkProposal, Person
from jiangxin.people.models.link import LinkProposalQuerySet
from jiangxin.people.queries.passport import standing_entries
from jiangxin.people.words import BirthPrecision

DECIDE = "people.decide_link"


@dataclass(frozen=True)
class Reason:
    """One piece of evidence in words; its weight says how strongly it speaks for (or against) one worker."""

    text: str
    weight: int


@dataclass(frozen=True)
class Line:
    """One fact of the two records, side by side; ``differs`` when both are known and not equal."""

    title: Label
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether both sides are known and disagree."""
        return bool(self.first and self.second and self.first != self.second)

    @property
    def agrees(self) -> bool:
        """Whether both sides are known and agree."""
        return bool(self.first and self.first == self.second)


def proposals_for(actor: Actor) -> LinkProposalQuerySet:
    """Proposals in the organisations where the actor may decide, the surest first."""
    return (
        LinkProposal.objects.filter(covered_by(actor, DECIDE))
        .select_related("first__region", "second__region")
        .order_by("-score", "id")
    )


def waiting_for(actor: Actor) -> LinkProposalQuerySet:
    """Undecided proposals for this actor, the surest first."""
    return proposals_for(actor).waiting()


def count_waiting(actor: Actor) -> int:
    """How many proposals wait for this actor's decision."""
    return LinkProposal.objects.waiting().filter(covered_by(actor, DECIDE)).count()


def proposal_addressed(actor: Actor, uid: str) -> LinkProposal | None:
    """The proposal with this address if the actor may decide it."""
    return proposals_for(actor).filter(uid=uid).first()


def people_by_key(keys: set[int]) -> dict[int, Person]:
    """Records by their keys."""
    return {person.pk: person for person in Person.objects.filter(pk__in=keys)}


def key_of(uid: str) -> int | None:
    """Key of the record with this address; None when there is none."""
    return Person.objects.filter(uid=uid).values_list("pk", flat=True).first()


def reasons(proposal: LinkProposal) -> list[Reason]:
    """The evidence as sentences in the reader's language, strongest first."""
    return [Reason(_sentence(item), int(item["weight"])) for item in proposal.evidence]


def side_by_side(proposal: LinkProposal) -> list[Line]:
    """The two records fact by fact; protected values masked, equal ones still recognisable as equal."""
    first, second = proposal.first, proposal.second
    titles = _titles(first, second)
    pairs: list[tuple[Label, str, str]] = [
        (_("姓名"), first.name, second.name),
        (_("单位"), first.unit_text, second.unit_text),
        (_("岗位"), first.post_text, second.post_text),
        (_("地区"), _region(first), _region(second)),
        (_("性别"), first.get_sex_display(), second.get_sex_display()),
        (_("出生"), _birth(first), _birth(second)),
        (_("身份证号"), mask(first.id_number, "id_number"), mask(second.id_number, "id_number")),
        (_("荣誉与经历"), titles.get(first.pk, ""), titles.get(second.pk, "")),
    ]
    return [Line(title, one, two) for title, one, two in pairs if one or two]


def _sentence(item: dict[str, Any]) -> str:
    if item["kind"] in SENTENCES:
        return sentence(item["kind"], item.get("values", {}))
    return str(item.get("text", ""))


def _region(person: Person) -> str:
    return person.region.name if person.region else ""


def _birth(person: Person) -> str:
    if person.birth_on is None:
        return ""
    return f"{person.birth_on:%Y}" if person.birth_precision == BirthPrecision.YEAR else person.birth_month


def _titles(*people: Person) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for entry in standing_entries([person.pk for person in people]).order_by("year", "id"):
        found.setdefault(entry.person_id, []).append(f"{entry.sort_year or ''} {entry.title}".strip())
    return {key: "；".join(titles[:8]) for key, titles in found.items()}
