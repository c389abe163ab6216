"""What can be worked out of a list of workers without asking the database, column by column."""

from collections.abc import Sequence
from functools import lru_cache

from jiangxin.kernel.privacy.sealing import BlindIndexer, Sealer
from jiangxin.kernel.sheets.batches import Batch
from jiangxin.kernel.text.identity import sex_of
from jiangxin.kernel.text.ids import new_uids
from jiangxin.kernel.text.names import key_of_written
from jiangxin.people.queries.importing import PersonRow
from jiangxin.people.rules import reading_of

reading_again = lru_cache(maxsize=30_000)(reading_of)  # one name in three is borne by somebody before


def make_ready(columns: dict[str, list[str]], dry_run: bool) -> None:
    """Turn clean columns into those a record is made of; the identity number leaves only its index and its sealed form.

    Added: name_key, number_index ("" without a number), contradicts ("sex" when number and given sex do), birth_on, and
    unless it is a trial uid, sealed_number, sealed_phone, pinyin and initials.
    """
    numbers, given = columns.pop("id_number"), columns["sex"]
    index = BlindIndexer("id_number").index
    sexes = [sex_of(number) if number else sex for number, sex in zip(numbers, given, strict=True)]
    pairs = zip(sexes, given, strict=True)
    columns["contradicts"] = ["sex" if told and told != sex else "" for sex, told in pairs]
    columns["sex"] = sexes
    columns["name_key"] = list(map(key_of_written, columns["name"]))
    columns["number_index"] = [index(number) if number else "" for number in numbers]
    if not dry_run:
        _add_what_is_written(columns, numbers)


def batch_of(rows: Sequence[PersonRow], *, is_trial: bool) -> Batch:
    """Rows given one by one, made ready."""
    names = PersonRow._fields[1:]
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    batch = Batch([row.number for row in rows], columns)
    make_ready(batch.columns, is_trial)
    return batch


def _add_what_is_written(columns: dict[str, list[str]], numbers: list[str]) -> None:
    seal_number = Sealer("people_person", "id_number").seal
    seal_phone = Sealer("people_person", "phone").seal
    uids = new_uids(len(numbers))
    readings = list(map(reading_again, columns["name"]))
    columns["uid"] = uids
    columns["sealed_number"] = list(map(seal_number, numbers, uids))
    columns["sealed_phone"] = list(map(seal_phone, columns["phone"], uids))
    columns["birth_on"] = [_day(number[6:14]) for number in numbers]
    columns["pinyin"], columns["initials"] = map(list, zip(*readings, strict=True))


@lru_cache(maxsize=40_000)
def _day(digits: str) -> str:
    """A day of eight digits as databases write it; "" for none."""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else ""
