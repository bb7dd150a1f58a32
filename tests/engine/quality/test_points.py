"""Single points: words, units, limits, and what they do when they do not apply."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from kaname.engine.calendar import Calendar
from kaname.engine.network import schedule
from kaname.engine.network.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    DurationKind,
    LagUnit,
    Link,
    LinkType,
    Plan,
    Progress,
    Resource,
    ScheduleFrom,
    ScheduleRules,
    Task,
    TaskKind,
)
from kaname.engine.quality import (
    PointCode,
    QualityReport,
    ScheduledTask,
    ScheduleView,
    Thresholds,
    Verdict,
    assess_view,
)
from kaname.engine.quality import assess as assess_calculated
from kaname.engine.quality.path import delay_task
from kaname.engine.units import day_number
from tests.engine.quality.golden_plans import CALENDAR, WEEK, day_at, read_golden, schedule_plainly
from tests.engine.quality.golden_plans import DAY as DAY_SHIFTS

DAY = 480


def assess(plan: Plan, view: ScheduleView | None = None, **limits: int) -> QualityReport:
    seen = view or schedule_plainly(plan)
    return assess_view(plan, seen, working=WEEK, reschedule=schedule_plainly, thresholds=Thresholds(**limits))


def plan_of(*tasks: Task, links: tuple[Link, ...] = (), **fields: object) -> Plan:
    return Plan(start_at=day_at("06-01", 9), tasks=tasks, links=links, **fields)


def work(uid: int, days: float = 1, **fields: object) -> Task:
    return Task(uid=uid, name=f"T{uid}", duration_minutes=int(days * DAY), **fields)


def whys(report: QualityReport, code: str) -> list[tuple[int, str]]:
    return [(offender.uid, str(offender.why)) for offender in report.point(PointCode(code)).offenders]


def test_logic_with_a_link_to_another_plan_counts_as_logic():
    outward = Link(predecessor_uid=1, successor_uid=99, external_reference="other.mpp/7")
    inward = Link(predecessor_uid=98, successor_uid=1, external_reference="other.mpp/3")
    plan = plan_of(work(1), links=(inward, outward))
    assert assess(plan).point(PointCode.LOGIC).verdict is Verdict.PASS


def test_logic_with_a_link_to_nowhere_counts_as_missing():
    plan = plan_of(
        work(1), work(2), links=(Link(predecessor_uid=1, successor_uid=77), Link(predecessor_uid=1, successor_uid=2))
    )
    assert whys(assess(plan), "logic") == [(1, "It has no predecessor."), (2, "It has no successor.")]


def test_logic_observes_dangling_ends_without_counting_them():
    links = (
        Link(predecessor_uid=1, successor_uid=2, type=LinkType.FF),
        Link(predecessor_uid=2, successor_uid=3, type=LinkType.SS),
    )
    point = assess(plan_of(work(1), work(2), work(3), links=links)).point(PointCode.LOGIC)
    assert [(o.uid, str(o.why)) for o in point.observations] == [(2, "Dangling start: no link drives its start.")]
    assert [offender.uid for offender in point.offenders] == [1, 3]


@pytest.mark.parametrize(
    ("lag", "unit", "words"),
    [
        (-720, LagUnit.WORKING, "Lead of 1.5d on its FS link from “T1”."),
        (2880, LagUnit.ELAPSED, "Lag of 2ed on its FS link from “T1”."),
        (250, LagUnit.PERCENT, "Lag of 25% on its FS link from “T1”."),
        (-125, LagUnit.ELAPSED_PERCENT, "Lead of 12.5e% on its FS link from “T1”."),
    ],
)
def test_lags_are_told_in_their_own_unit(lag, unit, words):
    link = Link(predecessor_uid=1, successor_uid=2, lag=lag, lag_unit=unit)
    view = schedule_plainly(plan_of(work(1), work(2)))
    report = assess(plan_of(work(1), work(2), links=(link,)), view)
    assert whys(report, "leads" if lag < 0 else "lags") == [(2, words)]


@pytest.mark.parametrize("kind", ["mso", "mfo", "snlt", "fnlt", "mandatory_start", "mandatory_finish"])
def test_hard_constraints_are_found_in_either_place(kind):
    hard = {"constraint": ConstraintType(kind), "constraint_at": day_at("06-01", 9)}
    second = {"second_constraint": ConstraintType(kind), "second_constraint_at": day_at("06-01", 9)}
    report = assess(plan_of(work(1, **hard), work(2, **second), work(3, constraint=ConstraintType.SNET)))
    assert [uid for uid, _ in whys(report, "hard_constraints")] == [1, 2]


@pytest.mark.parametrize(("minutes", "expected"), [(44 * DAY, []), (44 * DAY + 1, [1])])
def test_high_float_begins_after_44_days(minutes, expected):
    dates = ScheduledTask(uid=1, start_at=0, finish_at=0, total_float_minutes=minutes, is_critical=False)
    report = assess(plan_of(work(1)), ScheduleView(tasks={1: dates}, start_at=0, finish_at=0))
    assert [uid for uid, _ in whys(report, "high_float")] == expected


def test_float_that_nobody_knows_is_not_counted():
    dates = ScheduledTask(uid=1, start_at=0, finish_at=0, total_float_minutes=None, is_critical=False)
    point = assess(plan_of(work(1)), ScheduleView(tasks={1: dates}, start_at=0, finish_at=0)).point(
        PointCode.HIGH_FLOAT
    )
    assert point.verdict is Verdict.NOT_APPLICABLE
    assert [str(note) for note in point.notes] == ["Tasks not counted because their total float is unknown: 1."]


def test_high_duration_counts_clock_time_by_the_working_share_of_a_week():
    """60 days of the clock are 60 · 2,400 / 10,080 · 1,440 = 20,571 working minutes, 42.9 days; 62 are 44.3."""
    clock = {"duration_kind": DurationKind.ELAPSED}
    tasks = [Task(uid=days, name="", duration_minutes=days * 1440, **clock) for days in (60, 62)]
    assert whys(assess(plan_of(*tasks)), "high_duration") == [
        (62, "Its duration of 44.3 days is more than 44 (it has no baseline).")
    ]


def test_high_duration_leaves_the_rolling_wave_out():
    near = work(1, 50)
    far = work(2, 50, baselines=(Baseline(number=0, start_at=day_at("09-01", 9), duration_minutes=50 * DAY),))
    point = assess(plan_of(near, far), rolling_wave_from_at=day_at("08-01", 0)).point(PointCode.HIGH_DURATION)
    assert (point.numerator, point.denominator, [offender.uid for offender in point.offenders]) == (1, 1, [1])
    assert [str(note) for note in point.notes] == ["Tasks of the rolling wave, not counted: 1."]


@pytest.mark.parametrize(
    ("progress", "start", "finish", "words"),
    [
        (Progress(), "06-09", "06-12", "Its forecast start 2026-06-09 is before the status date."),
        (
            Progress(actual_start_at=day_at("06-08", 9)),
            "06-08",
            "06-09",
            "Its forecast finish 2026-06-09 is before the status date.",
        ),
        (
            Progress(actual_start_at=day_at("06-11", 9)),
            "06-11",
            "06-12",
            "Its actual start 2026-06-11 is after the status date.",
        ),
        (
            Progress(actual_start_at=day_at("06-08", 9), actual_finish_at=day_at("06-11", 18)),
            "06-08",
            "06-11",
            "Its actual finish 2026-06-11 is after the status date.",
        ),
    ],
)
def test_invalid_dates_are_told_apart(progress, start, finish, words):
    dates = ScheduledTask(
        uid=1, start_at=day_at(start, 9), finish_at=day_at(finish, 18), total_float_minutes=0, is_critical=False
    )
    plan = plan_of(work(1, progress=progress), status_at=day_at("06-10", 18))
    assert whys(assess(plan, ScheduleView(tasks={1: dates}, start_at=0, finish_at=0)), "invalid_dates") == [(1, words)]


def test_resources_of_a_plan_without_any_do_not_apply():
    point = assess(plan_of(work(1), work(2))).point(PointCode.RESOURCES)
    assert str(point.reason) == "The plan is not resource loaded: no task has people or money."


def test_resources_accept_money_and_ignore_work_of_less_than_a_day():
    nobody = Assignment(task_uid=3, resource_uid=None)
    plan = plan_of(work(1, cost=500), work(2, 0.5), work(3), assignments=(nobody,))
    point = assess(plan).point(PointCode.RESOURCES)
    assert (point.numerator, point.denominator, [offender.uid for offender in point.offenders]) == (1, 2, [3])


def test_bei_exceeds_one_when_work_is_finished_ahead():
    ahead = Baseline(number=0, start_at=day_at("06-22", 9), finish_at=day_at("06-26", 18))
    due = Baseline(number=0, start_at=day_at("06-01", 9), finish_at=day_at("06-05", 18))
    done = Progress(percent_permille=1000, actual_start_at=day_at("06-01", 9), actual_finish_at=day_at("06-05", 18))
    plan = plan_of(
        work(1, progress=done, baselines=(due,)),
        work(2, progress=done, baselines=(ahead,)),
        status_at=day_at("06-10", 18),
    )
    point = assess(plan).point(PointCode.BEI)
    assert (point.ratio, point.verdict) == (Fraction(2), Verdict.PASS)


def test_cpli_measures_against_the_required_finish_when_one_is_given():
    plan = plan_of(work(1, 10), status_at=day_at("05-29", 18))
    found = assess(plan, required_finish_at=day_at("06-05", 18)).point(PointCode.CPLI)
    assert (found.numerator, found.denominator, found.ratio_permille) == (5 * DAY, 10 * DAY, 500)
    ahead = assess(plan, required_finish_at=day_at("06-17", 18)).point(PointCode.CPLI)
    assert (ahead.ratio_permille, ahead.verdict) == (1300, Verdict.PASS)


def test_cpli_falls_back_to_the_deadline_of_what_ends_the_plan():
    point = assess(plan_of(work(1, 10, deadline_at=day_at("06-05", 18)))).point(PointCode.CPLI)
    assert (point.ratio_permille, str(point.notes[0])) == (500, "Measured against the deadline 2026-06-05.")


def test_cpli_of_a_plan_that_ended_before_its_status_date_does_not_apply():
    plan = plan_of(work(1, 10, deadline_at=day_at("06-05", 18)), status_at=day_at("07-01", 18))
    reason = assess(plan).point(PointCode.CPLI).reason
    assert str(reason) == "The finish lies before the status date; correct the invalid dates first."


def test_critical_path_test_of_a_plan_from_its_finish_does_not_apply():
    plan = plan_of(work(1), rules=ScheduleRules(schedule_from=ScheduleFrom.FINISH))
    point = assess(plan).point(PointCode.CRITICAL_PATH_TEST)
    assert str(point.reason) == "The plan is scheduled from its finish, so a delay moves its start."


def test_critical_path_test_without_any_critical_task_fails():
    dates = ScheduledTask(uid=1, start_at=0, finish_at=900, total_float_minutes=9, is_critical=False)
    point = assess(plan_of(work(1)), ScheduleView(tasks={1: dates}, start_at=0, finish_at=900)).point(
        PointCode.CRITICAL_PATH_TEST
    )
    assert point.verdict is Verdict.FAIL
    assert [str(offender.why) for offender in point.offenders] == [
        "It ends the plan, yet no unfinished task with a duration is critical."
    ]


def test_critical_path_test_of_a_finished_plan_does_not_apply():
    done = Progress(percent_permille=1000, actual_start_at=day_at("06-01", 9), actual_finish_at=day_at("06-01", 18))
    point = assess(plan_of(work(1, progress=done))).point(PointCode.CRITICAL_PATH_TEST)
    assert str(point.reason) == "No work is left, so no path leads to the finish."


def test_critical_path_test_beyond_the_calendar_does_not_apply():
    plan = plan_of(work(1), calendar_uid=1, calendars=(CALENDAR,))
    late = replace(plan, start_at=day_number(date(9999, 12, 1)) * 1440 + 540)
    point = assess_calculated(late, schedule(late)).point(PointCode.CRITICAL_PATH_TEST)
    assert point.verdict is Verdict.NOT_APPLICABLE
    assert "would leave the years 1 to 9999" in str(point.reason)


def test_critical_path_test_lengthens_a_task_whose_people_work_on_different_calendars():
    seven = Calendar(2, "seven days", (DAY_SHIFTS,) * 7)
    resources = (Resource(uid=1, name="Aoi"), Resource(uid=2, name="Ren", calendar_uid=2))
    people = tuple(Assignment(task_uid=1, resource_uid=uid, effort_minutes=5 * DAY) for uid in (1, 2))
    plan = plan_of(
        work(1, 5),
        work(2, 3),
        links=(Link(predecessor_uid=1, successor_uid=2),),
        calendar_uid=1,
        calendars=(CALENDAR, seven),
        resources=resources,
        assignments=people,
    )
    point = assess_calculated(plan, schedule(plan)).point(PointCode.CRITICAL_PATH_TEST)
    assert (point.numerator, point.denominator) == (600 * DAY, 600 * DAY)


def test_critical_path_test_follows_the_path_through_a_summary():
    tasks = (
        Task(uid=1, name="Phase 1", kind=TaskKind.SUMMARY),
        work(2, 5, parent_uid=1),
        Task(uid=3, name="Phase 2", kind=TaskKind.SUMMARY),
        work(4, 5, parent_uid=3),
        work(5, 1, parent_uid=3),
    )
    plan = plan_of(*tasks, links=(Link(predecessor_uid=1, successor_uid=3),), calendar_uid=1, calendars=(CALENDAR,))
    point = assess_calculated(plan, schedule(plan)).point(PointCode.CRITICAL_PATH_TEST)
    assert [str(note) for note in point.notes] == ["Delaying “T2” by 600 days moved the finish by 600 days."]


def test_delay_task_prolongs_what_remains_and_the_effort_of_its_people():
    begun = Progress(percent_permille=250, actual_start_at=0)
    plan = plan_of(
        work(1, 4, progress=begun),
        assignments=(Assignment(task_uid=1, resource_uid=1, units_permille=500, effort_minutes=960),),
    )
    delayed = delay_task(plan, plan.tasks[0], working_minutes=10 * DAY)
    task = delayed.tasks[0]
    assert (task.duration_minutes, task.progress.actual_duration_minutes) == (14 * DAY, DAY)
    assert task.progress.remaining_duration_minutes == 13 * DAY
    assert delayed.assignments[0].effort_minutes == 960 + 5 * DAY


def test_delay_task_in_clock_time_adds_days_of_the_clock():
    task = Task(uid=1, name="", duration_minutes=1440, duration_kind=DurationKind.ELAPSED)
    delayed = delay_task(plan_of(task), task, working_minutes=2 * DAY)
    assert delayed.tasks[0].duration_minutes == 3 * 1440


def test_limits_are_parameters():
    golden = read_golden("faulty")
    strict = assess(golden.plan, logic_permille=200).point(PointCode.LOGIC)
    assert (strict.ratio, strict.verdict) == (Fraction(1, 5), Verdict.PASS)


def test_levels_of_effort_and_summaries_are_no_tasks():
    plan = plan_of(Task(uid=1, name="", kind=TaskKind.SUMMARY), work(2, kind=TaskKind.HAMMOCK), work(3), work(4, 0))
    report = assess(replace(plan, links=(Link(predecessor_uid=2, successor_uid=3),)))
    assert (report.total, report.complete, report.incomplete) == (1, 0, 1)
    assert [str(note) for note in report.point(PointCode.LEADS).notes] == [
        "Links not counted because an end is a summary or a level of effort: 1."
    ]
