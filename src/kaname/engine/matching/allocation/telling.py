"""Turn steps into allotments, and say what is unmet and who is stretched."""

from collections.abc import Iterator

import numpy as np

from kaname.engine.matching.allocation import reasons
from kaname.engine.matching.allocation.board import Board
from kaname.engine.matching.allocation.costing import left_over
from kaname.engine.matching.allocation.types import Allotment, Regret, Stretch, Unmet
from kaname.engine.matching.crew import Int64s
from kaname.engine.units import MINUTES_PER_HOUR, PERMILLE


def allotments_of(board: Board, steps: Int64s) -> tuple[Allotment, ...]:
    """Return who does what, by person, then by demand."""
    used = np.flatnonzero(steps.any(axis=1))
    used = used[np.lexsort((board.demand[used], board.person[used]))]
    people, size = board.staffing.people, board.staffing.step_permille
    return tuple(
        Allotment(
            person_uid=people[board.person[pair]].uid,
            demand=int(board.demand[pair]),
            load_permille=tuple((size * steps[pair]).tolist()),
        )
        for pair in used.tolist()
    )


def unmet_of(board: Board, steps: Int64s, worth: Int64s) -> Iterator[Unmet]:
    """Yield what nobody does, with the reason and with the worth of one more step in each period."""
    left = left_over(board, steps)
    done = np.zeros_like(board.free)
    np.add.at(done, board.person, steps)
    idle = board.free - done
    edges = np.searchsorted(board.demand, np.arange(left.shape[0] + 1))
    for place in np.flatnonzero(left.any(axis=1)).tolist():
        demand = board.staffing.demands[place]
        people = board.person[edges[place] : edges[place + 1]]
        missing = left[place] > 0
        yield Unmet(
            demand=place,
            project_uid=demand.project_uid,
            load_permille=tuple((board.staffing.step_permille * left[place]).tolist()),
            worth=tuple(np.where(missing, np.maximum(worth[place] - board.newcomer, 0), 0).tolist()),
            reason=reasons.unmet(
                demand,
                hours=_hours(board, left[place]),
                people=people.size,
                idle=int((idle[people][:, missing] > 0).any(axis=1).sum()),
                is_ruled=not board.staffing.rules.is_free,
            ),
        )


def stretches_of(board: Board, steps: Int64s) -> Iterator[Stretch]:
    """Yield who is below a level wanted for what they do, by demand, then by person."""
    for pair in np.flatnonzero(board.is_stretched & steps.any(axis=1)).tolist():
        demand, person = board.staffing.demands[board.demand[pair]], board.staffing.people[board.person[pair]]
        hours = _hours(board, steps[pair])
        missing = int(board.missing[Regret.SKILL][pair])
        at_risk = -(-hours * missing // PERMILLE)
        yield Stretch(
            person_uid=person.uid,
            demand=int(board.demand[pair]),
            hours=hours,
            hours_at_risk=at_risk,
            reason=reasons.stretch(person, demand, hours=hours, at_risk=at_risk),
        )


def _hours(board: Board, steps: Int64s) -> int:
    minutes = np.array(board.staffing.axis.minutes, dtype=np.int64)
    return int(steps @ minutes) * board.staffing.step_permille // (PERMILLE * MINUTES_PER_HOUR)
