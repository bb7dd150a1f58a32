"""Proofs by constraint programming: CP-SAT of OR-Tools, for small problems with people.

People who are the same to the problem - able for the same needs, there at the same times - are one kind: the model counts how many
of a kind an activity takes, and not who.  Intervals of which never more than n go side by side can be given to n people so that
nobody is in two places (interval graphs are perfect), so nothing is lost; and schedules that differ by names alone are looked at
once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

from kaname.engine.leveling.skills.bounds import able_sets, set_demands
from kaname.engine.leveling.skills.compile import CompiledSkills
from kaname.engine.leveling.skills.problem import SkillProblem
from kaname.engine.leveling.skills.search import Found
from kaname.engine.leveling.skills.teams import seated

MOST_ACTIVITIES: Final = 62
_WORKERS: Final = 1
_SETS: Final = 40
"""Sets of people for which the model is told how much only they can do; it follows from the rest, but is found sooner so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """People who are the same to the problem (places in it), and when none of them is there."""

    people: tuple[int, ...]
    gaps: tuple[tuple[int, int], ...]


def can_prove(problem: SkillProblem) -> bool:
    """Return whether CP-SAT is there and the problem is small enough for it."""
    return len(problem.activities) <= MOST_ACTIVITIES and find_spec("ortools") is not None


def kinds(compiled: CompiledSkills) -> list[Kind]:
    """Return the kinds of people, in the order of the problem's people; who is able for nothing is left out.

    Cost: people x needs.
    """
    sets = list(dict.fromkeys(each.able for of_activity in compiled.vacancies for each in of_activity))
    found: dict[tuple[object, ...], list[int]] = {}
    for place in range(len(compiled.problem.people)):
        able = tuple(people for people in sets if place in people)
        if able:
            found.setdefault((able, _gaps(compiled, place)), []).append(place)
    return [Kind(people=tuple(people), gaps=_gaps(compiled, people[0])) for people in found.values()]


def prove(
    compiled: CompiledSkills, *, best: Found | None, bound: int, seed: int, seconds: float
) -> tuple[Found | None, int]:
    """Look for the shortest schedule that is shorter than the best so far.

    Parameters
    ----------
    best
        The best schedule so far; it is the hint.  `None`: any schedule is wanted.
    bound
        A known lower bound.
    seconds
        Time that it may take.  One worker with a fixed seed: only the moment of the stop depends on time.

    Returns
    -------
    tuple
        A shorter schedule or `None`, and the lower bound that is proved now.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second, and most processes never need it

    makespan = compiled.plain.problem.horizon if best is None else max(best.end, compiled.plain.fixed_end)
    model = Model(cp_model, compiled, bound=bound, most=makespan - 1)
    if best is not None:
        model.hint(best)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = _WORKERS
    solver.parameters.random_seed = seed & 0x7FFFFFFF
    status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        return None, makespan
    proved = max(bound, int(solver.best_objective_bound))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return model.found(solver), solver.value(model.end) if status == cp_model.OPTIMAL else proved
    return None, proved


def _gaps(compiled: CompiledSkills, place: int) -> tuple[tuple[int, int], ...]:
    """Return when a person is absent or on a fixed activity."""
    problem = compiled.problem
    person = problem.people[place]
    gaps = [(each.since, problem.horizon if each.until is None else each.until) for each in person.absences]
    for row, start in compiled.plain.fixed:
        activity = problem.activities[row]
        if any(each.person_uid == person.uid for each in activity.named):
            gaps.append((start, start + activity.duration))
    return tuple(_joined(sorted(gap for gap in gaps if gap[0] < gap[1])))


def _joined(gaps: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield periods in order, those that touch or overlap as one."""
    since, until = -1, -1
    for start, end in gaps:
        if start > until >= 0:
            yield since, until
        since, until = (start, end) if start > until else (since, max(until, end))
    if until >= 0:
        yield since, until


