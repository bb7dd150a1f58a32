"""The question in arrays: steps that are free and needed, and who may do what at which price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.matching.allocation.types import Prices, Regret, Staffing
from kaname.engine.matching.crew import ELSEWHERE, FAR_STRETCH, STRETCH, WORKED_BEFORE, Int64s, level_merit, spare_of
from kaname.engine.matching.types import MAX_LEVEL, Demand, Person, PlaceRule, SkillNeed
from kaname.engine.units import PERMILLE

Bools = NDArray[np.bool_]

MERITS: Final = (Regret.SKILL, Regret.COST, Regret.PLACE, Regret.CONTINUITY, Regret.GROWTH)
"""What is paid by the missing merit."""
_LEVELS: Final = range(MAX_LEVEL + 1)
_FIT: Final = np.array(
    [[level_merit(level, max(wanted, 1)) for level in _LEVELS] for wanted in _LEVELS], dtype=np.int64
)
"""Merit by level wanted, from 1, and level."""
_GROWTH: Final = np.array([STRETCH.get(gap, FAR_STRETCH) if gap >= 0 else 0 for gap in range(-5, 6)], dtype=np.int64)
"""Merit of a wish by level wanted less level, from -5."""


@dataclass(frozen=True, slots=True)
class Board:
    """Steps and prices; pairs are ordered by demand, then by person.

    Parameters
    ----------
    free, need
        Steps, shape (people, periods) and (demands, periods); 0 in a period without working time.
    unmet
        What a step costs for a minute that nobody does it, shape (demands,).
    person, demand
        The two of a pair, shape (pairs,).
    paid
        What a step costs for a minute beside `change`, shape (pairs,).
    missing
        Merit that is missing, in permille, by regret, shape (pairs,).
    is_stretched
        Whether the person has less than a level wanted, shape (pairs,).
    kept
        Steps that the person does now, shape (pairs, periods).
    """

    staffing: Staffing
    free: Int64s
    need: Int64s
    unmet: Int64s
    person: Int64s
    demand: Int64s
    paid: Int64s
    missing: dict[Regret, Int64s]
    is_stretched: Bools
    kept: Int64s

    @property
    def change(self) -> int:
        """What a step costs for a minute that the person does not do now."""
        return self.staffing.prices.change * PERMILLE

    @property
    def newcomer(self) -> int:
        """What a step of a fitting person costs for a minute who is new and wishes nothing."""
        prices = self.staffing.prices
        return (prices.continuity + prices.growth + prices.change) * PERMILLE


def set_up(staffing: Staffing) -> Board:
    """Return the arrays; O(people x demands + pairs x periods)."""
    step, minutes = staffing.step_permille, np.array(staffing.axis.minutes, dtype=np.int64)
    periods = minutes.size
    free = np.maximum(spare_of(staffing.people, periods=periods), 0) // step
    need = -(-np.array([one.load_permille for one in staffing.demands], dtype=np.int64).reshape(-1, periods) // step)
    free[:, minutes == 0] = 0
    need[:, minutes == 0] = 0
    crowd = _Crowd.of(staffing)
    missing: dict[Regret, list[Int64s]] = {regret: [] for regret in MERITS}
    rows, places, stretched = [], [], []
    for place, wanted in enumerate(staffing.demands):
        row = crowd.who_may(wanted, now=crowd.doing[place])
        rows.append(row)
        places.append(np.full(row.size, place))
        stretched.append(crowd.below(wanted)[row])
        for regret, merit in crowd.merits(wanted, row).items():
            missing[regret].append(PERMILLE - merit)
    whole = {regret: np.concatenate(parts) for regret, parts in missing.items()}
    person, demand = np.concatenate(rows), np.concatenate(places)
    return Board(
        staffing=staffing,
        free=free,
        need=need,
        unmet=_unmet(staffing),
        person=person,
        demand=demand,
        paid=_paid(staffing.prices, whole),
        missing=whole,
        is_stretched=np.concatenate(stretched),
        kept=_kept(staffing, person, demand, minutes),
    )


def _unmet(staffing: Staffing) -> Int64s:
    price = staffing.prices.unmet * PERMILLE
    return np.array([price * staffing.priority(one.project_uid) // 100 for one in staffing.demands], dtype=np.int64)


def _paid(prices: Prices, missing: Mapping[Regret, Int64s]) -> Int64s:
    return np.sum([prices.of(regret) * merit for regret, merit in missing.items()], axis=0, dtype=np.int64)


def _kept(staffing: Staffing, person: Int64s, demand: Int64s, minutes: Int64s) -> Int64s:
    kept = np.zeros((person.size, minutes.size), dtype=np.int64)
    rows = {one.uid: row for row, one in enumerate(staffing.people)}
    keys = demand * len(rows) + person
    for one in staffing.current:
        pair = np.searchsorted(keys, one.demand * len(rows) + rows[one.person_uid])
        kept[pair] = np.where(minutes > 0, np.array(one.load_permille) // staffing.step_permille, 0)
    return kept


@dataclass(frozen=True, slots=True)
class _Crowd:
    """All people in columns.

    Parameters
    ----------
    doing
        By demand, places of those who do it now.
    knows
        By project, what continuity is worth, shape (people,).
    levels, wishes
        Shape (people, skills), the skills in the order of `columns`.
    """

    doing: list[list[int]]
    knows: dict[int, Int64s]
    columns: dict[int, int]
    levels: Int64s
    wishes: Bools
    rates: Int64s
    places: NDArray[np.str_]
    employments: NDArray[np.str_]

    @classmethod
    def of(cls, staffing: Staffing) -> "_Crowd":
        people = staffing.people
        skills = sorted({need.skill_uid for demand in staffing.demands for need in demand.skills})
        rows = {person.uid: row for row, person in enumerate(people)}
        doing: list[list[int]] = [[] for _ in staffing.demands]
        for one in staffing.current:
            doing[one.demand].append(rows[one.person_uid])
        return cls(
            doing=doing,
            knows=_known(staffing, doing),
            columns={skill: column for column, skill in enumerate(skills)},
            levels=_table(people, [[person.levels.get(skill, 0) for skill in skills] for person in people]),
            wishes=_table(people, [[skill in person.wishes for skill in skills] for person in people]).astype(bool),
            rates=np.array([person.rate for person in people], dtype=np.int64),
            places=np.array([person.place for person in people], dtype=np.str_),
            employments=np.array([person.employment.value for person in people], dtype=np.str_),
        )

    def who_may(self, demand: Demand, *, now: Sequence[int]) -> Int64s:
        """Return the places of those who may do it, and of those who do it now."""
        may = np.ones(self.rates.size, dtype=bool)
        for need in demand.skills:
            may &= self._level(need) >= need.least_level
        if demand.place and demand.place_rule is PlaceRule.REQUIRED:
            may &= self.places == demand.place
        if demand.employments:
            may &= np.isin(self.employments, [one.value for one in demand.employments])
        may[list(now)] = True
        return np.flatnonzero(may)

    def below(self, demand: Demand) -> Bools:
        """Say who has less than a level wanted."""
        below = np.zeros(self.rates.size, dtype=bool)
        for need in demand.skills:
            below |= self._level(need) < need.level
        return below

    def merits(self, demand: Demand, rows: Int64s) -> dict[Regret, Int64s]:
        """Return the merits of some people, shape (rows,), as `match` has them."""
        return {
            Regret.SKILL: self._skill(demand.skills, rows),
            Regret.COST: self._cost(demand, rows),
            Regret.PLACE: self._place(demand, rows),
            Regret.CONTINUITY: self.knows[demand.project_uid][rows],
            Regret.GROWTH: self._growth(demand.skills, rows),
        }

    def _level(self, need: SkillNeed) -> Int64s:
        return self.levels[:, self.columns[need.skill_uid]]

    def _skill(self, needs: tuple[SkillNeed, ...], rows: Int64s) -> Int64s:
        if not needs:
            return np.full(rows.size, PERMILLE)
        total = sum(need.weight for need in needs)
        return np.sum([need.weight * _FIT[need.level, self._level(need)[rows]] for need in needs], axis=0) // total

    def _cost(self, demand: Demand, rows: Int64s) -> Int64s:
        rates = self.rates[rows]
        reference = demand.budget_rate
        if reference is None:
            reference = int(rates.min(initial=np.iinfo(np.int64).max)) if rates.size else 0
        return np.where(rates <= reference, PERMILLE, PERMILLE * reference // np.maximum(rates, 1))

    def _place(self, demand: Demand, rows: Int64s) -> Int64s:
        if not demand.place or demand.place_rule is PlaceRule.ANYWHERE:
            return np.full(rows.size, PERMILLE)
        return np.where(self.places[rows] == demand.place, PERMILLE, ELSEWHERE)

    def _growth(self, needs: tuple[SkillNeed, ...], rows: Int64s) -> Int64s:
        best = np.zeros(rows.size, dtype=np.int64)
        for need in needs:
            wishes = self.wishes[rows, self.columns[need.skill_uid]]
            gap = need.level - self._level(need)[rows]
            np.maximum(best, np.where(wishes, _GROWTH[gap + MAX_LEVEL], 0), out=best)
        return best


def _known(staffing: Staffing, doing: list[list[int]]) -> dict[int, Int64s]:
    people = staffing.people
    known = {demand.project_uid: np.zeros(len(people), dtype=np.int64) for demand in staffing.demands}
    for row, person in enumerate(people):
        for project in person.past_projects & known.keys():
            known[project][row] = WORKED_BEFORE
    for row, person in enumerate(people):
        for one in person.assignments:
            if one.project_uid in known and any(one.load_permille):
                known[one.project_uid][row] = PERMILLE
    for demand, rows in zip(staffing.demands, doing, strict=True):
        known[demand.project_uid][rows] = PERMILLE
    return known


def _table(people: Sequence[Person], rows: list[list[int]] | list[list[bool]]) -> Int64s:
    return np.array(rows, dtype=np.int64).reshape(len(people), -1) if people else np.zeros((0, 0), dtype=np.int64)
