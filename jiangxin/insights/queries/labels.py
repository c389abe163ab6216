"""Words for the codes that facets and tables carry: honours, regions, industries."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiangxin.honours.models import Honour
from jiangxin.orgs.models import Industry, Region
from jiangxin.people.models import Person


def honour_titles(codes: Iterable[str]) -> dict[str, str]:
    """The title of each honour in the reader's language by code; codes without an honour are left out."""
    rows = Honour.objects.filter(code__in=list(codes)).values_list("code", "title", "title_en")
    return {code: (title_en if _is_english() and title_en else title) for code, title, title_en in rows}


def region_names(stems: Iterable[str]) -> dict[str, str]:
    """The name of each region by its 2, 4 or 6 digits; of a code used more than once, the newest."""
    wanted = {stem: stem.ljust(6, "0") for stem in stems}
    rows = Region.objects.filter(code__in=set(wanted.values())).order_by("valid_from")
    names = dict(rows.values_list("code", "name"))
    return {stem: names[code] for stem, code in wanted.items() if code in names}


def industry_names(codes: Iterable[str]) -> dict[str, str]:
    """The name of each section or division in the reader's language."""
    wanted = set(codes)
    return {code: name for code, (name, _section) in industries().items() if code in wanted}


def industries() -> dict[str, tuple[str, str]]:
    """Every section and division by its code: its name in the reader's language, the section above it ("" for none)."""
    rows = Industry.objects.values_list("code", "name", "name_en", "parent__code")
    return {
        code: (name_en if _is_english() and name_en else name, section or "")
        for code, name, name_en, section in rows
    }


def sexes() -> dict[str, str]:
    """What each code of a sex is called."""
    return {code: str(name) for code, name in Person._meta.get_field("sex").flatchoices if code}


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def year_name(year: str) -> str:
    """2025 → 2025年."""
    return _("%(year)s年") % {"year": year}
