"""Questions about plans."""

from kaname.pso.schedule.queries.history import (
    MoveLine,
    RunPage,
    baselines,
    latest_run,
    run_page,
    runs,
)
from kaname.pso.schedule.queries.led import LedTask, LedTasks, led_tasks, tasks_in_trouble
from kaname.pso.schedule.queries.mine import MyTask, Waiting, my_tasks, project_milestones, who_waits
from kaname.pso.schedule.queries.plans import (
    PlanLink,
    PlanPerson,
    PlanRow,
    PlanTime,
    baseline_numbered,
    find_plan,
    find_plan_with_agreed_finish,
    plan_rows,
    plan_time,
)
from kaname.pso.schedule.queries.tasks import TaskPage, members_of, task_page

__all__ = [
    "LedTask",
    "LedTasks",
    "MoveLine",
    "MyTask",
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
    "find_plan_with_agreed_finish",
    "latest_run",
    "led_tasks",
    "members_of",
    "my_tasks",
    "plan_rows",
    "plan_time",
    "project_milestones",
    "run_page",
    "runs",
    "task_page",
    "tasks_in_trouble",
    "who_waits",
]
