"""Re-encrypt stored values with the active key, in batches, while others read and write."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from jiangxin.kernel.modules import installed_modules, named
from jiangxin.kernel.privacy.fields import EncryptedTextField
from jiangxin.kernel.privacy.keys import key_store
from jiangxin.kernel.privacy.sealing import VERSION, Sealer, seal, unseal


@dataclass(frozen=True)
class SealedPlace:
    """Sealed values that lie outside an EncryptedTextField; a Module names it in `sealed` as "package.module:NAME".

    `values(after, limit)` answers the next rows as (key, sealed texts), by rising key; `replace(key, texts)` writes
    new texts for old ones ({old: new}) into a row, as far as it still holds them, and returns how many it wrote.
    """

    table: str
    column: str
    row: str
    values: Callable[[int, int], list[tuple[int, list[str]]]]
    replace: Callable[[int, Mapping[str, str]], int]


def sealed_places() -> list[SealedPlace]:
    """The places that the installed apps declare."""
    return [named(each.sealed) for each in installed_modules() if each.sealed]


def encrypted_columns(
    among: Iterable[type[models.Model]] | None = None,
) -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Yield every encrypted field of the house (or of the given models) with its model."""
    for model in among or apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def re_encrypt(
    model: type[models.Model],
    field: EncryptedTextField,
    *,
    batch: int = 1000,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Seal every value of one column with the active key; return how many were rewritten.

    Each batch is its own transaction and each row is rewritten only if it still holds what was read, so a concurrent
    change wins and the run may be stopped and repeated at any time.
    """
    sealer = Sealer(*field.place)
    done, last = 0, None
    while rows := _stale_rows(model, field, after=last, limit=batch):
        fresh = [(_again(sealer, field, row, old), pk, old) for pk, row, old in rows]
        done += _rewrite(model, field, fresh)
        last = rows[-1][0]
        if progress is not None:
            progress(done)
    return done


def re_encrypt_all(
    among: Iterable[type[models.Model]] | None = None,
    *,
    batch: int = 1000,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Re-encrypt every column of the house (or of the given models); return the number of rewritten values.

    `progress` is told the running total. Stopped at any moment, everything can be read and a new run does the rest.
    """
    total = 0

    def told(done: int) -> None:
        if progress is not None:
            progress(total + done)

    for model, field in encrypted_columns(among):
        total += re_encrypt(model, field, batch=batch, progress=told)
    for place in sealed_places() if among is None else ():
        total += re_encrypt_place(place, batch=batch)
        told(0)
    return total


def re_encrypt_place(place: SealedPlace, *, batch: int = 1000) -> int:
    """Seal every value of one place with the active key, each row a transaction; return how many were rewritten."""
    fresh, done, last = f"{VERSION}.{key_store.ring().active}.", 0, 0
    while rows := place.values(last, batch):
        for key, texts in rows:
            stale = [text for text in texts if not text.startswith(fresh)]
            with transaction.atomic():
                done += place.replace(key, {text: _resealed(place, text) for text in stale}) if stale else 0
        last = rows[-1][0]
    return done


def _resealed(place: SealedPlace, text: str) -> str:
    where = {"table": place.table, "column": place.column, "row": place.row}
    return seal(unseal(text, **where), **where)


def count_stale(among: Iterable[type[models.Model]] | None = None) -> int:
    """How many stored values are sealed with another key than the active one."""
    active = key_store.ring().active
    return sum(count for key_id, count in keys_in_use(among).items() if key_id != active)


def keys_in_use(among: Iterable[type[models.Model]] | None = None) -> dict[str, int]:
    """Count stored values by key id; a key with none may be retired."""
    counts = dict.fromkeys(key_store.ring().keys, 0)
    for model, field in encrypted_columns(among):
        for key_id in key_store.ring().keys:
            found = _count(model, field, f"{VERSION}.{key_id}.%")
            counts[key_id] += found
    for place in sealed_places() if among is None else ():
        for key_id in _key_ids(place):
            counts[key_id] = counts.get(key_id, 0) + 1
    return counts


def make_first_key() -> None:
    """Give a new installation its ring; ImproperlyConfigured where values are sealed with one that is not at hand."""
    if key_store.is_absent() and not is_anything_sealed():
        key_store.found()
    key_store.ring()


def is_anything_sealed() -> bool:
    """Whether any value of the house is sealed, by whatever key."""
    return any(_count(model, field, f"{VERSION}.%") for model, field in encrypted_columns()) or any(
        True for place in sealed_places() for _key_id in _key_ids(place)
    )


def _key_ids(place: SealedPlace, *, batch: int = 1000) -> Iterator[str]:
    last = 0
    while rows := place.values(last, batch):
        yield from (text.split(".")[1] for _key, texts in rows for text in texts)
        last = rows[-1][0]


def _again(sealer: Sealer, field: EncryptedTextField, row: str, old: str) -> str:
    table, column = field.place
    return sealer.seal(unseal(old, table=table, column=column, row=row), row)


def _names(model: type[models.Model], field: EncryptedTextField) -> tuple[str, str, str, str]:
    quote = connection.ops.quote_name
    columns = {each.name: str(each.column) for each in model._meta.fields}
    table, column = field.place
    return quote(table), quote(columns[model._meta.pk.name]), quote(columns[field.row]), quote(column)


def _stale_rows(
    model: type[models.Model], field: EncryptedTextField, *, after: Any, limit: int
) -> list[tuple[Any, str, str]]:
    table, pk, row, column = _names(model, field)
    wanted = [f"{column} <> ''", f"{column} NOT LIKE %s"]
    values: list[Any] = [f"{VERSION}.{key_store.ring().active}.%"]
    if after is not None:
        wanted.append(f"{pk} > %s")
        values.append(after)
    question = (
        f"SELECT {pk}, {row}, {column} FROM {table} WHERE {' AND '.join(wanted)} ORDER BY {pk} LIMIT {limit}"  # noqa: S608 - names come from the model, quoted
    )
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return list(cursor.fetchall())


def _rewrite(model: type[models.Model], field: EncryptedTextField, fresh: list[tuple[str, Any, str]]) -> int:
    table, pk, _row, column = _names(model, field)
    change = f"UPDATE {table} SET {column} = %s WHERE {pk} = %s AND {column} = %s"  # noqa: S608 - names come from the model, quoted
    with transaction.atomic(), connection.cursor() as cursor:
        written = 0
        for values in fresh:
            cursor.execute(change, values)
            written += cursor.rowcount
    return written


def _count(model: type[models.Model], field: EncryptedTextField, pattern: str) -> int:
    table, _pk, _row, column = _names(model, field)
    question = f"SELECT COUNT(*) FROM {table} WHERE {column} LIKE %s"  # noqa: S608 - names come from the model, quoted
    with connection.cursor() as cursor:
        cursor.execute(question, [pattern])
        return int(cursor.fetchone()[0])
