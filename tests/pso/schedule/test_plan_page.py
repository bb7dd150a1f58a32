"""A page of a plan and its figures say what the whole plan says."""

import random
from datetime import date

import pytest

from kaname.engine.units import MINUTES_PER_DAY, day_number
from kaname.pso.schedule.models import Baseline, BaselineTask, Link, Plan, Task
from kaname.pso.schedule.queries import PlanFigures, PlanRow, plan_figures, plan_rows, plan_time
from kaname.pso.schedule.types import TaskKind
from kaname.pso.schedule.web.lines import is_late, is_open
from tests.rooms.company import NOW

pytestmark = pytest.mark.django_db

TODAY = date(2026, 4, 6)
MIDNIGHT = day_number(TODAY) * MINUTES_PER_DAY


def grown(plan: Plan, *, seed: int, count: int) -> Baseline:
    """Fill a plan with a random outline, dates around today's midnight, links and a baseline of some tasks."""
    chance = random.Random(seed)
    moments = [
        None,
        *(MIDNIGHT + days * MINUTES_PER_DAY + minutes for days in (-2, -1, 0, 1, 2) for minutes in (0, 540, 1080)),
    ]
    above: list[Task] = []
    tasks: list[Task] = []
    for position in range(1, count + 1):
        above = above[: chance.randint(0, len(above))]
        is_package = chance.random() < 0.35
        done = chance.choice([0, 0, 250, 999, 1000])
        task = Task.objects.create(
            plan=plan,
            position=position,
            level=len(above),
            parent=above[-1] if above else None,
            name=f"T{position}",
            kind=TaskKind.SUMMARY if is_package else chance.choice([TaskKind.WORK, TaskKind.MILESTONE]),
            is_active=chance.random() < 0.9,
            is_critical=chance.random() < 0.5,
            duration_minutes=chance.choice([None, 0, 60, 480, 4800]),
            percent_permille=done,
            finish_at=chance.choice(moments),
            deadline_at=chance.choice(moments),
            actual_finish_at=MIDNIGHT if done == 1000 and chance.random() < 0.8 else None,
            actual_start_at=MIDNIGHT - MINUTES_PER_DAY if done else None,
        )
        tasks.append(task)
        above = [*above, task] if is_package else above
    pairs = {tuple(sorted(chance.sample(range(count), 2))) for _ in range(count)}
    Link.objects.bulk_create(
        Link(plan=plan, predecessor=tasks[one], successor=tasks[two]) for one, two in sorted(pairs)
    )
    baseline = Baseline.objects.create(plan=plan, number=0, taken_at=NOW)
    agreed = [(task, chance.choice(moments)) for task in tasks if chance.random() < 0.7]
    BaselineTask.objects.bulk_create(
        BaselineTask(baseline=baseline, task=task, finish_at=finish) for task, finish in agreed
    )
    return baseline


def counted(rows: tuple[PlanRow, ...]) -> PlanFigures:
    work = [row for row in rows if row.is_active and not row.is_summary]
    return PlanFigures(
        lines=len(rows),
        tasks=len(work),
        done=sum(row.percent_permille == 1000 for row in work),
        critical=sum(row.is_critical and is_open(row) for row in work),
        late=sum(is_late(row, today=TODAY) for row in work),
    )


@pytest.mark.parametrize("seed", range(6))
def test_figures_are_those_of_all_rows(plan: Plan, seed: int) -> None:
    baseline = grown(plan, seed=seed, count=40)
    time = plan_time(plan)
    for compared in (baseline, None):
        figures = plan_figures(plan, baseline=compared, today=TODAY)
        assert figures == counted(plan_rows(plan, time=time, baseline=compared))
        assert 0 < figures.late < figures.tasks


@pytest.mark.parametrize("seed", range(6))
def test_rows_of_a_page_are_those_of_the_whole_plan(plan: Plan, seed: int) -> None:
    baseline = grown(plan, seed=seed, count=40)
    time = plan_time(plan)
    whole = plan_rows(plan, time=time, baseline=baseline)
    for places in (range(1, 11), range(11, 21), range(31, 41), range(40, 41), range(41, 41), range(1, 41)):
        part = plan_rows(plan, time=time, baseline=baseline, places=places)
        assert part == whole[places.start - 1 : places.stop - 1]


def test_an_empty_plan_comes_to_nothing(plan: Plan) -> None:
    assert plan_figures(plan, baseline=None, today=TODAY) == PlanFigures()
    assert plan_rows(plan, time=plan_time(plan), places=range(1, 1)) == ()
