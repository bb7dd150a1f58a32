"""Random small plans with people, mixed calendars, every kind of link, constraint and progress, for properties."""

from datetime import datetime

from hypothesis import strategies as st

from kaname.engine.calendar import Calendar, Shift
from kaname.engine.network.plan import (
    Assignment,
    ConstraintType,
    Dialect,
    DurationKind,
    LagUnit,
    Link,
    LinkType,
    Plan,
    Progress,
    Resource,
    ScheduleRules,
    Task,
    TaskKind,
    TaskMode,
    TaskType,
)
from kaname.engine.units import wall_minute

ORIGIN = wall_minute(datetime(2026, 10, 1, 9, 0))
DAY = (Shift(540, 720), Shift(780, 1080))
CALENDARS = (
    Calendar(1, "office", (DAY,) * 5 + ((), ())),
    Calendar(2, "shop", ((Shift(600, 1200),),) * 6 + ((),)),
    Calendar(3, "half days", ((Shift(540, 720),),) * 5 + ((), ())),
    Calendar(4, "night", ((Shift(0, 300), Shift(1320, 1440)),) * 7),
)


def hours(count):
    return 60 * count


@st.composite
def plans(draw, *, most=9, special=True, calendars=(None, 1, 2, 3, 4)):
    count = draw(st.integers(2, most))
    people = draw(st.integers(1, 3))
    resources = tuple(
        Resource(
            uid=uid,
            name=f"P{uid}",
            max_units_permille=draw(st.sampled_from([1000, 1000, 500, 2000])),
            calendar_uid=draw(st.sampled_from(calendars)),
        )
        for uid in range(1, people + 1)
    )
    tasks, links, assignments = [], [], []
    for uid in range(1, count + 1):
        tasks.append(draw(tasks_of(uid, special=special, calendars=calendars)))
        befores = draw(st.lists(st.integers(1, count), max_size=2, unique=True))
        links += [draw(links_of(before, uid)) for before in befores if before < uid]
        taken = draw(st.lists(st.integers(1, people), max_size=2, unique=True))
        assignments += [draw(assignments_of(uid, resource)) for resource in taken]
    dialect = draw(st.sampled_from(list(Dialect))) if special else Dialect.MICROSOFT
    return Plan(
        start_at=ORIGIN,
        calendar_uid=1,
        calendars=CALENDARS,
        tasks=tuple(tasks),
        links=tuple(links),
        resources=resources,
        assignments=tuple(assignments),
        rules=ScheduleRules(dialect=dialect),
    )


@st.composite
def tasks_of(draw, uid, *, special, calendars):
    said = {"duration_minutes": draw(st.sampled_from([0, hours(2), hours(5), hours(8), hours(20), 455]))}
    said["calendar_uid"] = draw(st.sampled_from((None, None, *calendars)))
    said["priority"] = draw(st.sampled_from([500, 500, 700, 1000]))
    if special:
        said["ignores_resource_calendars"] = draw(st.booleans())
        said["task_type"] = draw(st.sampled_from(list(TaskType)))
        said["duration_kind"] = draw(st.sampled_from([DurationKind.WORKING] * 4 + [DurationKind.ELAPSED]))
        said["leveling_delay_minutes"] = draw(st.sampled_from([0, 0, 0, 1440]))
        said |= draw(st.sampled_from([{}, {}, {}, {"mode": TaskMode.MANUAL, "manual_start_at": ORIGIN + hours(26)}]))
        kind = draw(st.sampled_from([ConstraintType.ASAP] * 6 + list(ConstraintType)))
        if kind != ConstraintType.ASAP:
            said |= {"constraint": kind, "constraint_at": ORIGIN + hours(draw(st.integers(-10, 90)))}
        done = draw(st.sampled_from(["no"] * 5 + ["begun", "done"]))
        if done == "begun":
            said["progress"] = Progress(actual_start_at=ORIGIN - hours(24), percent_permille=300)
        if done == "done":
            said["progress"] = Progress(actual_start_at=ORIGIN - hours(48), actual_finish_at=ORIGIN - hours(20))
    if said["duration_minutes"] == 0:
        said["kind"] = TaskKind.MILESTONE
    return Task(uid=uid, name=f"t{uid}", **said)


@st.composite
def links_of(draw, before, after):
    lag = draw(st.sampled_from([0, 0, 0, hours(8), -hours(4), 1000]))
    unit = draw(st.sampled_from(list(LagUnit))) if lag > 0 else LagUnit.WORKING
    return Link(
        predecessor_uid=before,
        successor_uid=after,
        type=draw(st.sampled_from(list(LinkType))),
        lag=lag,
        lag_unit=unit,
    )


@st.composite
def assignments_of(draw, task, resource):
    return Assignment(
        task_uid=task,
        resource_uid=resource,
        units_permille=draw(st.sampled_from([1000, 500, 250, 1500])),
        effort_minutes=draw(st.sampled_from([None, None, hours(3), hours(16)])),
        delay_minutes=draw(st.sampled_from([0, 0, 0, 120])),
    )
