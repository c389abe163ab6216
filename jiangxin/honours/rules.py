"""May an actor do this to a conferral, and checks of single values; no writes."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jiangxin.honours.words import LOCAL_LEVELS, HonourKind, Level
from jiangxin.kernel.access import Refused
from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.sayings import say
from jiangxin.orgs.models.paths import SEGMENT

EARLIEST_YEAR = 1921
SHORTEST_REASON = 10
SHORTEST_WAIVER = 20
_DEPTHS = {Level.PROVINCE: 2, Level.CITY: 3, Level.COUNTY: 4}
_LEADING_YEAR = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+届)?(?:\d{4}年(?:度)?)?(?:首批|第[一二三四五六七八九十\d]+批)?"
)
_QUOTES = re.compile(r"[\s“”\"'‘’「」『』《》]")
_ENDING = re.compile(r"(?:荣誉称号|称号)$")


def title_key(printed: str) -> str:
    """Return the key by which printed forms of one title are equal: no year, round, quotes, spaces or 称号."""
    text = _QUOTES.sub("", tidy(printed)).replace("(", "（").replace(")", "）")
    return _ENDING.sub("", _LEADING_YEAR.sub("", text)).casefold()


def deciding_depth(level: str) -> int | None:
    """How deep in the tree an honour of this level is decided on, 0 is the nation; None: by the holder's own union."""
    return None if level == Level.ENTERPRISE else _DEPTHS.get(Level(level), 0)


def deciding_path(level: str, opath: str) -> str:
    """Path of the organisation that decides on an honour of this level for a holder at `opath`; "" is the nation.

    A holder who stands above that level (a county honour of somebody in the city's office) is decided on where they stand.
    """
    depth = deciding_depth(level)
    return opath if depth is None else opath[: SEGMENT * depth]


def is_own(actor: Any, thing: Any) -> bool:
    """Whether the conferral (or what belongs to one) is held by the actor's own worker record."""
    person = getattr(actor, "person", None)
    conferral = getattr(thing, "conferral", thing)
    holder = getattr(conferral, "person", None)
    return person is not None and holder is not None and bool(holder.root_id == person.root_id)


def is_not_decider(actor: Any, thing: Any) -> bool:
    """Veto: an honour is taken away, or kept, only by the level that grants it; never by the holder."""
    conferral = getattr(thing, "conferral", thing)
    wanted = deciding_path(conferral.honour.level, conferral.opath)
    paths = actor.paths_for("honours.revoke_conferral")
    return is_own(actor, thing) or not any(wanted.startswith(path) for path in paths)


def edits_catalogue_at(actor: Any, level: str) -> bool:
    """Whether the actor may change honours of this level: local ones from any office, the others nationally."""
    paths = actor.paths_for("honours.edit_catalogue")
    return "" in paths or (bool(paths) and level in LOCAL_LEVELS)


def check_kind(kind: str, *, is_person: bool, title: str) -> None:
    """Refused when a person gets an honour of collectives or the other way round."""
    if kind == HonourKind.COLLECTIVE and is_person:
        raise Refused(say(_("“%(title)s”只授予集体。"), title=title), code="collectives_only", field="honour")
    if kind == HonourKind.PERSON and not is_person:
        raise Refused(say(_("“%(title)s”只授予个人。"), title=title), code="persons_only", field="honour")


def check_year(year: int | None, conferred_on: date | None, *, today: date) -> int | None:
    """The year of conferral; Refused when year and day disagree, lie in the future or before 1921."""
    if conferred_on is not None and conferred_on > today:
        raise Refused(_("授予日期不能在今天之后。"), code="in_future", field="conferred_on")
    if year and conferred_on and conferred_on.year != year:
        raise Refused(_("年份与授予日期不一致，请核对其中一项。"), code="year_contradicts_day", field="year")
    found = year or (conferred_on.year if conferred_on else None)
    if found is not None and not EARLIEST_YEAR <= found <= today.year:
        raise Refused(
            say(_("年份应在 %(first)d 到 %(last)d 之间。"), first=EARLIEST_YEAR, last=today.year),
            code="year_impossible",
            field="year",
        )
    return found


def check_reason(text: str) -> str:
    """The reason without outer space; Refused when it says too little."""
    if len(text.strip()) < SHORTEST_REASON:
        raise Refused(
            say(_("请写明理由，至少 %(least)d 个字。"), least=SHORTEST_REASON),
            code="reason_missing",
            field="reason",
        )
    return text.strip()
