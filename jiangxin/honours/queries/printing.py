"""Questions before certificates are printed: whose have characters that no font holds."""

from dataclasses import dataclass

from django.db.models.functions import Coalesce

from jiangxin.honours.certificates import unprintable
from jiangxin.honours.models import ConferralQuerySet

MOST_NAMED = 10


@dataclass(frozen=True)
class Lacking:
    """How many certificates would show 〓, the first holders by name, and for which characters."""

    number: int
    names: list[str]
    signs: str

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.number - len(self.names)


def lacking_among(found: ConferralQuerySet) -> Lacking | None:
    """What of these could not be printed as written; None when all can. One query, and one look at the fonts."""
    rows = found.highest_first("unit_text").values_list(
        Coalesce("person__name", "collective__name"),
        "unit_text",
        "post_text",
        "printed_title",
        "granter_text",
    )
    written = [(name, "".join((name, *rest))) for name, *rest in rows]
    signs = unprintable("".join(dict.fromkeys("".join(text for _name, text in written))))
    if not signs:
        return None
    holders = [name for name, text in written if not set(signs).isdisjoint(text)]
    return Lacking(len(holders), holders[:MOST_NAMED], signs)
