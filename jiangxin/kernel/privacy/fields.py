"""A text field that is encrypted in the database and opens only in the row it was written for."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from jiangxin.kernel.privacy.sealing import seal, unseal


class Sealed(str):
    """The stored form of an encrypted value, as `values()` and raw queries give it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


class _OpensOnReading(DeferredAttribute):
    """Keeps the stored form on the instance and opens it at each reading, so lists never decrypt what they do not show."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = super().__get__(instance, owner)
        return self.field.open(instance, value) if isinstance(value, Sealed) else value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


class EncryptedTextField(_TextField):
    """Text sealed by AES-256-GCM with table, column and the row's uid bound in.

    It cannot be searched (keep a blind index beside it) and cannot be written by `update()` or `bulk_update()`; the
    bulk path seals with `Sealer`. `row` names the field that holds the row's uid.
    """

    descriptor_class = _OpensOnReading

    def __init__(self, *args: Any, row: str = "uid", **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Remember `row` in migrations when it is not the default."""
        name, path, args, kwargs = super().deconstruct()
        if self.row != "uid":
            kwargs["row"] = self.row
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Mark what comes from the database as the stored form."""
        return Sealed(value) if value else value

    def open(self, instance: models.Model, value: str) -> str:
        """Open a stored value for its row; raises Unreadable."""
        table, column = self.place
        return unseal(value, table=table, column=column, row=getattr(instance, self.row))

    @property
    def place(self) -> tuple[str, str]:
        """Table and column that are bound into every value."""
        return self.model._meta.db_table, str(self.column)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal a new value; an untouched one is written back as it was."""
        value = model_instance.__dict__.get(self.attname)
        if value and not isinstance(value, Sealed):
            table, column = self.place
            row = getattr(model_instance, self.row)
            value = Sealed(seal(str(value), table=table, column=column, row=row))
            model_instance.__dict__[self.attname] = value
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Refuse a clear value on its way to the database."""
        if value and not isinstance(value, Sealed):
            raise FieldError(
                f"{self.name} is encrypted: assign it to an instance and save, or seal it with Sealer."
            )
        return str(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull` makes sense on an encrypted column."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be searched; use its blind index.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        """Fixtures and dumps hold the stored form."""
        return str(obj.__dict__.get(self.attname) or "")
