"""Which records are worth comparing, found through indexes, and their profiles, loaded in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from jiangxin.kernel.text.units import unit_key
from jiangxin.orgs.models import Employer, RegionSuccession, UnitName
from jiangxin.people.matching.profile import HonourFact, Profile, Unit
from jiangxin.people.matching.scoring import Verdict, compare
from jiangxin.people.models import Employment, PassportEntry, Person, PersonName

MOST_NAMESAKES = 200
MOST_PROPOSALS = 5
MOST_SUCCESSIONS = 6
Pair = tuple[int, int]


def pairs_worth_asking(ids: Iterable[int]) -> Iterator[tuple[Pair, Verdict]]:
    """For each of these records the pairs that a person should look at, at most five a record, best first.

    Ten queries whatever the number of records; give a few hundred ids at a time.
    """
    wanted = _records(set(ids))
    blocks = _blocks(wanted)
    near = {other for block in blocks.values() for other in block}
    profiles = load_profiles({person.pk for person in wanted} | near)
    for person in wanted:
        yield from _best_pairs(profiles[person.pk], [profiles[key] for key in blocks[person.pk]])


def _best_pairs(profile: Profile, others: list[Profile]) -> list[tuple[Pair, Verdict]]:
    namesakes = 1 + sum(other.name_key == profile.name_key for other in others)
    found = [(other, compare(profile, other, namesakes=namesakes)) for other in others]
    asking = sorted((item for item in found if item[1].is_worth_asking), key=lambda item: -item[1].score)
    return [
        ((min(profile.id, other.id), max(profile.id, other.id)), verdict)
        for other, verdict in asking[:MOST_PROPOSALS]
    ]


def _records(ids: set[int]) -> list[Person]:
    return list(Person.objects.filter(pk__in=ids, limited_at__isnull=True))


def _blocks(wanted: list[Person]) -> dict[int, set[int]]:
    """For each record the records that share a name key, another name, or the identity number."""
    keys_of = _keys_of(wanted)
    carriers = _carriers({key for keys in keys_of.values() for key in keys})
    roots = {person.pk: person.root_id for person in wanted}
    blocks: dict[int, set[int]] = {}
    for person in wanted:
        near = {pk: root for key in keys_of[person.pk] for pk, root in carriers[key].items()}
        blocks[person.pk] = {pk for pk, root in near.items() if root != roots[person.pk]}
    return blocks


def _keys_of(wanted: list[Person]) -> dict[int, set[str]]:
    keys = {person.pk: {person.name_key} for person in wanted}
    others = PersonName.objects.filter(person_id__in=list(keys)).values_list("person_id", "name_key")
    for person_id, key in others:
        keys[person_id].add(key)
    return keys


def _carriers(keys: set[str]) -> dict[str, dict[int, int]]:
    """Records that carry each key as their name or another name: {key: {record: root}}, at most 200 a key."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    current = Person.objects.filter(name_key__in=keys, limited_at__isnull=True)
    other = PersonName.objects.filter(name_key__in=keys, person__limited_at__isnull=True)
    rows = [
        *current.values_list("name_key", "pk", "canonical_id").order_by("-pk"),
        *other.values_list("name_key", "person_id", "person__canonical_id").order_by("-person_id"),
    ]
    for key, pk, canonical_id in rows:
        if key and len(found[key]) < MOST_NAMESAKES:
            found[key][pk] = canonical_id or pk
    return found


def load_profiles(ids: set[int]) -> dict[int, Profile]:
    """Profiles of these records by key."""
    people = list(Person.objects.filter(pk__in=ids).select_related("region"))
    names = _grouped(PersonName.objects.filter(person_id__in=ids).values_list("person_id", "name_key"))
    spells = _grouped_rows(
        Employment.objects.filter(person_id__in=ids).values_list(
            "person_id", "unit_text", "employer_id", "post"
        )
    )
    honours = _honours(ids)
    units = _Units(people, spells)
    today = _todays_codes(people)
    return {
        person.pk: Profile(
            id=person.pk,
            name=person.name,
            name_key=person.name_key,
            pinyin=person.pinyin,
            other_keys=frozenset(names.get(person.pk, ())),
            sex=person.sex,
            ethnic=person.ethnic,
            birth_on=person.birth_on,
            birth_precision=person.birth_precision,
            identity=person.id_number_index or "",
            region=today.get(person.region_id or 0, ""),
            posts=_posts(person, spells.get(person.pk, [])),
            units=units.of(person, spells.get(person.pk, [])),
            honours=tuple(honours.get(person.pk, ())),
        )
        for person in people
    }


