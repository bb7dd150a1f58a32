"""What must hold on any plan, on the dates of our own network."""

import random
from contextlib import suppress

import pytest

from kaname.engine.network import PlanError, schedule
from kaname.engine.network.plan import ConstraintType, Link, LinkType, Plan, Progress, Task, TaskKind, TaskMode
from kaname.engine.quality import PointCode, Verdict, assess
from tests.engine.quality.golden_plans import CALENDAR, WEEK, day_at

DAY = 480
START = day_at("06-01", 9)


def random_network(source: random.Random) -> Plan:
    """Finish-to-start links without constraints: the delay of a critical task must always arrive."""
    count = source.randrange(1, 30)
    tasks = tuple(Task(uid=uid, name="", duration_minutes=source.randrange(0, 20) * DAY) for uid in range(1, count + 1))
    links = {
        (source.randrange(1, uid), uid): source.choice([0, 0, DAY, -DAY // 2])
        for uid in range(2, count + 1)
        for _ in range(source.randrange(3))
    }
    return Plan(
        start_at=START,
        tasks=tasks,
        links=tuple(Link(predecessor_uid=one, successor_uid=two, lag=lag) for (one, two), lag in links.items()),
        calendar_uid=1,
        calendars=(CALENDAR,),
    )


def random_mess(source: random.Random) -> Plan:
    """Anything that a file may hold."""
    count = source.randrange(1, 25)
    tasks = []
    for uid in range(1, count + 1):
        start_at = START + source.randrange(-30, 60) * 1440
        tasks.append(
            Task(
                uid=uid,
                name=f"T{uid}",
                parent_uid=source.choice([None, None, *range(max(uid - 3, 1), uid)]),
                kind=source.choice(list(TaskKind)),
                mode=source.choice([TaskMode.AUTO, TaskMode.AUTO, TaskMode.MANUAL]),
                is_active=source.random() < 0.9,
                duration_minutes=source.choice([None, 0, 1, DAY, 90 * DAY]),
                constraint=source.choice(list(ConstraintType)),
                constraint_at=source.choice([None, start_at]),
                deadline_at=source.choice([None, None, start_at]),
                manual_start_at=source.choice([None, start_at]),
                progress=source.choice([Progress(), Progress(percent_permille=300, actual_start_at=start_at)]),
            )
        )
    links = tuple(
        Link(
            predecessor_uid=source.randrange(1, count + 1),
            successor_uid=source.randrange(1, count + 1),
            type=source.choice(list(LinkType)),
            lag=source.randrange(-3, 4) * DAY,
        )
        for _ in range(source.randrange(count))
    )
    return Plan(
        start_at=START,
        status_at=source.choice([None, START]),
        tasks=tuple(tasks),
        links=links,
        calendar_uid=1,
        calendars=(CALENDAR,),
        minutes_per_day=source.choice([0, 480]),
    )


@pytest.mark.parametrize("seed", range(200))
def test_delay_of_a_critical_task_always_arrives_where_nothing_holds_it(seed):
    plan = random_network(random.Random(seed))
    point = assess(plan, schedule(plan)).point(PointCode.CRITICAL_PATH_TEST)
    if any(task.duration_minutes for task in plan.tasks):
        assert (point.numerator, point.denominator, point.offenders) == (600 * DAY, 600 * DAY, ())


@pytest.mark.parametrize("seed", range(200))
def test_cpli_is_one_when_the_finish_required_is_the_finish_forecast(seed):
    plan = random_network(random.Random(seed))
    calculated = schedule(plan)
    end = max(calculated.finish_at, START + 60)
    late = Task(
        uid=99, name="End", duration_minutes=0, deadline_at=end, constraint=ConstraintType.SNET, constraint_at=end
    )
    whole = Plan(start_at=START, tasks=(*plan.tasks, late), links=plan.links, calendar_uid=1, calendars=(CALENDAR,))
    dates = schedule(whole)
    first = min(dates.task(task.uid).start_at for task in whole.tasks)
    point = assess(whole, dates).point(PointCode.CPLI)
    assert (point.numerator, point.denominator) == (WEEK.between(first, end),) * 2


def messy_plans() -> list[Plan]:
    """Of the plans that a file may hold, those that can be calculated at all."""
    plans = []
    for seed in range(400):
        plan = random_mess(random.Random(seed))
        with suppress(PlanError):
            schedule(plan)
            plans.append(plan)
    return plans


def test_every_plan_that_can_be_calculated_gets_fourteen_verdicts_that_say_why():
    plans = messy_plans()
    assert len(plans) > 100
    for plan in plans:
        points = assess(plan, schedule(plan)).points
        assert [point.number for point in points] == list(range(1, 15))
        for point in points:
            assert (point.reason is None) == (point.verdict is not Verdict.NOT_APPLICABLE)
            assert (point.ratio is None) == (point.verdict is Verdict.NOT_APPLICABLE)
            assert all(str(offender.why) for offender in (*point.offenders, *point.observations))
            assert point.offenders or point.verdict is not Verdict.FAIL, point.code
