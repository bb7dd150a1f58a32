"""Questions about plans."""

from kaname.pso.schedule.queries.ahead import Ahead, plan_ahead
from kaname.pso.schedule.queries.figures import PlanFigures, plan_figures
from kaname.pso.schedule.queries.history import (
    MoveLine,
    RunPage,
    baselines,
    latest_run,
    run_page,
    runs,
)
from kaname.pso.schedule.queries.led import LedTask, LedTasks, led_tasks, tasks_in_trouble
from kaname.pso.schedule.queries.mine import MyTask, Waiting, my_tasks, who_waits
from kaname.pso.schedule.queries.plans import (
    PlanLink,
    PlanPerson,
    PlanRow,
    PlanTime,
    baseline_numbered,
    find_plan,
    plan_rows,
    plan_time,
)
from kaname.pso.schedule.queries.tasks import TaskPage, members_of, task_page

__all__ = [
    "Ahead",
    "LedTask",
    "LedTasks",
    "MoveLine",
    "MyTask",
    "PlanFigures",
    "PlanLink",
    "PlanPerson",
    "PlanRow",
    "PlanTime",
    "RunPage",
    "TaskPage",
    "Waiting",
    "baseline_numbered",
    "baselines",
    "find_plan",
    "latest_run",
    "led_tasks",
    "members_of",
    "my_tasks",
    "plan_ahead",
    "plan_figures",
    "plan_rows",
    "plan_time",
    "run_page",
    "runs",
    "task_page",
    "tasks_in_trouble",
    "who_waits",
]
