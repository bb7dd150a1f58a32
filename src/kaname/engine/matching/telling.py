"""Turn places in the arrays into proposals with names and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.matching import reasons
from kaname.engine.matching.chains import Chain
from kaname.engine.matching.crew import ALONE, Crew, Int64s, continuity_merit, growth_of
from kaname.engine.matching.pairs import Pair
from kaname.engine.matching.types import (
    Criterion,
    Handover,
    Part,
    Person,
    Proposal,
    ProposalKind,
    Share,
    Weights,
)
from kaname.engine.text import Message
from kaname.engine.units import MINUTES_PER_HOUR, PERMILLE

_HOUR: Final = MINUTES_PER_HOUR * PERMILLE
_PERCENT: Final = PERMILLE // 100


@dataclass(frozen=True, slots=True)
class Teller:
    """What every proposal is told from."""

    crew: Crew
    weights: Weights

    def single(self, place: int) -> Proposal:
        """Return the proposal of one person alone."""
        crew = self.crew
        person, taken = crew.people[place], crew.taken[place]
        percent, left, periods = self._covered(taken)
        steady = self._steady(crew.free[place])
        merits = self._alone(place) | {Criterion.CAPACITY: PERMILLE * int(crew.covered[place]) // crew.work}
        why = self._reasons_alone(person) | {
            Criterion.CAPACITY: reasons.capacity_alone(
                percent=percent, hours_left=left, periods_left=periods, steady_percent=steady // _PERCENT
            )
        }
        return self._proposal(
            ProposalKind.PART if periods else ProposalKind.WHOLE,
            shares=(self._share(person, crew.free[place], taken),),
            taken=taken,
            merits=merits,
            why=why,
            summary=reasons.takes_part(person, percent=percent) if periods else reasons.takes_all(person),
        )

    def pair(self, pair: Pair) -> Proposal:
        """Return the proposal of two people who share the work."""
        crew = self.crew
        first, second = crew.people[pair.first], crew.people[pair.second]
        taken = pair.first_taken + pair.second_taken
        one, two = int(pair.first_taken @ crew.minutes), int(pair.second_taken @ crew.minutes)
        mine, yours = self._alone(pair.first), self._alone(pair.second)
        merits = {key: (one * mine[key] + two * yours[key]) // (one + two) for key in ALONE}
        merits[Criterion.CAPACITY] = PERMILLE * (one + two) // crew.work
        why = {key: reasons.mean_of_two(first, mine[key], second, yours[key]) for key in ALONE}
        why[Criterion.CAPACITY] = self._capacity(taken)
        if pair.kind is ProposalKind.SPLIT_BY_TIME:
            summary = reasons.one_after_the_other(first, second, on=crew.axis.edges[pair.turn])
        else:
            summary = reasons.side_by_side(first, 100 * one // crew.work, second, 100 * two // crew.work)
        return self._proposal(
            pair.kind,
            shares=(
                self._share(first, crew.free[pair.first], pair.first_taken),
                self._share(second, crew.free[pair.second], pair.second_taken),
            ),
            taken=taken,
            merits=merits,
            why=why,
            summary=summary,
        )

    def chain(self, chain: Chain) -> Proposal:
        """Return the proposal of a person who is made free by another."""
        crew = self.crew
        person, helper = crew.people[chain.first], chain.helper
        alone = self._alone(chain.first)
        merits = alone | {
            Criterion.SKILL: (alone[Criterion.SKILL] + chain.fit) // 2,
            Criterion.CAPACITY: PERMILLE * int(chain.taken @ crew.minutes) // crew.work,
        }
        why = self._reasons_alone(person) | {
            Criterion.SKILL: reasons.chain_skill(person, alone[Criterion.SKILL], helper, chain.fit),
            Criterion.CAPACITY: self._capacity(chain.taken),
        }
        moved = int(chain.moved @ crew.minutes)
        first = crew.axis.edges[int(np.flatnonzero(chain.moved)[0])]
        return self._proposal(
            ProposalKind.CHAIN,
            shares=(self._share(person, chain.free, chain.taken),),
            taken=chain.taken,
            merits=merits,
            why=why,
            summary=reasons.chain(person, helper, task=chain.assignment.name),
            handover=Handover(
                assignment_uid=chain.assignment.uid,
                from_uid=person.uid,
                to_uid=helper.uid,
                load_permille=tuple(chain.moved.tolist()),
                extra_cost=moved * (helper.rate - person.rate) // _HOUR,
                reason=reasons.handover(helper, hours=moved // _HOUR, on=first),
            ),
        )

    def _proposal(
        self,
        kind: ProposalKind,
        *,
        shares: tuple[Share, ...],
        taken: Int64s,
        merits: Mapping[Criterion, int],
        why: Mapping[Criterion, Message],
        summary: Message,
        handover: Handover | None = None,
    ) -> Proposal:
        further = len(shares) - 1 + (handover is not None)
        return Proposal(
            rank=0,
            kind=kind,
            shares=shares,
            handover=handover,
            shortfall_permille=tuple(self._shortfall(taken).tolist()),
            parts=tuple(
                Part(
                    criterion=criterion,
                    weight=self.weights.of(criterion),
                    merit_permille=merits[criterion],
                    reason=why[criterion],
                )
                for criterion in Criterion
            ),
            deduction=self.weights.further_person * PERMILLE * further,
            summary=summary,
        )

    def _alone(self, place: int) -> dict[Criterion, int]:
        return {criterion: int(self.crew.merits[criterion][place]) for criterion in ALONE}

    def _reasons_alone(self, person: Person) -> dict[Criterion, Message]:
        demand = self.crew.demand
        merit = continuity_merit(demand, person)
        wish = max(demand.skills, key=lambda need: growth_of(need, person), default=None)
        if wish is not None and not growth_of(wish, person):
            wish = None
        return {
            Criterion.SKILL: reasons.skill(demand.skills, person),
            Criterion.COST: reasons.cost(demand, person, reference=self.crew.reference_rate),
            Criterion.PLACE: reasons.place(demand, person),
            Criterion.CONTINUITY: reasons.continuity(is_there=merit == PERMILLE, has_been=merit > 0),
            Criterion.GROWTH: reasons.growth(wish, person),
        }

    def _capacity(self, taken: Int64s) -> Message:
        percent, left, periods = self._covered(taken)
        return reasons.capacity(percent=percent, hours_left=left, periods_left=periods)

    def _covered(self, taken: Int64s) -> tuple[int, int, int]:
        """Return the percent covered and the hours left over, both rounded down, and the periods with a shortfall."""
        crew = self.crew
        done = int(taken @ crew.minutes)
        return 100 * done // crew.work, (crew.work - done) // _HOUR, int(np.count_nonzero(self._shortfall(taken)))

    def _shortfall(self, taken: Int64s) -> Int64s:
        """Return what is left over in each period; a period without working time leaves nothing."""
        return np.where(self.crew.minutes > 0, self.crew.need - taken, 0)

    def _steady(self, free: Int64s) -> int:
        crew = self.crew
        wanted = np.flatnonzero((crew.need > 0) & (crew.minutes > 0))
        return min(PERMILLE, int((PERMILLE * free[wanted] // crew.need[wanted]).min()))

    def _share(self, person: Person, free: Int64s, taken: Int64s) -> Share:
        return Share(
            person_uid=person.uid,
            free_permille=tuple(free.tolist()),
            load_permille=tuple(taken.tolist()),
            steady_permille=self._steady(free),
            cost=int(taken @ self.crew.minutes) * person.rate // _HOUR,
        )
