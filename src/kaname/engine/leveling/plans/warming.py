"""Compile the kernels before they are needed."""

from kaname.engine.leveling.plans.jit import compiled_kernels
from kaname.engine.leveling.plans.level import level_plan
from kaname.engine.network.plan import Assignment, Plan, Resource, Task


def warm_up() -> None:
    """Load the compiled kernels, and compile them where no earlier run has: half a minute the first time on a machine.

    A process that will level plans calls this when it starts, in a thread of its own if it likes.
    """
    compiled_kernels()
    tasks = tuple(Task(uid=uid, name="", duration_minutes=60) for uid in range(2))
    taken = tuple(Assignment(task_uid=uid, resource_uid=0) for uid in range(2))
    level_plan(Plan(start_at=0, tasks=tasks, resources=(Resource(uid=0, name=""),), assignments=taken), schedules=10)
