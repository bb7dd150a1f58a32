"""Levelling of real plans: calendars, lags, constraints and progress to the minute.

Question: when to do each task of a plan so that nobody has more to do than there is of them, and who holds whom.

How it is built, from the outside in:

- `prepare` compiles a plan once into a `model`: its network (`engine.network`), what each task takes of whom and when these people work on it,
  what there is of them over time, and which tasks may wait.
- `kernels` place the nodes of the network one after another in the order of a list.  Where a node stands is asked of the
  network's own kernels with a moment before which it may not begin; what is free is a line of steps per resource, exact to
  the minute.  They own no memory and are compiled by `jit`.
- `bench` is the room that one thread makes schedules in, with its own spans, so that a simulation can hand in lengths that it
  has drawn.
- `rules` makes schedules at once, `judging` and `goals` say how good one is, `evolving` and `search` look for better ones.
- `merging` puts several plans together whose people are the same.
- `bounds` says what cannot be beaten, `waiting` why a task waits, `loads` where more is taken than there is; `checker` looks at
  every plan that leaves.  `level` puts them together.

A levelled plan is the plan with levelling delays: `engine.network.schedule` of it gives exactly the dates of the bench.
"""

from kaname.engine.leveling.plans.bench import Bench
from kaname.engine.leveling.plans.level import level_plan
from kaname.engine.leveling.plans.merging import CrossLink, Merged, merged
from kaname.engine.leveling.plans.model import Part, PlanModel, delayed_plan
from kaname.engine.leveling.plans.prepare import prepare_plan
from kaname.engine.leveling.plans.types import (
    Change,
    Objective,
    Overallocation,
    PlanLeveling,
    PlanProgress,
    Wait,
    WaitKind,
    Wishes,
)
from kaname.engine.leveling.plans.warming import warm_up

__all__ = [
    "Bench",
    "Change",
    "CrossLink",
    "Merged",
    "Objective",
    "Overallocation",
    "Part",
    "PlanLeveling",
    "PlanModel",
    "PlanProgress",
    "Wait",
    "WaitKind",
    "Wishes",
    "delayed_plan",
    "level_plan",
    "merged",
    "prepare_plan",
    "warm_up",
]
