"""Turn a problem of people and skills into the arrays that the kernels read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any, Final

import numpy as np

from kaname.engine.leveling.compile import WORD_BITS, Compiled, compile_problem
from kaname.engine.leveling.problem import check_problem
from kaname.engine.leveling.skills.arrays import Staff
from kaname.engine.leveling.skills.faults import check_skill_problem
from kaname.engine.leveling.skills.problem import SkillProblem
from kaname.engine.leveling.skills.teams import Vacancy
from kaname.engine.units import PERMILLE

_WORD: Final = (1 << WORD_BITS) - 1
_ALL_TOGETHER: Final = 4
"""Up to so many groups every set of groups is checked, so that a crew that passes has a team; else single ones and all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledSkills:
    """A problem as arrays.

    Parameters
    ----------
    plain
        Time, links and resources.
    ranking
        Places in the problem's people, those who are taken first first: bit 0, bit 1, …
    vacancies
        What each activity of the arrays needs.
    """

    problem: SkillProblem
    plain: Compiled
    ranking: tuple[int, ...]
    vacancies: tuple[tuple[Vacancy, ...], ...]
    staff: Staff

    def people(self, teams: Sequence[int], row: int) -> list[int]:
        """Return who is in a row of masks, as places in the problem's people, those who are taken first first."""
        words = self.staff.words
        found = []
        for word, mask in enumerate(teams[row * words : (row + 1) * words]):
            rest = int(mask)
            while rest:
                found.append(self.ranking[word * WORD_BITS + (rest & -rest).bit_length() - 1])
                rest &= rest - 1
        return found

    def masks(self, people: Iterable[int]) -> list[int]:
        """Return the row of masks of some people."""
        return Bits(self.ranking).row(people)


class Bits:
    """Which bit is whose."""

    def __init__(self, ranking: Sequence[int]) -> None:
        self.words = max(1, -(-len(ranking) // WORD_BITS))
        self._bit = {place: 1 << bit for bit, place in enumerate(ranking)}
        self._known: dict[frozenset[int], int] = {}

    def mask(self, people: frozenset[int]) -> int:
        """Return a set of people as one number of any length."""
        if people not in self._known:
            self._known[people] = sum(self._bit[place] for place in people)
        return self._known[people]

    def row(self, people: Iterable[int]) -> list[int]:
        """Return people as a row of words."""
        return self.split(self.mask(frozenset(people)))

    def split(self, mask: int) -> list[int]:
        """Return one number as a row of words."""
        return [mask >> (word * WORD_BITS) & _WORD for word in range(self.words)]


def compile_skills(problem: SkillProblem) -> CompiledSkills:
    """Return a problem as arrays.  Cost: that of `compile_problem` + activities x needs x people + people x horizon / 62.

    Raises
    ------
    ProblemError
        If no schedule can solve it or it is too large.
    """
    check_problem(problem)
    check_skill_problem(problem)
    plain = compile_problem(problem)
    needed = tuple(problem.vacancies[place] for place in plain.rows)
    ranking = _ranking(problem, plain, needed)
    return CompiledSkills(
        problem=problem,
        plain=plain,
        ranking=ranking,
        vacancies=needed,
        staff=_staff(problem, plain, needed, ranking),
    )


def _ranking(problem: SkillProblem, plain: Compiled, needed: Sequence[Sequence[Vacancy]]) -> tuple[int, ...]:
    """Order people: the least sought after first, then the cheaper, then by number.

    How much somebody is sought after: each vacancy shares its person-units evenly among its able people (in thousandths).
    """
    work: dict[frozenset[int], int] = {}
    for place, vacancies in zip(plain.rows, needed, strict=True):
        for vacancy in vacancies:
            units = problem.activities[place].duration * vacancy.people
            work[vacancy.able] = work.get(vacancy.able, 0) + units
    sought = [0] * len(problem.people)
    for able, units in work.items():
        for person in able:
            sought[person] += PERMILLE * units // len(able)
    people = problem.people
    return tuple(sorted(range(len(people)), key=lambda at: (sought[at], people[at].rate, people[at].uid)))


def _staff(
    problem: SkillProblem, plain: Compiled, needed: Sequence[Sequence[Vacancy]], ranking: Sequence[int]
) -> Staff:
    bits = Bits(ranking)
    first_group, able, seats, size = [0], [], [], []
    first_check, union, least = [0], [], []
    anyone, wished = [], []
    for place, of_activity in zip(plain.rows, needed, strict=True):
        groups = _groups(of_activity, bits)
        for mask, count in groups:
            able += bits.split(mask)
            seats.append(count)
        first_group.append(len(seats))
        size.append(max(1, sum(count for _, count in groups)))
        for mask, count in _checks(groups):
            union += bits.split(mask)
            least.append(count)
        first_check.append(len(least))
        anyone += bits.split(reduce(or_, (mask for mask, _ in groups), 0))
        wished += bits.row(problem.person_places[uid] for uid in problem.activities[place].wished)
    lasting = [at for at, each in enumerate(problem.people) if not each.absences or each.absences[-1].until is not None]
    parts = (first_group, able, seats, size, first_check, union, least, anyone, wished, bits.row(lasting))
    slots = plain.loads.slots
    whole = _presence(problem, plain, ranking, bits.words)
    return Staff(bits.words, *map(_array, parts), slots=slots, whole=whole)  # type: ignore[call-arg, misc]


def _groups(needed: Sequence[Vacancy], bits: Bits) -> list[tuple[int, int]]:
    """Return masks of able people with how many of them are needed; places with the same able people are one group."""
    counts: dict[int, int] = {}
    for vacancy in needed:
        mask = bits.mask(vacancy.able)
        counts[mask] = counts.get(mask, 0) + vacancy.people
    return list(counts.items())


def _checks(groups: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return unions of groups and how many people they need; sets of groups that fall apart are left out (Hall 1935)."""
    sizes = range(1, len(groups) + 1) if len(groups) <= _ALL_TOGETHER else (1, len(groups))
    return [
        (reduce(or_, (mask for mask, _ in chosen)), sum(count for _, count in chosen))
        for size in sizes
        for chosen in combinations(groups, size)
        if _hangs_together([mask for mask, _ in chosen])
    ]


def _hangs_together(masks: Sequence[int]) -> bool:
    if len(masks) == 1:
        return True
    reached, rest = masks[0], list(masks[1:])
    while touching := [mask for mask in rest if reached & mask]:
        rest = [mask for mask in rest if not reached & mask]
        reached = reduce(or_, touching, reached)
    return not rest


def _presence(problem: SkillProblem, plain: Compiled, ranking: Sequence[int], words: int) -> Any:
    """Return who is there in each slot, word after word; before moment 0 everybody."""
    origin, slots = plain.origin, plain.loads.slots
    there = np.zeros((words, slots), dtype=np.int64)
    busy: list[list[tuple[int, int]]] = [[] for _ in problem.people]
    for place, start in plain.fixed:
        activity = problem.activities[place]
        for each in activity.named:
            busy[problem.person_places[each.person_uid]].append((start, start + activity.duration))
    for bit, place in enumerate(ranking):
        word, mask = bit // WORD_BITS, 1 << (bit % WORD_BITS)
        there[word] |= mask
        for absence in problem.people[place].absences:
            there[word, origin + absence.since : slots if absence.until is None else origin + absence.until] &= ~mask
        for since, until in busy[place]:
            there[word, origin + since : origin + until] &= ~mask
    return there.reshape(-1)


def _array(values: Sequence[int]) -> Any:
    return np.array(values, dtype=np.int64)
