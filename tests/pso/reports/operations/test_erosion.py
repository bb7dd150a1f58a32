from dataclasses import replace

import pytest

from kaname.engine.calendar.types import Calendar, Shift
from kaname.engine.network.plan import Baseline, Link, Plan, Task
from kaname.ground.projects.types import Health
from kaname.pso.reports.bridge import look_out
from kaname.pso.reports.operations.erosion import float_indicator
from kaname.pso.reports.types import Limits

DAY = 480
MONDAY = 20_549 * 1440 + 540
"""Monday, 6 April 2026, 9:00."""
WEEK = tuple([(Shift(540, 1020),)] * 5 + [()] * 2)


def plan_of(side_days: int, *, agreed_days: int = 2) -> Plan:
    """Return ten days of critical work and a side task that was agreed shorter: eight days of float."""
    long = Task(uid=1, name="本線", duration_minutes=10 * DAY)
    side = Task(uid=2, name="支線", duration_minutes=side_days * DAY)
    end = Task(uid=3, name="結合", duration_minutes=DAY)
    agreed = {
        1: Baseline(number=0, start_at=MONDAY, finish_at=MONDAY + 11 * 1440 + DAY, duration_minutes=10 * DAY),
        2: Baseline(number=0, start_at=MONDAY, finish_at=MONDAY + 1440 + DAY, duration_minutes=agreed_days * DAY),
        3: Baseline(number=0, start_at=MONDAY + 14 * 1440, finish_at=MONDAY + 14 * 1440 + DAY, duration_minutes=DAY),
    }
    return Plan(
        name="P",
        start_at=MONDAY,
        calendar_uid=1,
        calendars=(Calendar(uid=1, name="標準", week=WEEK),),
        tasks=tuple(replace(task, baselines=(agreed[task.uid],)) for task in (long, side, end)),
        links=(Link(predecessor_uid=1, successor_uid=3), Link(predecessor_uid=2, successor_uid=3)),
        minutes_per_day=DAY,
    )


@pytest.mark.parametrize(
    ("side_days", "used", "health"), [(2, 0, Health.WELL), (5, 375, Health.WELL), (8, 750, Health.DANGER)]
)
def test_side_path_uses_up_its_float_before_the_finish_moves(side_days: int, used: int, health: Health) -> None:
    outlook = look_out(plan_of(side_days), status_at=MONDAY)
    found = float_indicator(outlook, Limits())
    assert outlook.forecast.finish_at == outlook.agreed.finish_at
    assert (found.values["float_used_permille"], found.values["floating_tasks"]) == (used, 1)
    assert found.health == health
    assert [item.name for item in found.offences] == (["支線"] if health is Health.DANGER else [])


def test_offence_says_how_far_it_moved_and_how_much_there_was() -> None:
    found = float_indicator(look_out(plan_of(8), status_at=MONDAY), Limits())
    assert str(found.offences[0].why) == "moved 6 working days, of 8 days of float"


def test_limits_are_those_of_the_rules() -> None:
    outlook = look_out(plan_of(8), status_at=MONDAY)
    assert float_indicator(outlook, Limits(float_used_permille=800)).health == Health.WELL
    assert float_indicator(outlook, Limits(float_danger_permille=1000)).health == Health.ATTENTION


def test_without_a_baseline_nothing_is_known() -> None:
    plan = plan_of(2)
    bare = replace(plan, tasks=tuple(replace(task, baselines=()) for task in plan.tasks))
    found = float_indicator(look_out(bare, status_at=MONDAY), Limits())
    assert (found.health, found.values) == (Health.UNKNOWN, {})
