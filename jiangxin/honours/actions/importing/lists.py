"""The lists that rows stand in, and the titles nobody knows."""

from collections import Counter
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.honours.actions.importing.rows import ListRow
from jiangxin.honours.models import HonourList, UnknownTitle
from jiangxin.honours.rules import title_key
from jiangxin.kernel.access import Actor, Refused
from jiangxin.people.actions import add_source


class Lists:
    """Finds the list of a row or opens it, once for each list of a batch."""

    def __init__(self, *, opath: str, sha256: str, by: Actor) -> None:
        self._opath, self._sha256, self._by = opath, sha256, by
        self._found: dict[tuple[str, str], HonourList] = {}

    @property
    def uids(self) -> list[str]:
        """The lists that rows were taken into."""
        return [each.uid for each in self._found.values()]

    def of(self, row: ListRow, *, announced: int | None) -> HonourList:
        """The list of this row; `announced` is the number of people a decision names without printing them.

        What is known of a list is changed only by those who may import for the organisation it belongs to.
        """
        found = self._found.get(row.list_key) or self._known(row) or self._opened(row)
        self._found[row.list_key] = found
        if self._by.has_perm("honours.import_lists", found):
            _note(found, row, announced=announced)
        return found

    def forget(self, row: ListRow) -> None:
        """Look the list of this row up again: what was kept of it may have been rolled back."""
        self._found.pop(row.list_key, None)

    def _known(self, row: ListRow) -> HonourList | None:
        title, url = row.list_key
        return HonourList.objects.select_related("source").filter(title_key=title, source_url=url).first()

    def _opened(self, row: ListRow) -> HonourList:
        title = " ".join(row.list_title.split())[:200]  # as printed; the key is normalised
        if not title:
            raise Refused(_("请填写名单名称。"), code="list_missing", field="list_title")
        key, url = row.list_key
        today = timezone.localdate()
        source = add_source(
            kind="list", title=title, url=url, retrieved_on=today, sha256=self._sha256, by=self._by
        )
        return HonourList.objects.create(
            title=title,
            title_key=key,
            year=row.year,
            is_complete=row.list_complete,
            source=source,
            source_url=url,
            opath=self._opath,
        )


def _note(found: HonourList, row: ListRow, *, announced: int | None) -> None:
    if announced and found.announced_count != announced:
        found.announced_count = announced
        found.save(update_fields=["announced_count"])
    if found.is_complete and not row.list_complete:
        found.is_complete = False
        found.save(update_fields=["is_complete"])


class UnknownTitles:
    """Counts titles outside the catalogue and keeps them for an officer of the same organisation."""

    def __init__(self, *, opath: str) -> None:
        self._opath = opath
        self._times: Counter[str] = Counter()

    def count(self, title: str) -> None:
        """One more row with this title."""
        self._times[title] += 1

    def keep(self, rows: Sequence[ListRow]) -> None:
        """Write the titles down; the number of rows is the most ever seen in one batch."""
        examples = {row.honour: row.list_title for row in reversed(rows)}
        for title, times in self._times.items():
            found, _new = UnknownTitle.objects.get_or_create(
                title_key=title_key(title),
                opath=self._opath,
                defaults={"title": title[:120], "example_list": examples[title][:200]},
            )
            if found.times < times:
                found.times = times
                found.save(update_fields=["times"])
