"""Search over a million invented workers: time per query, recall against a substring scan, size, and LIKE in the same run.

Rows by JX_BENCH_ROWS (default 1,000,000). Each row has a name, a unit, a job and a text of about a hundred characters, drawn
from frequency-skewed invented words, so that two-character queries hit from a handful of rows to most of them.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from statistics import quantiles

from django.db import connection, transaction

from benchmarks._words import BUSINESS, GIVEN, PLACES, SURNAMES, TRADES
from jiangxin.kernel.search import Doc, Query, engine
from jiangxin.kernel.search.terms import fold

KIND = "bench.worker"
FORMS = ("有限公司", "股份有限公司", "集团有限公司", "有限责任公司", "厂", "总公司")
ONE, TWO, FOUR = 20, 50, 40
_HAN = [chr(code) for code in range(0x4E00, 0x9000, 6)]
_HAN_WEIGHTS = [1 / (rank + 20) for rank in range(len(_HAN))]


def people(rows: int, *, seed: int = 7) -> Iterator[Doc]:
    """Invented workers, the same ones for the same seed; a tree of 30 provinces × 12 cities × 8 counties."""
    source = random.Random(seed)
    letters = source.sample(_HAN, len(_HAN))
    words = [
        "".join(source.choices(letters, _HAN_WEIGHTS, k=source.choice((2, 2, 2, 3, 4))))
        for _word in range(40_000)
    ]
    weights = [1 / (rank + 8) for rank in range(len(words))]
    totals = [0.0]
    for weight in weights:
        totals.append(totals[-1] + weight)
    totals.pop(0)
    for number in range(1, rows + 1):
        name = source.choice(SURNAMES) + "".join(source.choices(GIVEN, k=source.choice((1, 2, 2))))
        place = source.choice(PLACES)
        unit = f"{place}{''.join(source.choices(letters[:900], k=2))}{source.choice(BUSINESS)}{source.choice(FORMS)}"
        trade = TRADES[min(int(source.expovariate(0.25)), len(TRADES) - 1)]
        body = trade + "，" + "".join(source.choices(words, cum_weights=totals, k=40))
        path = "".join(f"{source.randrange(size):04d}" for size in (1, 30, 12, 8))
        facets = {"year": [str(2000 + number % 25)], "region": [path[4:8], path[4:12]]}
        yield Doc(KIND, number, name, unit, body[:103], path, facets, names=(name,), is_public=True)


class Inventor:
    """Gives the documents on, and keeps the time that inventing them took, so that it can be left out."""

    def __init__(self, docs: Iterator[Doc]) -> None:
        self.docs = docs
        self.seconds = self.cpu_seconds = 0.0

    def __iter__(self) -> Iterator[Doc]:
        while True:
            began, worked = time.perf_counter(), time.process_time()
            some = list(islice(self.docs, 1_000))
            self.seconds += time.perf_counter() - began
            self.cpu_seconds += time.process_time() - worked
            if not some:
                return
            yield from some


def run() -> dict[str, object]:
    """Fill an index and ask it; times in ms as [p50, p95], rows per second, bytes, recall and the ratio to LIKE."""
    rows = int(os.environ.get("JX_BENCH_ROWS", "1000000"))
    machine = engine()
    machine.clear()
    source = Inventor(people(rows))
    began, worked = time.perf_counter(), time.process_time()
    machine.index_many(source)
    spent = time.perf_counter() - began - source.seconds
    worked = time.process_time() - worked - source.cpu_seconds
    ones, twos, fours = _words(rows)
    county = "0000" + "0007" + "0003" + "0002"
    figures: dict[str, object] = {
        "engine": connection.vendor,
        "rows": rows,
        "index_rows_per_s": round(rows / spent),
        "index_rows_per_cpu_s_of_ours": round(rows / worked),
        "bytes": machine.size_bytes(),
        "one_newest": _timed([_ask(text) for text in ones]),
        "two_newest": _timed([_ask(text) for text in twos]),
        "two_ranked": _timed([_ask(text, order="ranked") for text in twos]),
        "two_with_facets": _timed([_ask(text, with_facets=True) for text in twos]),
        "two_in_county": _timed([_ask(text, scope_path=county) for text in twos]),
        "four_newest": _timed([_ask(text) for text in fours]),
        "four_ranked": _timed([_ask(text, order="ranked") for text in fours]),
        "browse_with_facets": _timed([_ask("", with_facets=True)] * 10),
        "name_prefix": _timed([_suggest(text) for text in ("王", "李伟", "张", "欧", "陈晓", "单")]),
        "pinyin_prefix": _timed([_suggest(text) for text in ("w", "zhang", "liw", "zxm", "shanw", "ouyang")]),
        "one_update": _timed([_update(number) for number in range(rows // 2, rows // 2 + 20)], repeats=1),
    }
    like = _timed([_like(text) for text in twos[::10]], repeats=1)
    figures["like_two"] = like
    figures["ratio_to_like"] = round(like[0] / max(figures["two_newest"][0], 0.001), 1)  # type: ignore[index]
    figures["recall"] = {"1": _recall(ones[::4]), "2": _recall(twos[::5]), "4": _recall(fours[::5])}
    return figures


def _words(rows: int) -> tuple[list[str], list[str], list[str]]:
    """Query words cut from the corpus itself and the commonest trades."""
    source = random.Random(11)
    texts = [fold(doc.unit + " " + doc.body) for doc in people(min(rows, 3_000))]
    cut: dict[int, list[str]] = {1: [], 2: list(TRADES[:10]), 4: ["有限公司", "重工有限"]}
    for length, wanted in ((1, ONE), (2, TWO), (4, FOUR)):
        while len(cut[length]) < wanted:
            text = source.choice(texts)
            start = source.randrange(len(text) - length)
            word = text[start : start + length]
            if " " not in word and "，" not in word and word not in cut[length]:
                cut[length].append(word)
    return cut[1], cut[2], cut[4]


def _ask(text: str, **options: object) -> Callable[[], object]:
    query = Query(KIND, text, public_only=True, **options)  # type: ignore[arg-type]
    return lambda: engine().search(query)


def _suggest(prefix: str) -> Callable[[], object]:
    return lambda: engine().suggest(KIND, prefix, public_only=True, limit=20)


def _update(number: int) -> Callable[[], object]:
    doc = Doc(KIND, number, "丁一", "外市某厂", "更新后的文字", "0000", names=("丁一",), is_public=True)
    return lambda: engine().index([doc])


def _like(text: str) -> Callable[[], object]:
    def scan() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), max(id) FROM search_doc WHERE text LIKE %s", [f"%{text}%"])
            return cursor.fetchone()

    return scan


def _recall(words: list[str]) -> float:
    """The share of true substring hits (newest 400 of each word) that paging through the index brings."""
    true = found = 0
    for word in words:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT object_id FROM search_doc WHERE text LIKE %s ORDER BY id DESC LIMIT 400",
                [f"%{word}%"],
            )
            expected = {record[0] for record in cursor.fetchall()}
        brought: list[int] = []
        after = ""
        while len(brought) < len(expected):
            page = engine().search(Query(KIND, word, limit=200, after=after, with_count=False))
            brought += page.ids
            after = page.next_cursor
            if not after:
                break
        true += len(expected)
        found += len(expected & set(brought))
    return round(found / true, 6) if true else 1.0


def _timed(calls: list[Callable[[], object]], *, repeats: int = 3) -> list[float]:
    """[p50, p95] in ms over all calls, warm: the best of a few repeats of each."""
    times = []
    for call in calls:
        best = float("inf")
        for _repeat in range(repeats):
            with transaction.atomic():
                began = time.perf_counter()
                call()
                best = min(best, (time.perf_counter() - began) * 1000)
        times.append(best)
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return [round(cuts[9], 2), round(cuts[18], 2)]
