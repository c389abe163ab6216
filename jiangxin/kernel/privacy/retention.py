"""Terms of keeping: what each app ends when the time its purpose states is over (PIPL articles 19 and 47)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import ngettext

from jiangxin.kernel.access.permissions import Label
from jiangxin.kernel.modules import Module, installed_modules, named
from jiangxin.kernel.privacy.purposes import purposes

YEAR_DAYS = 365


@dataclass(frozen=True)
class Retention:
    """How long rows of one model are kept and what ends them; an app lists its own in `Module.retentions`.

    `code` is stable ("people.disputes"), `model` a label as in a Purpose ("people.Dispute"), `ending` says in words
    what happens ("删除"). `due` and `end` are dotted "package.module:name": `due(before)` answers a queryset of the
    rows whose time began before that moment, `end(rows, *, by)` is a verb under the permission `jobs.keep_terms`
    that deletes those rows, or empties what is personal in them, so that they are no longer due; it returns how
    many it ended, and may pass over rows that something else still needs.
    """

    code: str
    title: Label
    model: str
    term: timedelta
    ending: Label
    due: str
    end: str

    def rows_due(self, at: datetime) -> QuerySet[Any]:
        """The rows whose term is over at this moment."""
        question: Callable[[datetime], QuerySet[Any]] = named(self.due)
        return question(at - self.term)

    def end_rows(self, rows: Sequence[Model], **said: Any) -> int:
        """Call the verb for these rows (`by=` the actor); returns how many were ended."""
        verb: Callable[..., int] = named(self.end)
        return verb(rows, **said)

    @property
    def term_in_words(self) -> str:
        """The term as people say it: whole years, else days."""
        return in_words(self.term)


def in_words(term: timedelta) -> str:
    """A term as people say it: whole years of 365 days, else days."""
    if term.days and term.days % YEAR_DAYS == 0:
        years = term.days // YEAR_DAYS
        return ngettext("%(count)s 年", "%(count)s 年", years) % {"count": years}
    return ngettext("%(count)s 天", "%(count)s 天", term.days) % {"count": term.days}


def retentions(modules: Iterable[Module] | None = None) -> dict[str, Retention]:
    """Every term the installed apps (or the given modules) declare, by code; a code declared twice is an error."""
    declared: dict[str, Retention] = {}
    for module in modules or installed_modules():
        for each in module.retentions:
            if each.code in declared:
                raise ValueError(f"retention declared twice: {each.code}")
            declared[each.code] = each
    return declared


def terms_nobody_keeps(modules: Iterable[Module] | None = None) -> list[str]:
    """Name each model whose purpose states a term that no retention keeps, as "people.Dispute: 1095"."""
    listed = list(modules) if modules is not None else None
    kept = {(each.model, each.term) for each in retentions(listed).values()}
    stated = {(each.model, each.retention) for each in purposes(listed) if each.retention is not None}
    return sorted(f"{model}: {term.days}" for model, term in stated - kept)
