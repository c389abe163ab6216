"""Conditions of constraints in the form that costs least at every row."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q


def one_of(field: str, values: Iterable[str]) -> Q:
    """The condition "one of these values", the commonest first.

    Equalities instead of IN: SQLite builds a table for each IN of three or more values at every row that is written,
    2 µs each.
    """
    return reduce(or_, [Q(**{field: value}) for value in values])
