"""3,000 invented workers with their work, skills and some records that are really one person."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from jiangxin.config.demo import names
from jiangxin.config.demo.tree import Grove, Posts
from jiangxin.kernel.text.identity import invented_identity
from jiangxin.orgs.models import Employer, Occupation, Org
from jiangxin.people.models import Employment, Person, SkillLevel, Source
from jiangxin.people.rules import identity_index, write_name

TWIN_SHARE = 0.012
POLITICAL = ("01", "13", "13", "13", "03")
EDUCATION = ("20", "30", "40", "60", "70")
WORKER_KINDS = ("frontline", "frontline", "frontline", "technical", "migrant", "management")


@dataclass(frozen=True)
class Worker:
    """A saved person with what the honours need to know."""

    person: Person
    employer: Employer
    union: Org
    post: str
    started: int


class WorkerMaker:
    """Draws people one after another from one source of chance."""

    def __init__(self, random: Random, grove: Grove, source: Source) -> None:
        self.random, self.grove, self.source = random, grove, source
        self.occupations = {o.name: o for o in Occupation.objects.filter(level=4)}

    def person(
        self, union: Org, employer: Employer, post: str, *, name: str = "", ethnic: str = "01"
    ) -> Person:
        """One person, not yet saved; most have an identity number, all a month of birth."""
        if not name:
            name, ethnic = names.person_name(self.random)
        birth = datetime.date(
            self.random.randint(1955, 2001), self.random.randint(1, 12), self.random.randint(1, 28)
        )
        sex = "female" if self.random.random() < 0.31 else "male"
        made = Person(
            **write_name(name),
            sex=sex,
            ethnic=ethnic,
            birth_on=birth,
            birth_precision="day",
            political_status=self.random.choice(POLITICAL),
            education=self.random.choice(EDUCATION),
            region=union.region,
            org=union,
            opath=union.path,
            unit_text=employer.name,
            post_text=post,
            is_public=True,
            source=self.source,
        )
        if self.random.random() < 0.8:
            made.id_number = invented_identity(self.random, birth_on=birth, sex=sex)
            made.id_number_index = identity_index(made.id_number)
            made.phone = f"1{self.random.choice('3578')}{self.random.randint(0, 999_999_999):09d}"
        return made

    def draw(self) -> tuple[Person, Employer, Org, str, str]:
        """A person at a unit, with post and occupation."""
        union, employer, posts = self.random.choice(self.grove.units)
        post, occupation = self._post(posts)
        return self.person(union, employer, post), employer, union, post, occupation

    def _post(self, posts: Posts) -> tuple[str, str]:
        return self.random.choice(posts)

    def twin(self, person: Person, employer: Employer) -> Person:
        """The same worker as another list prints the unit: no birth, no number, the short unit name."""
        short = employer.name.replace("有限公司", "").replace("股份", "") + self.random.choice(
            ["", names.BRANCHES[0], "公司"]
        )
        return Person(
            name=person.name,
            name_key=person.name_key,
            pinyin=person.pinyin,
            initials=person.initials,
            region=person.region,
            org=person.org,
            opath=person.opath,
            unit_text=short,
            post_text=person.post_text,
            is_public=True,
            source=self.source,
        )


def employ(random: Random, grove: Grove, source: Source, *, count: int) -> tuple[list[Worker], list[Person]]:
    """Save `count` workers with employment and skill; returns them and the twins that await a link."""
    maker = WorkerMaker(random, grove, source)
    drawn = [maker.draw() for _ in range(count)]
    Person.objects.bulk_create([person for person, *_ in drawn], batch_size=500)
    workers, spells, skills = [], [], []
    for person, employer, union, post, occupation in drawn:
        started = random.randint((person.birth_on or datetime.date(1970, 1, 1)).year + 18, 2022)
        workers.append(Worker(person, employer, union, post, started))
        spells.append(_spell(random, person, employer, post, started, source))
        if occupation in maker.occupations:
            skills.append(_skill(random, person, maker.occupations[occupation], started, source))
    Employment.objects.bulk_create(spells, batch_size=500)
    SkillLevel.objects.bulk_create(skills, batch_size=500)
    chosen = [worker for worker in workers if random.random() < TWIN_SHARE]
    twins = Person.objects.bulk_create([maker.twin(worker.person, worker.employer) for worker in chosen])
    return workers, twins


def _spell(
    random: Random, person: Person, employer: Employer, post: str, started: int, source: Source
) -> Employment:
    return Employment(
        person=person,
        unit_text=employer.name,
        employer=employer,
        post=post,
        worker_kind=random.choice(WORKER_KINDS),
        is_new_form=post in {"快递员", "分拣员"},
        from_on=datetime.date(started, random.randint(1, 12), 1),
        source=source,
    )


def _skill(
    random: Random, person: Person, occupation: Occupation, started: int, source: Source
) -> SkillLevel:
    level = min(8, 2 + (2026 - started) // 6 + random.randint(0, 1))
    return SkillLevel(
        person=person,
        occupation=occupation,
        occupation_text=occupation.name if occupation else "",
        level=level,
        how=random.choice(["exam", "exam", "exam", "contest", "direct"]),
        authority="技能评价机构（演示）",
        certificate_no=f"Y{random.randint(10**11, 10**12 - 1)}",
        issued_on=datetime.date(min(2025, started + 2 * level), random.randint(1, 12), 1),
        source=source,
    )
