"""The organisation tree: subtrees of 10,000 and of 50 among JX_BENCH_ORGS organisations (default 1,000,000), and an import.

Baselines in the same run: the subtree by LIKE on the same column, and the import row by row through the verb. Writes into the
database it is given, which must hold no organisations.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from statistics import median, quantiles

from django.db import connection, transaction

from jiangxin.kernel.access import SystemActor
from jiangxin.kernel.sheets.bulk import bulk_insert, reserve_ids
from jiangxin.kernel.text.ids import new_uid
from jiangxin.orgs.actions import add_org, import_orgs, move_org
from jiangxin.orgs.models import Org
from jiangxin.orgs.models.paths import segment
from jiangxin.orgs.queries.planning import OrgRow

BY = SystemActor("bench")
FAN = (100, 10, 10)
BRANCH = 11_101  # organisations in a branch of this shape
ROUNDS = 41
ONE_BY_ONE = 300
COLUMNS = (
    "id", "uid", "parent_id", "path", "depth", "last_child", "code", "name", "short_name", "kind", "state",
)  # fmt: skip


def run() -> dict[str, object]:
    """Milliseconds p50 and p95 of a subtree's count and first page, of a move, rows per second of an import, and ratios."""
    wanted = int(os.environ.get("JX_BENCH_ORGS", "1000000"))
    imported = int(os.environ.get("JX_BENCH_IMPORT", str(min(100_000, wanted))))
    if Org.objects.exists():
        raise SystemExit("This database holds organisations already. Give an empty one.")
    root = add_org(None, name="基准树", kind="national", by=BY)
    with transaction.atomic():
        big, small = _grow(root, wanted)
    _tidy()
    found: dict[str, object] = {"engine": connection.vendor, "organisations": Org.objects.count()}
    for name, path in (("big", big), ("small", small)):
        count = _timed(lambda path=path: Org.objects.under(path).count())
        like = _timed(lambda path=path: Org.objects.filter(path__startswith=path).count())
        found |= {
            f"{name}_subtree": Org.objects.under(path).count(),
            f"{name}_count_ms": count,
            f"{name}_like_ms": like,
            f"{name}_ratio": round(like[0] / count[0], 1),
        }
    found["first_page_ms"] = _timed(lambda: list(Org.objects.under(big).order_by("path")[:50]))
    return found | _moved(big, root) | _imported(root, imported)


def _grow(root: Org, wanted: int) -> tuple[str, str]:
    """A tree of about `wanted` organisations; returns the paths of a branch of 11,101 and of one of 111."""
    branches = max(2, wanted // BRANCH)
    level = [(root.pk, root.path)]
    for fan in (branches, *FAN):
        ids = iter(reserve_ids(Org, len(level) * fan))
        below = [
            (next(ids), parent, path + segment(serial))
            for parent, path in level
            for serial in range(1, fan + 1)
        ]
        bulk_insert(Org, COLUMNS, (_record(*each) for each in below))
        level = [(pk, path) for pk, _parent, path in below]
    Org.objects.filter(pk=root.pk).update(last_child=branches)
    big = root.path + segment(branches // 2 + 1)
    return big, big + segment(50)


def _record(pk: int, parent: int, path: str) -> tuple[object, ...]:
    return (pk, new_uid(), parent, path, len(path) // 4, 10, "", f"第{pk}工会", "", "enterprise", "active")


def _tidy() -> None:
    """What a database does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE orgs_org" if connection.vendor == "postgresql" else "ANALYZE orgs_org")


def _timed(call: Callable[[], object]) -> list[float]:
    """[p50, p95] in milliseconds over many rounds, the first one left out."""
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return [round(median(taken[1:]), 3), round(quantiles(taken[1:], n=20)[-1], 3)]


def _moved(path: str, root: Org) -> dict[str, object]:
    """A branch of some 10,000 organisations put under another parent."""
    target = add_org(root, name="新上级", kind="province", by=BY)
    org = Org.objects.get(path=path)
    began = time.perf_counter()
    move_org(org, parent=target, by=BY)
    return {"move_ms": round((time.perf_counter() - began) * 1000, 1)}


def _imported(root: Org, rows: int) -> dict[str, object]:
    """Rows per second of a list whose children come before their parents; the verb row by row as the baseline."""
    top = add_org(root, name="导入之处", kind="province", by=BY)
    listed = [
        OrgRow(
            number,
            f"导入{number}",
            "enterprise",
            code=f"B{number}",
            parent_code=f"B{number // 10}" if number >= 10 else "",
        )
        for number in range(rows, 0, -1)
    ]
    began = time.perf_counter()
    done = import_orgs(top, rows=listed, by=BY)
    fast = len(done.added) / (time.perf_counter() - began)
    began = time.perf_counter()
    for number in range(ONE_BY_ONE):
        add_org(top, name=f"逐个{number}", kind="enterprise", by=BY)
    slow = ONE_BY_ONE / (time.perf_counter() - began)
    return {
        "import_rows": len(done.added),
        "import_rows_per_second": round(fast),
        "one_by_one_per_second": round(slow),
        "import_ratio": round(fast / slow, 1),
    }


if __name__ == "__main__":
    print(run())
