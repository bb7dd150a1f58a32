from dataclasses import replace
from datetime import datetime

import pytest
from defusedxml.ElementTree import fromstring

from kaname.engine.calendar.types import Calendar, Shift
from kaname.engine.network.plan import (
    ConstraintType,
    LagUnit,
    Link,
    LinkType,
    Plan,
    Resource,
    ScheduleRules,
    Segment,
    StoredDates,
    Task,
    TaskKind,
)
from kaname.engine.units import wall_minute
from kaname.formats.mspdi import read_mspdi, write_mspdi
from tests.formats.mspdi.plans import FULL, read

NAMESPACE = "{http://schemas.microsoft.com/project}"


def again(plan: Plan) -> Plan:
    return read_mspdi(write_mspdi(plan), file="書出.xml").plan


def test_round_trip_full_file_gives_an_equal_plan():
    plan = read(FULL).plan
    assert again(plan) == plan


def test_round_trip_is_stable_byte_by_byte():
    written = write_mspdi(read(FULL).plan)
    assert write_mspdi(read(written).plan) == written


@pytest.mark.parametrize("link_type", list(LinkType))
@pytest.mark.parametrize(("unit", "lag"), [(LagUnit.WORKING, -480), (LagUnit.ELAPSED, 1440), (LagUnit.PERCENT, 500)])
def test_round_trip_every_kind_of_link(link_type, unit, lag):
    tasks = (Task(uid=1, name="甲", duration_minutes=480), Task(uid=2, name="乙", duration_minutes=480))
    link = Link(predecessor_uid=1, successor_uid=2, type=link_type, lag=lag, lag_unit=unit)
    assert again(Plan(tasks=tasks, links=(link,))).links == (link,)


def test_split_task_without_assignment_keeps_its_splits():
    at = wall_minute(datetime.fromisoformat("2026-04-01T08:00"))
    segments = (Segment(at, at + 540), Segment(at + 2880, at + 3420))
    plan = Plan(tasks=(Task(uid=1, name="分割", duration_minutes=960, segments=segments),))
    assert again(plan).tasks[0].segments == segments


def test_given_dates_stand_in_place_of_stored_ones():
    plan = read(FULL).plan
    start = wall_minute(datetime.fromisoformat("2026-07-01T09:00"))
    given = {11: StoredDates(start_at=start, finish_at=start + 60, total_float_minutes=30)}
    found = read(write_mspdi(plan, dates=given)).plan.tasks[1].stored
    assert found == given[11]


def test_elements_stand_in_the_order_of_the_schema():
    root = fromstring(write_mspdi(read(FULL).plan))
    order = [child.tag.removeprefix(NAMESPACE) for child in root]
    assert order[-4:] == ["Calendars", "Tasks", "Resources", "Assignments"]
    task = root.find(f"{NAMESPACE}Tasks").findall(f"{NAMESPACE}Task")[2]
    tags = [child.tag.removeprefix(NAMESPACE) for child in task]
    wanted = ["UID", "ID", "Name", "Manual", "Type", "WBS", "OutlineLevel", "Priority", "Start", "Finish", "Duration"]
    wanted += ["DurationFormat", "Work", "Estimated", "Milestone", "Summary", "EarlyStart", "TotalSlack", "FixedCost"]
    wanted += ["PercentComplete", "Cost", "ActualStart", "RemainingDuration", "ConstraintType", "CalendarUID"]
    wanted += ["ConstraintDate", "Deadline", "LevelingDelay", "Notes", "Baseline"]
    assert [tag for tag in tags if tag in wanted] == [*wanted, "Baseline"]


def test_plan_of_another_product_opens_with_its_nearest_meaning():
    at = wall_minute(datetime.fromisoformat("2026-04-01T09:00"))
    tasks = (
        Task(uid=1, name="着工", kind=TaskKind.START_MILESTONE, duration_minutes=0),
        Task(uid=2, name="期限", constraint=ConstraintType.MANDATORY_FINISH, constraint_at=at, duration_minutes=60),
        Task(uid=3, name="管理", kind=TaskKind.HAMMOCK, duration_minutes=60),
    )
    found = again(Plan(tasks=tasks)).tasks
    assert [each.kind for each in found] == [TaskKind.MILESTONE, TaskKind.WORK, TaskKind.WORK]
    assert (found[1].constraint, found[1].constraint_at) == (ConstraintType.MFO, at)


def test_names_with_markup_and_control_characters_are_written_safely():
    plan = Plan(name="<要件> & \x0b設計", tasks=(Task(uid=1, name='"引用" <b>', notes="一\r\n二"),))
    found = again(plan)
    assert (found.name, found.tasks[0].name) == ("<要件> &  設計", '"引用" <b>')


def test_rules_round_trip():
    rules = ScheduleRules(honors_constraints=False, critical_float_minutes=960, multiple_critical_paths=True)
    assert again(replace(read(FULL).plan, rules=rules)).rules == rules


def test_resource_on_a_base_calendar_gets_one_of_its_own_on_top():
    week = ((Shift(540, 1080),),) * 7
    plan = Plan(
        calendar_uid=1,
        calendars=(Calendar(uid=1, name="標準", week=week),),
        tasks=(Task(uid=1, name="設計", duration_minutes=60),),
        resources=(Resource(uid=1, name="鈴木", calendar_uid=1), Resource(uid=2, name="田中", calendar_uid=1)),
    )
    found = again(plan)
    assert [resource.calendar_uid for resource in found.resources] == [2, 3]
    assert [(each.uid, each.name, each.base_uid) for each in found.calendars] == [
        (1, "標準", None),
        (2, "鈴木", 1),
        (3, "田中", 1),
    ]
