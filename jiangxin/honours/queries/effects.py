"""What a revocation would do, told before anybody decides."""

from dataclasses import dataclass

from jiangxin.honours.models import Conferral
from jiangxin.honours.queries.issuers import IN_FORCE
from jiangxin.honours.queries.prerequisites import built_on, held_by
from jiangxin.kernel.text.amounts import yuan


@dataclass(frozen=True)
class Higher:
    """An honour that builds on the one to be revoked; its granter is asked."""

    conferral: Conferral
    is_hard: bool
    is_asked_already: bool


@dataclass(frozen=True)
class Effects:
    """Everything that follows a revocation. Treatment ends unless another honour in force gives it too."""

    credentials: int
    is_public: bool
    higher: list[Higher]
    medal: str
    certificate: str
    bonus_fen: int
    treatment_ending: list[str]
    treatment_staying: list[str]
    highest_now: Conferral | None
    highest_then: Conferral | None

    @property
    def things(self) -> str:
        """What was handed over with it."""
        return "、".join(each for each in (self.medal, self.certificate) if each)

    @property
    def bonus(self) -> str:
        """The bonus as an amount of yuan."""
        return yuan(self.bonus_fen)


def effects_of_revoking(conferral: Conferral) -> Effects:
    """What would follow; writes nothing."""
    honour = conferral.honour
    others = list(held_by(conferral.holder).standing().exclude(pk=conferral.pk).for_show().highest_first())
    standing = conferral in held_by(conferral.holder).standing()
    highest_then = others[0] if others else None
    highest_now = min((*others, conferral), key=lambda each: each.honour.rank) if standing else highest_then
    kept = {line for each in others for line in each.honour.treatment}
    person = conferral.person
    return Effects(
        credentials=conferral.credentials.filter(state__in=IN_FORCE).count(),
        is_public=person is None or person.is_public,
        higher=[
            Higher(each, strength == "hard", each.state == "reexamined")
            for each, strength in built_on(conferral)
        ],
        medal=honour.medal,
        certificate=honour.certificate,
        bonus_fen=conferral.bonus_fen or 0,
        treatment_ending=[line for line in honour.treatment if line not in kept],
        treatment_staying=[line for line in honour.treatment if line in kept],
        highest_now=highest_now,
        highest_then=highest_then,
    )
