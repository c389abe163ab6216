"""A text column compared byte by byte on every database, so that a prefix is one range of its index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField

AFTER_ALL = "\U0010ffff"
"""Sorts after every character: `key >= p AND key < p + AFTER_ALL` is "begins with p"."""


class ByteOrderField(CharField):
    """SQLite compares bytes by itself; on PostgreSQL the column gets the "C" collation."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """The column's type, with the collation of the database at hand."""
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters
