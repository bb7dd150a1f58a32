"""From plans to accounts: whose budget, in what."""

from dataclasses import replace
from datetime import date

import pytest

from kaname.engine.calendar import Calendar, Shift
from kaname.engine.earned_value import EarnedRule, Measure, best_measure, measure_plan, plan_accounts
from kaname.engine.network.plan import Baseline, DurationKind, Plan, Progress, Task, TaskKind
from kaname.engine.units import day_number

DAY = (Shift(540, 720), Shift(780, 1080))
CALENDAR = Calendar(1, "five days", (DAY,) * 5 + ((), ()))


def at(day: int, hour: int = 18) -> int:
    return day_number(date(2026, 6, day)) * 1440 + hour * 60  # 2026-06-01 is a Monday


def agreed(start: int, finish: int, *, cost: int | None, effort: int | None, number: int = 0) -> Baseline:
    return Baseline(
        number=number,
        start_at=at(start, 9),
        finish_at=at(finish),
        duration_minutes=480,
        effort_minutes=effort,
        cost=cost,
    )


def leaf(uid: int, baseline: Baseline | None, **fields: object) -> Task:
    baselines = () if baseline is None else (baseline,)
    return Task(uid=uid, name=f"T{uid}", parent_uid=1, baselines=baselines, **fields)


BEGUN = Progress(
    percent_permille=500,
    actual_start_at=at(1, 9),
    actual_effort_minutes=1000,
    actual_cost=70_000,
    actual_duration_minutes=1,
)
TREE = Plan(
    calendar_uid=1,
    calendars=(CALENDAR,),
    tasks=(
        Task(
            uid=1,
            name="Phase",
            kind=TaskKind.SUMMARY,
            fixed_cost=10_000,
            baselines=(agreed(1, 12, cost=160_000, effort=7200),),
            progress=replace(BEGUN, actual_cost=74_000),
        ),
        leaf(2, agreed(1, 5, cost=100_000, effort=2400), progress=BEGUN),
        leaf(3, agreed(8, 12, cost=50_000, effort=4800)),
        leaf(4, None),
        leaf(5, agreed(1, 5, cost=9, effort=9), is_active=False),
        leaf(6, agreed(1, 5, cost=9, effort=9), is_external=True),
    ),
)


def test_accounts_in_effort_take_the_baseline_of_leaves_only():
    accounts = plan_accounts(TREE, measure=Measure.EFFORT)
    assert [(a.uid, a.parent_uid, a.budget, a.actual) for a in accounts] == [
        (1, None, 0, 0),
        (2, 1, 2400, 1000),
        (3, 1, 4800, None),
        (4, 1, None, None),
    ]


def test_accounts_in_money_leave_a_summary_its_own_fixed_money():
    """160,000 stored less 100,000 and 50,000; task 4 came after the baseline.  74,000 spent less 70,000 of task 2."""
    accounts = plan_accounts(TREE, measure=Measure.MONEY)
    assert [(a.uid, a.budget, a.actual) for a in accounts] == [
        (1, 10_000, 4_000),
        (2, 100_000, 70_000),
        (3, 50_000, None),
        (4, None, None),
    ]


def test_summary_with_a_part_that_nobody_priced_has_no_money_of_its_own_to_tell():
    unpriced = leaf(4, agreed(1, 5, cost=None, effort=480))
    accounts = plan_accounts(replace(TREE, tasks=(*TREE.tasks[:3], unpriced)), measure=Measure.MONEY)
    assert [a.budget for a in accounts] == [0, 100_000, 50_000, None]


def test_accounts_in_duration_know_no_actual():
    accounts = plan_accounts(TREE, measure=Measure.DURATION)
    assert [(a.budget, a.actual) for a in accounts] == [(0, 0), (480, None), (480, None), (None, None)]


@pytest.mark.parametrize(
    ("cost", "effort", "expected"), [(5, 5, Measure.MONEY), (0, 5, Measure.EFFORT), (None, None, Measure.DURATION)]
)
def test_best_measure_takes_what_the_baseline_knows(cost, effort, expected):
    plan = Plan(tasks=(Task(uid=1, name="", baselines=(agreed(1, 2, cost=cost, effort=effort),)),))
    assert best_measure(plan) is expected


def test_another_baseline_can_be_the_plan():
    task = Task(uid=1, name="", baselines=(agreed(1, 2, cost=5, effort=1), agreed(3, 4, cost=7, effort=1, number=3)))
    assert plan_accounts(Plan(tasks=(task,)), measure=Measure.MONEY, baseline_number=3)[0].budget == 7


def test_physical_progress_beats_the_share_of_the_duration_and_rules_beat_the_kind():
    tasks = (
        leaf(2, agreed(1, 5, cost=1, effort=1), progress=replace(BEGUN, physical_permille=250)),
        leaf(3, agreed(1, 5, cost=1, effort=1), kind=TaskKind.HAMMOCK),
        leaf(4, agreed(1, 5, cost=1, effort=1)),
    )
    unused = leaf(5, agreed(1, 5, cost=1, effort=1), progress=replace(BEGUN, physical_permille=0))
    accounts = plan_accounts(Plan(tasks=(*tasks, unused)), measure=Measure.MONEY, rules={4: EarnedRule.ZERO_HUNDRED})
    assert [a.done_permille for a in accounts] == [250, 0, 0, 500]
    assert [a.rule for a in accounts[:3]] == [EarnedRule.PERCENT, EarnedRule.LEVEL_OF_EFFORT, EarnedRule.ZERO_HUNDRED]


def test_rule_of_effort_takes_the_effort_spent_of_all_that_is_expected():
    """1,000 of 1,000 + 500 minutes; where the rest is unknown the share of the duration counts."""
    known = leaf(2, agreed(1, 5, cost=1, effort=1), progress=replace(BEGUN, remaining_effort_minutes=500))
    unknown = leaf(3, agreed(1, 5, cost=1, effort=1), progress=BEGUN)
    accounts = plan_accounts(Plan(tasks=(known, unknown)), measure=Measure.EFFORT, usual_rule=EarnedRule.EFFORT)
    assert [a.done_permille for a in accounts] == [667, 500]


def test_plan_in_money_is_measured_on_its_calendar():
    """Wednesday 3 June: three fifths of task 2; the summary's own 10,000 over ten days has 3,000."""
    report = measure_plan(TREE, status_at=at(3), measure=Measure.MONEY)
    assert (report.by_uid[2].planned, report.by_uid[2].earned) == (60_000, 50_000)
    assert (report.total.planned, report.total.earned, report.total.budget) == (63_000, 55_000, 160_000)
    assert report.total.actual == 74_000


def test_task_in_clock_time_is_spread_over_the_clock():
    task = Task(
        uid=1,
        name="Curing",
        duration_kind=DurationKind.ELAPSED,
        baselines=(Baseline(number=0, start_at=at(5, 0), finish_at=at(9, 0), duration_minutes=4 * 1440, cost=400),),
    )
    plan = Plan(calendar_uid=1, calendars=(CALENDAR,), tasks=(task,))
    assert measure_plan(plan, status_at=at(7, 0), measure=Measure.MONEY).total.planned == 200
