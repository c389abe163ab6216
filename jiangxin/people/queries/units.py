"""Which employer a printed unit name means, when that is as good as certain."""

from jiangxin.orgs.models import Employer, Region
from jiangxin.orgs.queries.units import CERTAIN, resolve_unit


def certain_employer(unit_text: str, *, region: Region | None = None) -> Employer | None:
    """The one employer that the printed name surely means; None when there is a doubt, so that a person chooses."""
    sure = [candidate for candidate in resolve_unit(unit_text, region) if candidate.score >= CERTAIN]
    return sure[0].employer if len(sure) == 1 else None
