"""The counts again, from scratch: on random plans every count equals that of an oracle that shares nothing with ours."""

import random

import pytest

from kaname.engine.network.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    Link,
    LinkType,
    Plan,
    Progress,
    Task,
    TaskKind,
)
from kaname.engine.quality import PointCode, ScheduledTask, ScheduleView, assess_view
from tests.engine.quality.golden_plans import WEEK, day_at

KINDS = [TaskKind.WORK] * 8 + [TaskKind.MILESTONE, TaskKind.FINISH_MILESTONE, TaskKind.SUMMARY, TaskKind.HAMMOCK]
STATUS = day_at("07-15", 18)
DAY = 480


def random_plan(source: random.Random) -> tuple[Plan, ScheduleView]:
    count = source.randrange(1, 40)
    tasks = tuple(random_task(source, uid) for uid in range(1, count + 1))
    links = tuple(
        Link(
            predecessor_uid=source.randrange(1, count + 1),
            successor_uid=source.randrange(1, count + 1),
            type=source.choice(list(LinkType)),
            lag=source.choice([0, 0, 0, DAY, -DAY]),
        )
        for _ in range(source.randrange(2 * count))
    )
    assignments = tuple(
        Assignment(task_uid=t.uid, resource_uid=source.choice([1, None])) for t in tasks if source.random() < 0.6
    )
    dates = {
        t.uid: ScheduledTask(
            uid=t.uid,
            start_at=STATUS + source.randrange(-20, 20) * 1440,
            finish_at=STATUS + source.randrange(-20, 60) * 1440,
            total_float_minutes=source.randrange(-5, 60) * DAY,
            is_critical=False,
        )
        for t in tasks
    }
    plan = Plan(tasks=tasks, links=links, assignments=assignments, status_at=STATUS)
    return plan, ScheduleView(tasks=dates, start_at=STATUS, finish_at=max(d.finish_at for d in dates.values()))


def random_task(source: random.Random, uid: int) -> Task:
    minutes = source.choice([0, DAY // 2, DAY, 10 * DAY, 60 * DAY])
    actual_start = STATUS + source.randrange(-20, 5) * 1440
    progress = source.choice(
        [
            Progress(),
            Progress(),
            Progress(percent_permille=400, actual_start_at=actual_start),
            Progress(percent_permille=1000, actual_start_at=actual_start, actual_finish_at=actual_start + 3 * 1440),
        ]
    )
    finish = STATUS + source.randrange(-20, 20) * 1440
    baseline = Baseline(
        number=0, start_at=finish - 1440, finish_at=finish, duration_minutes=source.choice([DAY, 50 * DAY])
    )
    return Task(
        uid=uid,
        name=f"T{uid}",
        kind=source.choice(KINDS),
        is_active=source.random() < 0.9,
        is_external=source.random() < 0.05,
        duration_minutes=minutes,
        constraint=source.choice([ConstraintType.ASAP] * 5 + list(ConstraintType)),
        constraint_at=STATUS,
        progress=progress,
        baselines=(baseline,) if source.random() < 0.8 else (),
    )


def count_by_hand(plan: Plan, view: ScheduleView) -> dict[str, tuple[int, int]]:
    tasks = {t.uid: t for t in plan.tasks}
    milestones = ("milestone", "start_milestone", "finish_milestone")
    total = [
        t for t in plan.tasks
        if t.is_active and not t.is_external and t.kind == "work" and t.duration_minutes != 0
    ]  # fmt: skip
    open_ = [t for t in total if t.progress.actual_finish_at is None]
    alive = [k for k in plan.links if tasks[k.predecessor_uid].is_active and tasks[k.successor_uid].is_active]
    counted = [
        k for k in alive
        if tasks[k.successor_uid].progress.actual_finish_at is None
        and not tasks[k.successor_uid].is_external
        and tasks[k.predecessor_uid].kind in ("work", *milestones)
        and tasks[k.successor_uid].kind in ("work", *milestones)
    ]  # fmt: skip
    before = {k.successor_uid for k in alive}
    after = {k.predecessor_uid for k in alive}
    hard = ("mso", "mfo", "snlt", "fnlt", "mandatory_start", "mandatory_finish")
    held = {a.task_uid for a in plan.assignments if a.resource_uid}
    due = [t for t in total if t.baselines and t.baselines[0].finish_at <= STATUS]
    late = [t for t in due if (t.progress.actual_finish_at or view.tasks[t.uid].finish_at) > t.baselines[0].finish_at]
    wrong = 0
    for t in total:
        start, finish, seen = t.progress.actual_start_at, t.progress.actual_finish_at, view.tasks[t.uid]
        wrong += (
            (start is not None and start > STATUS)
            or (finish is not None and finish > STATUS)
            or (start is None and seen.start_at < STATUS)
            or (finish is None and seen.finish_at < STATUS)
        )
    long = [t for t in open_ if (t.baselines[0].duration_minutes if t.baselines else t.duration_minutes) > 44 * DAY]
    full = [t for t in open_ if t.duration_minutes >= DAY]
    return {
        "logic": (sum(not (t.uid in before and t.uid in after) for t in open_), len(open_)),
        "leads": (sum(k.lag < 0 for k in counted), len(counted)),
        "lags": (sum(k.lag > 0 for k in counted), len(counted)),
        "relationship_types": (sum(k.type == "fs" for k in counted), len(counted)),
        "hard_constraints": (sum(t.constraint in hard for t in open_), len(open_)),
        "high_float": (sum(view.tasks[t.uid].total_float_minutes > 44 * DAY for t in open_), len(open_)),
        "negative_float": (sum(view.tasks[t.uid].total_float_minutes < 0 for t in open_), len(open_)),
        "high_duration": (len(long), len(open_)),
        "invalid_dates": (wrong, len(total)),
        "resources": (sum(t.uid not in held for t in full), len(full)) if {t.uid for t in total} & held else (0, 0),
        "missed_tasks": (len(late), len(due)) if any(t.baselines for t in total) else (0, 0),
        "bei": (
            sum(t.progress.actual_finish_at is not None and t.progress.actual_finish_at <= STATUS for t in total),
            len(due) + sum(not t.baselines for t in total),
        ) if any(t.baselines for t in total) else (0, 0),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_counts_of_random_plans_equal_the_oracle(seed):
    plan, view = random_plan(random.Random(seed))
    report = assess_view(plan, view, working=WEEK, reschedule=lambda _: view)
    for code, (numerator, denominator) in count_by_hand(plan, view).items():
        point = report.point(PointCode(code))
        assert (point.numerator, point.denominator) == ((numerator, denominator) if denominator else (None, None)), code
        if denominator and point.threshold.comparison == "at_most":
            assert len(point.offenders) == numerator, code


def test_every_point_of_an_empty_plan_is_not_applicable():
    view = ScheduleView(tasks={}, start_at=None, finish_at=None)
    report = assess_view(Plan(), view, working=WEEK, reschedule=lambda _: view)
    assert [point.verdict for point in report.points] == ["not_applicable"] * 14
    assert all(point.reason and point.ratio is None for point in report.points)
    assert [point.number for point in report.points] == list(range(1, 15))


def test_random_plans_are_not_trivial():
    """Guard of the test above: every count is seen above zero somewhere."""
    seen: dict[str, int] = {}
    for seed in range(150):
        for code, (numerator, _) in count_by_hand(*random_plan(random.Random(seed))).items():
            seen[code] = seen.get(code, 0) + numerator
    assert min(seen.values()) > 0