class Model:
    """The model, with what is needed to hint a schedule and to read one."""

    def __init__(self, cp_model: Any, compiled: CompiledSkills, *, bound: int, most: int) -> None:
        self.compiled = compiled
        self.model = cp_model.CpModel()
        self.end = self.model.new_int_var(bound, max(bound, most), "end")
        self.kinds = kinds(compiled)
        self.starts: list[Any] = []
        self.intervals: list[Any] = []
        self.counts: dict[tuple[int, int, int], Any] = {}
        """How many of a kind take a vacancy of an activity: by row, vacancy, kind."""
        self._add_times(most)
        self._add_resources()
        self._add_people()
        self._add_sets()
        self.model.minimize(self.end)

    def _add_times(self, most: int) -> None:
        plain, model = self.compiled.plain, self.model
        web, durations = plain.forward, plain.loads.duration
        for row, place in enumerate(plain.rows):
            earliest, rest = int(web.bound[row]), int(web.tail[row])
            start = model.new_int_var(earliest, max(earliest, most - rest), f"start {place}")
            self.starts.append(start)
            self.intervals.append(model.new_fixed_size_interval_var(start, int(durations[row]), f"activity {place}"))
            model.add(start + rest <= self.end)
        for row in range(len(plain.rows)):
            for link in range(int(web.first[row]), int(web.first[row + 1])):
                model.add(self.starts[row] >= self.starts[int(web.other[link])] + int(web.lag[link]))

    def _add_resources(self) -> None:
        plain, model = self.compiled.plain, self.model
        problem = plain.problem
        for place, resource in enumerate(problem.resources):
            taken = [
                (self.intervals[row], demand.units)
                for row, at in enumerate(plain.rows)
                for demand in problem.activities[at].demands
                if demand.resource == place and demand.units and problem.activities[at].duration
            ]
            for at, start in plain.fixed:
                activity = problem.activities[at]
                units = sum(demand.units for demand in activity.demands if demand.resource == place)
                taken.append((model.new_fixed_size_interval_var(start, activity.duration, f"fixed {at}"), units))
            ends = [*(moment for moment, _ in resource.changes), problem.horizon]
            for (since, units), end in zip([(0, resource.capacity), *resource.changes], ends, strict=True):
                if units < resource.most and since < end:
                    gap = model.new_fixed_size_interval_var(since, end - since, f"less {place} {since}")
                    taken.append((gap, resource.most - units))
            if taken:
                model.add_cumulative([each for each, _ in taken], [units for _, units in taken], resource.most)

    def _add_people(self) -> None:
        model = self.model
        takers: list[list[tuple[Any, Any]]] = [[] for _ in self.kinds]
        for row, needed in enumerate(self.compiled.vacancies):
            of_kind: list[list[Any]] = [[] for _ in self.kinds]
            for at, vacancy in enumerate(needed):
                counts = []
                for number, kind in enumerate(self.kinds):
                    if kind.people[0] in vacancy.able:
                        count = model.new_int_var(0, min(vacancy.people, len(kind.people)), f"{row} {at} {number}")
                        self.counts[row, at, number] = count
                        counts.append(count)
                        of_kind[number].append(count)
                model.add(sum(counts) == vacancy.people)
            for number, counts in enumerate(of_kind):
                if counts:
                    takers[number].append(self._taken(row, number, counts))
        for number, kind in enumerate(self.kinds):
            gaps = [model.new_fixed_size_interval_var(since, end - since, "away") for since, end in kind.gaps]
            if len(kind.people) == 1:
                model.add_no_overlap([*(each for each, _ in takers[number]), *gaps])
            else:
                demands = [*(count for _, count in takers[number]), *[len(kind.people)] * len(gaps)]
                model.add_cumulative([*(each for each, _ in takers[number]), *gaps], demands, len(kind.people))

    def _taken(self, row: int, number: int, counts: Sequence[Any]) -> tuple[Any, Any]:
        """Return the interval in which an activity takes people of a kind, and how many."""
        model, most = self.model, len(self.kinds[number].people)
        taken = model.new_int_var(0, most, f"{row} takes {number}")
        model.add(taken == sum(counts))
        if most > 1:
            return self.intervals[row], taken
        length = int(self.compiled.plain.loads.duration[row])
        return model.new_optional_fixed_size_interval_var(self.starts[row], length, taken, f"{row} by {number}"), taken

    def _add_sets(self) -> None:
        model = self.model
        sets = able_sets(self.compiled.vacancies, most=_SETS)
        for people, demand in zip(sets, set_demands(self.compiled.vacancies, sets), strict=True):
            rows = [row for row in range(len(demand)) if demand[row]]
            away = [
                (model.new_fixed_size_interval_var(since, end - since, "away"), len(kind.people))
                for kind in self.kinds
                if kind.people[0] in people
                for since, end in kind.gaps
            ]
            if len(rows) > 1:
                intervals = [*(self.intervals[row] for row in rows), *(each for each, _ in away)]
                model.add_cumulative(
                    intervals, [*(int(demand[row]) for row in rows), *(n for _, n in away)], len(people)
                )

    def hint(self, found: Found) -> None:
        """Hint a schedule."""
        for start, moment in zip(self.starts, found.starts, strict=True):
            self.model.add_hint(start, moment)
        kind_of = {person: number for number, kind in enumerate(self.kinds) for person in kind.people}
        for row, needed in enumerate(self.compiled.vacancies):
            sits = seated(needed, self.compiled.people(found.teams, row))
            for (at_row, at, number), count in self.counts.items():
                if at_row == row:
                    self.model.add_hint(count, sum(sits.get(p) == at and kind_of[p] == number for p in sits))

    def found(self, solver: Any) -> Found:
        """Return the schedule of a solver: in order of time, of each kind those who are free."""
        starts = [int(solver.value(start)) for start in self.starts]
        durations = [int(length) for length in self.compiled.plain.loads.duration]
        busy_until = [0] * len(self.compiled.problem.people)
        teams: list[list[int]] = [[] for _ in starts]
        for row in sorted(range(len(starts)), key=lambda row: starts[row]):
            for number, kind in enumerate(self.kinds):
                counts = [self.counts.get((row, at, number)) for at in range(len(self.compiled.vacancies[row]))]
                wanted = sum(int(solver.value(count)) for count in counts if count is not None)
                for person in [each for each in kind.people if busy_until[each] <= starts[row]][:wanted]:
                    busy_until[person] = starts[row] + durations[row]
                    teams[row].append(person)
        ends = (start + length for start, length in zip(starts, durations, strict=True))
        masks = [mask for team in teams for mask in self.compiled.masks(team)]
        return Found(starts=starts, teams=masks, end=max(ends, default=0), schedules=0)
