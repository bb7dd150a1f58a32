"""Who takes which place of an activity: matching of people and places, in plain Python."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """Places of one kind: the skill, its level, how many people, and who is able (places in the problem's people)."""

    skill: int
    level: int
    people: int
    able: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Vacancies (their places in the list) that compete for too few people: `able` of them, `missing` too few."""

    rows: tuple[int, ...]
    able: frozenset[int]
    missing: int


def seated(vacancies: Sequence[Vacancy], people: Iterable[int]) -> dict[int, int]:
    """Return who takes which vacancy: as many as can be, those named first in `people` preferred.

    Each person in turn is seated if those who sit already can move up to make room (augmenting paths, Berge 1957); the
    people who sit are then the best by that order, since the sets that can be seated form a matroid (Edmonds and Fulkerson
    1965).  Cost: people x vacancies x seats.

    Examples
    --------
    >>> java = Vacancy(skill=0, level=1, people=1, able=frozenset({1, 2}))
    >>> test = Vacancy(skill=1, level=1, people=1, able=frozenset({1}))
    >>> seated([java, test], [1, 2])
    {1: 1, 2: 0}
    """
    sits: dict[int, int] = {}
    seats = sum(vacancy.people for vacancy in vacancies)
    for person in people:
        if len(sits) == seats:
            break
        _seat(vacancies, sits, person)
    return sits


def _seat(vacancies: Sequence[Vacancy], sits: dict[int, int], person: int) -> None:
    came: dict[int, tuple[int, int]] = {}
    queue = [row for row, each in enumerate(vacancies) if person in each.able]
    seen = set(queue)
    for row in queue:
        holders = [each for each, at in sits.items() if at == row]
        if len(holders) < vacancies[row].people:
            free = row
            while free in came:
                before, mover = came[free]
                sits[mover] = free
                free = before
            sits[person] = free
            return
        for other, vacancy in enumerate(vacancies):
            movers = [] if other in seen else [each for each in holders if each in vacancy.able]
            if movers:
                came[other] = (row, movers[0])
                seen.add(other)
                queue.append(other)


def shortage(vacancies: Sequence[Vacancy], people: Collection[int]) -> Shortage | None:
    """Return the first vacancies that are too many for their able people, `None` if all can be filled (Hall 1935).

    Examples
    --------
    >>> two = [Vacancy(skill=skill, level=1, people=1, able=frozenset({1})) for skill in (0, 1)]
    >>> shortage(two, [1, 2])
    Shortage(rows=(0, 1), able=frozenset({1}), missing=1)
    """
    there = [vacancy.able.intersection(people) for vacancy in vacancies]
    seats = sum(vacancy.people for vacancy in vacancies)
    if all(len(able) >= seats for able in there):
        return None
    sits = seated(vacancies, sorted(people))
    counts = [sum(1 for at in sits.values() if at == row) for row in range(len(vacancies))]
    short = next((row for row, each in enumerate(vacancies) if counts[row] < each.people), None)
    if short is None:
        return None
    rows, queue = {short}, [short]
    for row in queue:
        for person in there[row]:
            if person in sits and sits[person] not in rows:
                rows.add(sits[person])
                queue.append(sits[person])
    able = frozenset[int]().union(*(there[row] for row in rows))
    return Shortage(rows=tuple(sorted(rows)), able=able, missing=sum(vacancies[row].people for row in rows) - len(able))
