"""Questions about link proposals: the queue, two records side by side, what a decision did."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.access import Actor, covered_by
from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.privacy.masking import mask
from jiangxin.people.matching import Verdict, compare, sentence
from jiangxin.people.matching.candidates import load_profiles
from jiangxin.people.matching.evidence import SENTENCES
from jiangxin.people.models import LinkProposal, Person
from jiangxin.people.models.link import LinkProposalQuerySet
from jiangxin.people.queries.passport import standing_entries

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
    is_comparable: bool = True

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


def proposal_between(first: Person, second: Person) -> LinkProposal | None:
    """The proposal about these two records, whoever made it."""
    older, younger = sorted((first.pk, second.pk))
    return LinkProposal.objects.filter(first_id=older, second_id=younger).first()


def judged(first: Person, second: Person) -> Verdict:
    """What the system finds for and against these two records being one worker; also below the threshold."""
    profiles = load_profiles({first.pk, second.pk})
    namesakes = Person.objects.filter(name_key=first.name_key).count() if first.name_key else 0
    return compare(profiles[first.pk], profiles[second.pk], namesakes=namesakes)


def side_by_side(first: Person, second: Person) -> list[Line]:
    """Two records fact by fact; protected values masked. Units and honours need reading, not comparing by letter."""
    titles = _titles(first, second)
    lines = [
        Line(_("姓名"), first.name, second.name),
        Line(_("工作单位"), first.unit_text, second.unit_text, is_comparable=False),
        Line(_("岗位"), first.post_text, second.post_text),
        Line(_("地区"), _region(first), _region(second)),
        Line(_("性别"), first.get_sex_display(), second.get_sex_display()),
        Line(_("出生年份"), _birth_year(first), _birth_year(second)),
        Line(_("身份证号"), mask(first.id_number, "id_number"), mask(second.id_number, "id_number")),
        Line(_("荣誉与经历"), titles.get(first.pk, ""), titles.get(second.pk, ""), is_comparable=False),
    ]
    return [line for line in lines if line.first or line.second]


def _sentence(item: dict[str, Any]) -> str:
    if item["kind"] in SENTENCES:
        return sentence(item["kind"], item.get("values", {}))
    return str(item.get("text", ""))


def _region(person: Person) -> str:
    return person.region.name if person.region else ""


def _birth_year(person: Person) -> str:
    return f"{person.birth_on:%Y}" if person.birth_on else ""


def _titles(*people: Person) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for entry in standing_entries([person.pk for person in people]).order_by("year", "id"):
        found.setdefault(entry.person_id, []).append(f"{entry.sort_year or ''} {entry.title}".strip())
    return {key: "；".join(titles[:8]) for key, titles in found.items()}
