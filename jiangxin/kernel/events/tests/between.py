"""What somebody else does between two statements: races that come out the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def in_between(act: Callable[[], object], *, after: str = "") -> Iterator[None]:
    """Let `act` happen once, right after the first statement of the block that holds the words `after`."""
    waiting = [act]

    def watch(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
        answer = execute(statement, *rest)
        if waiting and after in statement:
            waiting.pop()()
        return answer

    with connection.execute_wrapper(watch):
        yield
    assert waiting == [], f"no statement with {after!r}"
