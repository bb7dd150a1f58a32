"""Questions about people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Replace, Substr

from kaname.ground.people.models import (
    CostRate,
    Department,
    Leave,
    Partner,
    PartTimePeriod,
    Person,
    PersonSkill,
    Skill,
)
from kaname.ground.people.rules import VIEW
from kaname.ground.people.types import KanaRow, PersonFilter, Presence
from kaname.kernel import kana
from kaname.kernel.accounts.models import User
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor
from kaname.kernel.search.words import fold_characters

MOST_WORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentLine:
    """A department with how many people work in it, and in it with those below."""

    department: Department
    people: int
    people_below: int


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill with how many people have each level from 1 to 5."""

    skill: Skill
    counts: tuple[int, ...]

    @property
    def alone(self) -> int:
        """How many work alone with it: level 3 and more."""
        return sum(self.counts[2:])


def people(actor: Actor) -> QuerySet[Person]:
    """Return the people whom an actor may see, by reading. 1 query."""
    return visible(actor, VIEW, Person.objects.all()).select_related("department", "partner").order_by("reading", "id")


def find_people(actor: Actor, wanted: PersonFilter, *, today: date) -> QuerySet[Person]:
    """Return the visible people that fit a filter, by reading. 1 query, 2 with a department."""
    found = _present(people(actor), wanted.presence, today)
    for word in wanted.words.split()[:MOST_WORDS]:
        found = _called(found, word)
    if wanted.department_id is not None:
        path = Department.objects.filter(pk=wanted.department_id).values_list("path", flat=True).first()
        found = found.filter(department__path__startswith=path) if path else found.none()
    if wanted.employment:
        found = found.filter(employment=wanted.employment)
    if wanted.partner_id is not None:
        found = found.filter(partner_id=wanted.partner_id)
    if wanted.skill_id is not None:
        held = PersonSkill.objects.filter(skill_id=wanted.skill_id, level__gte=wanted.least_level)
        found = found.filter(pk__in=held.values("person_id"))
    return _in_row(found, wanted.row)


def with_skills(found: QuerySet[Person]) -> QuerySet[Person]:
    """Let people carry their skills of level 1 and more, the best first. 1 query more."""
    held = PersonSkill.objects.filter(level__gt=0).select_related("skill").order_by("-level", "skill__name")
    return found.prefetch_related(Prefetch("skills", held))


def count_by_row(found: QuerySet[Person]) -> Mapping[KanaRow, int]:
    """Return how many people there are in each row of the fifty sounds, empty rows left out. 1 query."""
    counts: dict[KanaRow, int] = {}
    firsts = found.order_by().annotate(first=Substr("reading", 1, 1)).values_list("first").annotate(count=Count("id"))
    for first, count in firsts:
        row = KanaRow(kana.row_of(first) or KanaRow.OTHER)
        counts[row] = counts.get(row, 0) + count
    return {row: counts[row] for row in KanaRow if row in counts}


def departments(*, with_archived: bool = False) -> Sequence[Department]:
    """Return the departments as a tree laid flat: each below its parent, siblings by position and name. 1 query."""
    rows = Department.objects.select_related("manager").order_by("position", "name", "id")
    below: dict[int | None, list[Department]] = {}
    for row in rows if with_archived else rows.filter(archived_at=None):
        below.setdefault(row.parent_id, []).append(row)
    return list(_laid_flat(below, None))


def partners() -> QuerySet[Partner]:
    """Return the partner companies in use, by reading. 1 query."""
    return Partner.objects.filter(archived_at=None).order_by("reading", "name")


def skills() -> QuerySet[Skill]:
    """Return the skills in use, by category and name. 1 query."""
    return Skill.objects.filter(archived_at=None).order_by("category", "name")


def department_tree(*, today: date) -> Sequence[DepartmentLine]:
    """Return all departments as a tree laid flat, those out of use too, with how many people work in each. 2 queries."""
    present = _present(Person.objects.all(), Presence.PRESENT, today)
    counts = dict(present.order_by().values_list("department_id").annotate(count=Count("id")))
    rows = departments(with_archived=True)
    return [
        DepartmentLine(
            department=row,
            people=counts.get(row.pk, 0),
            people_below=sum(counts.get(other.pk, 0) for other in rows if other.path.startswith(row.path)),
        )
        for row in rows
    ]


