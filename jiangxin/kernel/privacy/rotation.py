"""Re-encrypt stored values with the active key, in batches, while others read and write."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from jiangxin.kernel.privacy.fields import EncryptedTextField
from jiangxin.kernel.privacy.keys import key_store
from jiangxin.kernel.privacy.sealing import VERSION, Sealer, unseal


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
    """Re-encrypt every column of the house (or of the given models); return the number of rewritten values."""
    return sum(
        re_encrypt(model, field, batch=batch, progress=progress) for model, field in encrypted_columns(among)
    )


def keys_in_use(among: Iterable[type[models.Model]] | None = None) -> dict[str, int]:
    """Count stored values by key id; a key with none may be retired."""
    counts = dict.fromkeys(key_store.ring().keys, 0)
    for model, field in encrypted_columns(among):
        for key_id in key_store.ring().keys:
            found = _count(model, field, f"{VERSION}.{key_id}.%")
            counts[key_id] += found
    return counts


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
