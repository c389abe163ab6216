"""Questions about consents: each purpose with its text and whether the worker agrees."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from jiangxin.kernel.access.permissions import Label
from jiangxin.people.models import Consent, Person
from jiangxin.people.words import CONSENT_TEXT_VERSION, CONSENT_TEXTS, ConsentPurpose


@dataclass(frozen=True)
class ConsentChoice:
    """One purpose as the worker sees it."""

    purpose: str
    title: Label
    text: Label
    given_at: datetime.datetime | None
    withdrawn_at: datetime.datetime | None
    is_outdated: bool

    @property
    def is_given(self) -> bool:
        """Whether the worker agrees now."""
        return self.given_at is not None and self.withdrawn_at is None


def consent_choices(person: Person) -> list[ConsentChoice]:
    """All purposes with the worker's latest answer to each."""
    latest: dict[str, Consent] = {}
    for consent in Consent.objects.filter(person__in=Person.objects.group_of(person)).order_by("pk"):
        latest[consent.purpose] = consent
    return [_choice(purpose, latest.get(purpose.value)) for purpose in ConsentPurpose]


def _choice(purpose: ConsentPurpose, consent: Consent | None) -> ConsentChoice:
    return ConsentChoice(
        purpose=purpose.value,
        title=purpose.label,
        text=CONSENT_TEXTS[purpose],
        given_at=consent.given_at if consent else None,
        withdrawn_at=consent.withdrawn_at if consent else None,
        is_outdated=consent is not None and consent.text_version != CONSENT_TEXT_VERSION,
    )
