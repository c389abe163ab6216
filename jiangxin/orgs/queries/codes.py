"""Questions about occupations, industries and the vocabularies of national standards."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from jiangxin.orgs.models import Industry, Occupation
from jiangxin.orgs.words import vocabulary
from jiangxin.orgs.words.vocabulary import SkillLevel, Word

OCCUPATION_EDITION = "2022"


def ethnic_groups() -> tuple[Word, ...]:
    """The 56 groups of GB/T 3304 with 其他 and 外国血统中国籍人士, by code."""
    return vocabulary.ETHNIC_GROUPS


def political_statuses() -> tuple[Word, ...]:
    """Political status of GB/T 4762, by code."""
    return vocabulary.POLITICAL_STATUSES


def educations() -> tuple[Word, ...]:
    """Education of GB/T 4658, headings and completed stages, highest first."""
    return vocabulary.EDUCATIONS


def sexes() -> tuple[Word, ...]:
    """The two codes our records use."""
    return vocabulary.SEXES


def word_named(words: tuple[Word, ...], text: str) -> Word | None:
    """The word whose code or name is `text`; 族 at the end may be missing (汉 for 汉族)."""
    wanted = text.strip()
    return next(
        (word for word in words if wanted and wanted in (word.code, word.name, word.name.removesuffix("族"))),
        None,
    )


def skill_levels() -> tuple[SkillLevel, ...]:
    """The eight skill levels, lowest first."""
    return vocabulary.SKILL_LEVELS


def skill_level(order: int) -> SkillLevel | None:
    """The level of this order (1–8); None for 0 or an unknown one."""
    return next((level for level in vocabulary.SKILL_LEVELS if level.order == order), None)


def skill_level_named(text: str) -> SkillLevel | None:
    """The level called `text`: 高级技师, or 高级技师（一级）.

    A bare 一级 names no level: the national grade runs the other way and is also used for posts.
    """
    wanted = text.strip().replace("(", "（").partition("（")[0].partition("/")[0].strip()
    return next((level for level in vocabulary.SKILL_LEVELS if level.name == wanted), None)


def occupations(edition: str = OCCUPATION_EDITION) -> QuerySet[Occupation]:
    """Headings and occupations of one edition, by code."""
    return Occupation.objects.filter(edition=edition).order_by("code", "level")


def occupation_coded(code: str, edition: str = OCCUPATION_EDITION) -> Occupation | None:
    """The heading or occupation with this code (6-18-02-04); the occupation where both carry it."""
    return Occupation.objects.filter(edition=edition, code=code.strip()).order_by("-level").first()


def occupations_below(code: str, edition: str = OCCUPATION_EDITION) -> QuerySet[Occupation]:
    """What stands directly below a heading; the major groups for ""."""
    found = occupations(edition)
    if not code:
        return found.filter(level=1)
    return found.filter(parent__code=code, parent__level=_heading_level(code))


def _heading_level(code: str) -> int:
    return 1 if code.endswith("-00-00-00") else 2 if code.endswith("-00-00") else 3


def occupation_chain(occupation: Occupation) -> list[Occupation]:
    """The headings above an occupation, major group first, then the occupation itself."""
    chain = [occupation]
    while (above := chain[0].parent) is not None:
        chain.insert(0, above)
    return chain


def industries() -> QuerySet[Industry]:
    """Sections (letters), by code."""
    return Industry.objects.filter(parent__isnull=True).order_by("code")


def divisions(section: str = "") -> QuerySet[Industry]:
    """Two-digit divisions, of one section if given, by code."""
    found = Industry.objects.filter(parent__isnull=False).select_related("parent").order_by("code")
    return found.filter(parent__code=section) if section else found


def all_industries() -> QuerySet[Industry]:
    """Each section followed by its divisions."""
    section = Coalesce("parent__code", "code")
    return Industry.objects.select_related("parent").order_by(
        section, F("parent").asc(nulls_first=True), "code"
    )


def industry_coded(code: str) -> Industry | None:
    """The section or division of a code; of a three- or four-digit class its division (GB/T 4754)."""
    wanted = (
        code.strip().upper().lstrip("ABCDEFGHIJKLMNOPQRST") if len(code.strip()) > 1 else code.strip().upper()
    )
    return Industry.objects.filter(code=wanted[:2]).first() if wanted else None
