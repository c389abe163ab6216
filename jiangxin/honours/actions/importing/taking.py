"""The verb that takes rows of a published list: conferrals, nominees, and titles that wait for an officer."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from jiangxin.honours.actions.conferral import confer_honour
from jiangxin.honours.actions.importing.lists import Lists, UnknownTitles
from jiangxin.honours.actions.importing.people import Holders
from jiangxin.honours.actions.importing.rows import SEXES, Became, ListRow, RowAnswer
from jiangxin.honours.models import Conferral, Honour, HonourList, Nominee
from jiangxin.honours.queries.catalogue import titles
from jiangxin.honours.queries.correcting import was_corrected
from jiangxin.honours.rules import title_key
from jiangxin.kernel.access import Actor, Refused
from jiangxin.kernel.actions import action
from jiangxin.kernel.events import announce
from jiangxin.kernel.text.folding import tidy
from jiangxin.kernel.text.sayings import say, say_all
from jiangxin.orgs.models import Org
from jiangxin.people.models import Person

_AND_OTHERS = re.compile(
    r"^(?P<name>.+?)等\s*(?P<count>\d+)\s*(?:名同志|位同志|名职工|个集体|个单位|人|名|位|个|家)$"
)


@action("honours.import_lists", on="org")
def import_list_rows(
    rows: Sequence[ListRow], *, by: Actor, org: Org | None = None, sha256: str = ""
) -> list[RowAnswer]:
    """Take rows of published lists; taking the same rows again changes nothing.

    A row's holder is the record made for the same name and unit in the same list, else a new record: whether it is
    somebody known already is a question for a person, never answered here. Titles outside the catalogue are counted
    as unknown. New records, nominees and unknown titles belong to `org`. A row that is refused leaves the others alone.
    """
    desk = _Desk(rows, org=org, sha256=sha256, by=by)
    answers = [desk.take(row) for row in rows]
    desk.unknown.keep(rows)
    counts = Counter(answer.became for answer in answers)
    if counts[Became.CONFERRED] or counts[Became.NOMINATED]:
        announce(
            "honours.list_imported",
            org,
            lists=desk.lists.uids,
            conferred=counts[Became.CONFERRED],
            nominated=counts[Became.NOMINATED],
            unknown=counts[Became.UNKNOWN_TITLE],
        )
    return answers


class _Desk:
    """What the rows of one batch share."""

    def __init__(self, rows: Sequence[ListRow], *, org: Org | None, sha256: str, by: Actor) -> None:
        self.by = by
        self.opath = org.path if org else ""
        self.lists = Lists(opath=self.opath, sha256=sha256, by=by)
        self.holders = Holders(rows, org=org, by=by)
        self.unknown = UnknownTitles(opath=self.opath)
        known = titles()
        wanted = {key: known[key] for key in {title_key(row.honour) for row in rows} if key in known}
        honours = Honour.objects.in_bulk(set(wanted.values()))
        self.honours = {key: honours[pk] for key, pk in wanted.items()}

    def take(self, row: ListRow) -> RowAnswer:
        """Take one row, whole or not at all."""
        honour = self.honours.get(title_key(row.honour))
        if honour is None:
            self.unknown.count(row.honour)
            sentence = say(_("“%(title)s”不在荣誉目录中，已列入待识别的名称，没有猜测。"), title=row.honour)
            return RowAnswer(row.number, Became.UNKNOWN_TITLE, "unknown_title", sentence)
        try:
            with transaction.atomic():
                return self._take_known(row, honour)
        except Refused as refusal:
            self.lists.forget(row)
            return RowAnswer(row.number, Became.REFUSED, refusal.code, say(refusal.sentence))

    def _take_known(self, row: ListRow, honour: Honour) -> RowAnswer:
        others = _AND_OTHERS.match(tidy(row.name))
        if others:
            row = replace(row, name=others["name"], list_complete=False)
        honour_list = self.lists.of(row, announced=int(others["count"]) if others else None)
        take = self._nominate if row.is_nominee else self._confer
        return take(row, honour, honour_list)

    def _nominate(self, row: ListRow, honour: Honour, honour_list: HonourList) -> RowAnswer:
        _nominee, is_new = Nominee.objects.get_or_create(
            honour_list=honour_list,
            honour=honour,
            row_key=row.key,
            opath=self.opath,
            defaults={
                "name": tidy(row.name)[:200],
                "is_collective": row.is_collective,
                "sex": SEXES.get(row.sex, ""),
                "ethnic": row.ethnic[:20],
                "unit_text": row.unit[:300],
                "post_text": row.job_title[:200],
                "region": self.holders.region(row),
                "year": row.year,
                "note": row.note[:300],
            },
        )
        if not is_new:
            return _known(row)
        sentence = say(_("“%(name)s”是公示人选，单独保存，不算获得者。"), name=row.name)
        return RowAnswer(row.number, Became.NOMINATED, "nominated", sentence)

    def _confer(self, row: ListRow, honour: Honour, honour_list: HonourList) -> RowAnswer:
        held = Conferral.objects.filter(honour_list=honour_list, row_key=row.key)
        in_list = list(held.select_related("person", "collective"))
        if any(each.honour_id == honour.pk for each in in_list) or was_corrected(in_list, honour):
            return _known(row)
        known = self.holders.known(in_list)
        holder = known or self.holders.open(row, honour_list)
        confer_honour(
            holder,
            honour=honour,
            by=self.by,
            year=row.year,
            printed_title=row.honour,
            unit_text=row.unit,
            post_text=row.job_title,
            region=self.holders.region(row),
            employer=self.holders.employer(row),
            honour_list=honour_list,
            row_key=row.key,
            source=honour_list.source,
            note=row.note[:300],
        )
        opened = holder if known is None and isinstance(holder, Person) else None
        sentence = self._sentence(row, honour, opened)
        return RowAnswer(row.number, Became.CONFERRED, "conferred", sentence, opened)

    def _sentence(self, row: ListRow, honour: Honour, opened: Person | None) -> str:
        parts = [
            _("为“%(name)s”新建档案并登记“%(title)s”。") if opened else _("为“%(name)s”登记“%(title)s”。")
        ]
        if honour.undivided_of:
            parts.append(_("名单未分列两种称号，按所印登记。"))
        if row.unit and self.holders.employer(row) is None:
            parts.append(_("单位没有对应的登记，按所印保留。"))
        if row.region and self.holders.region(row) is None:
            parts.append(_("地区“%(region)s”未能识别，留空。"))
        values = {"name": tidy(row.name), "title": row.honour, "region": row.region}
        return say_all(say(part, **values) for part in parts)


def _known(row: ListRow) -> RowAnswer:
    return RowAnswer(row.number, Became.KNOWN, "known", _("这一行已经登记过。"))