Spell = tuple[str, int | None, str]


def _posts(person: Person, spells: list[Spell]) -> tuple[str, ...]:
    posts = [person.post_text, *(post for _unit, _employer, post in spells)]
    return tuple(dict.fromkeys(post for post in posts if post))


def _grouped(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def _grouped_rows(rows: Iterable[tuple[int, str, int | None, str]]) -> dict[int, list[Spell]]:
    found: dict[int, list[Spell]] = defaultdict(list)
    for key, unit, employer, post in rows:
        found[key].append((unit, employer, post))
    return found


def _honours(ids: set[int]) -> dict[int, list[HonourFact]]:
    """Standing honours in the passports: entries of an honour kind name its code and rank in their evidence."""
    entries = PassportEntry.objects.filter(
        person_id__in=ids, kind__startswith="honours.", corrections__isnull=True, retracted=False
    )
    found: dict[int, list[HonourFact]] = defaultdict(list)
    for entry in entries.only("person_id", "title", "year", "source_id", "evidence"):
        rank = entry.evidence.get("rank", 0)
        fact = HonourFact(entry.title, entry.year or 0, entry.source_id, rank if isinstance(rank, int) else 0)
        found[entry.person_id].append(fact)
    return found


def _todays_codes(people: list[Person]) -> dict[int, str]:
    """Today's code of each region: a dissolved one is followed while it has exactly one successor."""
    place = {person.region.pk: (person.region.pk, person.region.code) for person in people if person.region}
    for _step in range(MOST_SUCCESSIONS):
        steps: dict[int, list[tuple[int, str]]] = defaultdict(list)
        ids = {current for current, _code in place.values()}
        rows = RegionSuccession.objects.filter(old_id__in=ids).values_list("old_id", "new_id", "new__code")
        for old, new, code in rows:
            steps[old].append((new, code))
        moved = {start: steps[at][0] for start, (at, _code) in place.items() if len(steps[at]) == 1}
        if not moved:
            break
        place.update(moved)
    return {start: code for start, (_at, code) in place.items()}


class _Units:
    """Units of many records, resolved through the names employers have carried."""

    def __init__(self, people: list[Person], spells: dict[int, list[Spell]]) -> None:
        texts = {person.unit_text for person in people} | {s[0] for rows in spells.values() for s in rows}
        keys = {unit_key(text) for text in texts if text}
        named = {employer for rows in spells.values() for _unit, employer, _post in rows if employer}
        self._by_name = dict(
            UnitName.objects.filter(normalized__in=keys).values_list("normalized", "employer_id")
        )
        wanted = named | set(self._by_name.values())
        self._employers = {
            row[0]: row[1:]
            for row in Employer.objects.filter(pk__in=wanted).values_list("pk", "parent_id", "successor_id")
        }
        self._aliases = _grouped(
            UnitName.objects.filter(employer_id__in=wanted).values_list("employer_id", "name")
        )

    def of(self, person: Person, spells: list[Spell]) -> tuple[Unit, ...]:
        """The distinct units of one record."""
        found: dict[str, Unit] = {}
        for text, employer in [
            *((unit, employer) for unit, employer, _post in spells),
            (person.unit_text, None),
        ]:
            key = unit_key(text) if text else ""
            if key and key not in found:
                found[key] = self._unit(text, employer or self._by_name.get(key))
        return tuple(found.values())

    def _unit(self, text: str, employer: int | None) -> Unit:
        if employer is None or employer not in self._employers:
            return Unit(text)
        parent, successor = self._employers[employer]
        aliases = tuple(name for name in self._aliases.get(employer, ())[:10] if name != text)
        return Unit(text, employer, parent, successor, aliases)
