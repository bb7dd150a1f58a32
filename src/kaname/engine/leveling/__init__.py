"""Levelling: when to do what, so that no resource is short and the whole is finished soon.

Nouns: `Problem` (activities, links, resources), a schedule (starts in the order of the activities), `Leveling` (a schedule
with its bound, status, log and causes).  Question: what is the best schedule - the shortest, by default -, how far may it
be from the best possible, and what holds each activity?

How it is built, from the outside in:

- `problem` says what is asked, in whole units of time.  `compile` turns it into arrays: activities in topological order, links
  as least times from start to start in two *frames* (forward, and backward from an end), demands packed into words, and one
  profile of what is free that capacity over time and fixed activities have already been cut out of.  Everything about time
  that the kernels know is in this profile and in `Loads.duration`.
- `objective` says what is to be small, and turns it into one cost of a schedule: groups of activities that finish behind what is
  due, activities that leave where they stood.
- `kernels` are plain Python on sequences of integers, compiled by `jit`: generation schemes (`placing`), activity lists
  (`lists`), the evolution of a population towards the shortest (`evolving`) or the cheapest schedule (`weighing`, `steering`).  They own no memory and draw from a counted dice.
- `search` runs islands of populations in epochs of a fixed amount of work, so that neither time nor threads change what an
  epoch does; `proof` asks CP-SAT; `bounds` says what cannot be beaten; `level` puts them together.
- `replan` levels again after facts have changed, and says what moved and why.
- `checker` looks at every schedule that leaves, with no code of the above; `causes` explains it.

Plans of `kaname.engine.network` are levelled on top of this: their working time becomes units, their people resources.
"""

from kaname.engine.leveling.causes import Cause, CauseKind
from kaname.engine.leveling.checker import BrokenSchedule, check_schedule, objective_values
from kaname.engine.leveling.level import level
from kaname.engine.leveling.objective import MAKESPAN, Aim, AimKind, Objective
from kaname.engine.leveling.problem import Activity, Demand, Link, LinkKind, Problem, ProblemError, Project, Resource
from kaname.engine.leveling.replan import Change, Priority, Replanning, changes, replan
from kaname.engine.leveling.result import Leveling, Progress, Status

__all__ = [
    "MAKESPAN",
    "Activity",
    "Aim",
    "AimKind",
    "BrokenSchedule",
    "Cause",
    "CauseKind",
    "Change",
    "Demand",
    "Leveling",
    "Link",
    "LinkKind",
    "Objective",
    "Priority",
    "Problem",
    "ProblemError",
    "Progress",
    "Project",
    "Replanning",
    "Resource",
    "Status",
    "changes",
    "check_schedule",
    "level",
    "objective_values",
    "replan",
]