def partner_lines(*, today: date) -> Sequence[tuple[Partner, int]]:
    """Return all partner companies, those in use first, with how many of their people work here. 2 queries."""
    present = _present(Person.objects.exclude(partner=None), Presence.PRESENT, today)
    counts = dict(present.order_by().values_list("partner_id").annotate(count=Count("id")))
    rows = Partner.objects.select_related("calendar").order_by("archived_at", "reading", "name")
    return [(row, counts.get(row.pk, 0)) for row in _in_use_first(rows)]


def skill_lines(actor: Actor, *, today: date) -> Sequence[SkillLine]:
    """Return all skills, those in use first, with how many visible people have each level. 2 queries."""
    present = _present(visible(actor, VIEW, Person.objects.all()), Presence.PRESENT, today)
    held = PersonSkill.objects.filter(level__gt=0, person__in=present)
    counts: dict[int, dict[int, int]] = {}
    for skill_id, level, count in held.values_list("skill_id", "level").annotate(count=Count("id")):
        counts.setdefault(skill_id, {})[level] = count
    rows = _in_use_first(Skill.objects.order_by("category", "name"))
    return [SkillLine(row, tuple(counts.get(row.pk, {}).get(level, 0) for level in range(1, 6))) for row in rows]


def _in_use_first[T: (Partner, Skill)](rows: Iterable[T]) -> list[T]:
    return sorted(rows, key=lambda row: row.archived_at is not None)


def skills_of(person: Person) -> Sequence[PersonSkill]:
    """Return the skills of a person, by category and name. 1 query."""
    return list(person.skills.select_related("skill", "assessed_by").order_by("skill__category", "skill__name"))


def leaves_of(person: Person, *, since: date) -> Sequence[Leave]:
    """Return the leaves of a person that end after a day, in order. 1 query."""
    return list(person.leaves.filter(ends_before__gt=since).order_by("starts_on", "part"))


def part_time_of(person: Person) -> Sequence[PartTimePeriod]:
    """Return the part-time periods of a person, the latest first. 1 query."""
    return list(person.part_time_periods.order_by("-starts_on"))


def rates_of(person: Person) -> Sequence[tuple[CostRate, date | None]]:
    """Return the cost rates of a person, the latest first, each with its last day. 1 query."""
    lines: list[tuple[CostRate, date | None]] = []
    ends_on: date | None = None
    for rate in person.cost_rates.order_by("-starts_on"):
        lines.append((rate, ends_on))
        ends_on = rate.starts_on - timedelta(days=1)
    return lines


def free_accounts(person: Person | None) -> QuerySet[User]:
    """Return the open accounts that belong to nobody, and the person's own, by name. 1 query."""
    taken = Person.objects.exclude(account=None)
    if person is not None:
        taken = taken.exclude(pk=person.pk)
    return User.objects.filter(is_active=True).exclude(pk__in=taken.values("account_id")).order_by("name", "id")


def person_of_account(account_id: int | None) -> Person | None:
    """Return the person behind an account. 1 query."""
    if account_id is None:
        return None
    return Person.objects.filter(account_id=account_id).select_related("department", "partner").first()


def _present(found: QuerySet[Person], presence: Presence, today: date) -> QuerySet[Person]:
    match presence:
        case Presence.PRESENT:
            return found.filter(Q(left_before=None) | Q(left_before__gt=today), joined_on__lte=today)
        case Presence.COMING:
            return found.filter(joined_on__gt=today)
        case Presence.LEFT:
            return found.filter(left_before__lte=today)
        case Presence.ALL:
            return found


def _called(found: QuerySet[Person], word: str) -> QuerySet[Person]:
    return found.annotate(
        name_closed=Replace("name", Value(" "), Value("")), reading_closed=Replace("reading", Value(" "), Value(""))
    ).filter(
        Q(name_closed__icontains=fold_characters(word))
        | Q(reading_closed__icontains=kana.as_reading(word))
        | Q(name_latin__icontains=fold_characters(word))
        | Q(employee_number__istartswith=fold_characters(word))
    )


def _in_row(found: QuerySet[Person], row: KanaRow | None) -> QuerySet[Person]:
    if row is None:
        return found
    found = found.annotate(first=Substr("reading", 1, 1))
    if row is KanaRow.OTHER:
        return found.exclude(first__in=list("".join(kana.ROWS.values())))
    return found.filter(first__in=list(kana.ROWS[row]))


def _laid_flat(below: Mapping[int | None, Sequence[Department]], parent_id: int | None) -> Iterable[Department]:
    for row in below.get(parent_id, ()):
        yield row
        yield from _laid_flat(below, row.pk)
