# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""How good a schedule of a plan is: plain Python that also runs compiled."""

from typing import Final, NamedTuple

from kaname.engine.calendar.kernels import BEYOND, Ints
from kaname.engine.leveling.plans.arrays import Waits
from kaname.engine.network.arrays import Dates

FORCED: Final = 0
FINISH: Final = 1
DELAY: Final = 2
MOVED: Final = 3
TOTAL: Final = 4
MEASURES: Final = 5
"""Tasks that take more than is free; last finish; weighted delay; moved minutes; sum of starts."""


class Goals(NamedTuple):
    """What a schedule is judged by, by position unless told otherwise.

    `counts` is 1 for nodes that make the finish of the plan; `steady` is 1 for those whose start is compared with `given`.
    Deadlines are rows: the tasks of row `i` are the positions `of_due[first_due[i]] .. of_due[first_due[i + 1]]`, and the last
    of them is to be done by `due_at[i]`, each minute after it counts `due_weight[i]`.  `rank` names the measures in order of
    importance, all of them.
    """

    counts: Ints
    steady: Ints
    given: Ints
    first_due: Ints
    of_due: Ints
    due_at: Ints
    due_weight: Ints
    rank: Ints


def judge(dates: Dates, waits: Waits, goals: Goals, measures: Ints, costs: Ints, at: int) -> None:
    """Write the measures of a schedule, in order of importance, into `costs` from `at` on; `measures` is room for five."""
    forced = 0
    finish = -BEYOND
    moved = 0
    total = 0
    for node in range(len(goals.counts)):
        forced += waits.forced[node]
        if goals.counts[node]:
            finish = max(finish, dates.finish[node])
            total += dates.start[node]
            if goals.steady[node]:
                moved += abs(dates.start[node] - goals.given[node])
    delay = 0
    for row in range(len(goals.due_at)):
        done = -BEYOND
        for place in range(goals.first_due[row], goals.first_due[row + 1]):
            done = max(done, dates.finish[goals.of_due[place]])
        delay += max(0, done - goals.due_at[row]) * goals.due_weight[row]
    measures[FORCED] = forced
    measures[FINISH] = finish
    measures[DELAY] = delay
    measures[MOVED] = moved
    measures[TOTAL] = total
    for place in range(MEASURES):
        costs[at + place] = measures[goals.rank[place]]


def is_better(costs: Ints, one: int, other: int) -> bool:
    """Return whether the costs from `one` on are less than those from `other` on: the first that differs decides."""
    for place in range(MEASURES):
        if costs[one + place] != costs[other + place]:
            return costs[one + place] < costs[other + place]
    return False
