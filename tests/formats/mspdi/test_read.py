from datetime import date, datetime

import pytest

from kaname.engine.calendar.types import DayException, Shift, WorkWeek
from kaname.engine.network.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    DurationKind,
    LagUnit,
    Link,
    LinkType,
    Progress,
    Resource,
    ResourceKind,
    ScheduleFrom,
    ScheduleRules,
    Segment,
    StoredDates,
    TaskKind,
    TaskMode,
    TaskType,
)
from kaname.engine.units import wall_minute
from kaname.formats.types import FileKind, FileRefused, Outcome
from tests.formats.mspdi.plans import FULL, entries, plan_of, project, read, remarks, task

MORNING, AFTERNOON = Shift(540, 720), Shift(780, 1080)


def at(text: str) -> int:
    return wall_minute(datetime.fromisoformat(text))


@pytest.fixture(scope="module")
def full():
    return read(FULL)


def test_properties_full_file_all_mapped(full):
    plan = full.plan
    assert (full.kind, full.encoding) == (FileKind.MSPDI, "utf-8")
    assert (plan.name, plan.company, plan.author) == ("基幹システム移行", "要商事株式会社", "高橋 真由美")
    assert (plan.start_at, plan.finish_at) == (at("2026-04-01T09:00"), at("2026-06-30T18:00"))
    assert plan.status_at == at("2026-04-10T18:00")
    assert (plan.currency, plan.calendar_uid, plan.source_product) == ("JPY", 1, "Microsoft Project 14")
    assert plan.rules == ScheduleRules(
        schedule_from=ScheduleFrom.START,
        honors_constraints=False,
        splits_in_progress=False,
        critical_float_minutes=480,
        multiple_critical_paths=True,
    )


def test_calendar_full_file_week_exceptions_and_work_weeks(full):
    standard, personal = full.plan.calendars
    assert standard.week == (*((MORNING, AFTERNOON),) * 5, (), ())
    assert standard.exceptions == (
        DayException(date(2026, 4, 29), date(2026, 4, 30), (), "昭和の日"),
        DayException(date(2026, 5, 4), date(2026, 5, 7), (), "連休"),
        DayException(date(2026, 4, 25), date(2026, 4, 26), (MORNING,), "創立記念"),
        DayException(date(2026, 5, 25), date(2026, 5, 26), (MORNING,), "創立記念"),
        DayException(date(2026, 6, 25), date(2026, 6, 26), (MORNING,), "創立記念"),
    )
    busy = WorkWeek(date(2026, 6, 1), date(2026, 6, 13), (None, None, None, None, None, (MORNING,), None), "繁忙期")
    assert standard.work_weeks == (busy,)
    assert (personal.base_uid, personal.week) == (1, (None, None, None, None, (), None, None))


def test_outline_full_file_project_line_and_blank_line_are_no_tasks(full):
    assert [(task.uid, task.parent_uid, task.kind) for task in full.plan.tasks] == [
        (10, None, TaskKind.SUMMARY),
        (11, 10, TaskKind.WORK),
        (12, 10, TaskKind.MILESTONE),
        (13, None, TaskKind.WORK),
        (14, None, TaskKind.WORK),
        (16, None, TaskKind.WORK),
    ]


def test_task_full_file_all_fields_mapped(full):
    task = full.plan.tasks[1]
    assert (task.name, task.wbs_code, task.priority, task.task_type) == (
        "業務ヒアリング",
        "1.1",
        700,
        TaskType.FIXED_DURATION,
    )
    assert (task.duration_minutes, task.duration_kind, task.is_estimated) == (2400, DurationKind.WORKING, True)
    assert (task.constraint, task.constraint_at) == (ConstraintType.SNET, at("2026-04-01T09:00"))
    assert (task.deadline_at, task.leveling_delay_minutes) == (at("2026-04-10T18:00"), 480)
    assert (task.fixed_cost, task.cost, task.effort_minutes, task.is_effort_driven) == (10_000, 600_000, 2400, True)
    assert task.notes == "現場の 3 部門に聞く。"
    assert task.source_key == "BA6CB4E7-DAD2-E811-AC3F-4CEDDE6E5B57"
    assert task.progress == Progress(
        percent_permille=600,
        physical_permille=500,
        actual_start_at=at("2026-04-01T09:00"),
        actual_duration_minutes=1440,
        remaining_duration_minutes=960,
        stop_at=at("2026-04-03T18:00"),
        resume_at=at("2026-04-06T09:00"),
        actual_effort_minutes=1440,
        remaining_effort_minutes=960,
        actual_cost=360_000,
    )


def test_stored_dates_full_file_slack_in_tenths_of_minutes(full):
    assert full.plan.tasks[1].stored == StoredDates(
        start_at=at("2026-04-01T09:00"),
        finish_at=at("2026-04-07T18:00"),
        early_start_at=at("2026-04-01T09:00"),
        early_finish_at=at("2026-04-07T18:00"),
        late_start_at=at("2026-04-01T09:00"),
        late_finish_at=at("2026-04-07T18:00"),
        total_float_minutes=480,
        free_float_minutes=0,
        is_critical=True,
    )


def test_baselines_full_file_by_number(full):
    assert full.plan.tasks[1].baselines == (
        Baseline(
            number=0,
            start_at=at("2026-04-01T09:00"),
            finish_at=at("2026-04-06T18:00"),
            duration_minutes=1920,
            effort_minutes=1920,
            cost=480_000,
        ),
        Baseline(number=3, start_at=at("2026-03-30T09:00"), finish_at=at("2026-04-03T18:00")),
    )


def test_splits_full_file_from_work_day_by_day(full):
    assert full.plan.tasks[1].segments == (
        Segment(at("2026-04-01T09:00"), at("2026-04-03T18:00")),
        Segment(at("2026-04-08T09:00"), at("2026-04-09T18:00")),
    )


def test_manual_inactive_and_external_tasks_keep_their_own_dates(full):
    manual, inactive, external = full.plan.tasks[3:]
    assert (manual.mode, manual.duration_kind, manual.duration_minutes) == (TaskMode.MANUAL, DurationKind.ELAPSED, 2880)
    assert (manual.manual_start_at, manual.manual_finish_at) == (at("2026-05-01T18:00"), at("2026-05-03T18:00"))
    assert (inactive.is_active, inactive.calendar_uid, inactive.ignores_resource_calendars) == (False, 2, True)
    assert external.is_external
    assert (external.external_start_at, external.external_finish_at) == (at("2026-04-20T09:00"), at("2026-04-24T18:00"))


def test_links_full_file_types_and_lag_units(full):
    assert full.plan.links == (
        Link(predecessor_uid=11, successor_uid=12, type=LinkType.FS, lag=2400),
        Link(predecessor_uid=12, successor_uid=13, type=LinkType.SS, lag=500, lag_unit=LagUnit.PERCENT),
        Link(predecessor_uid=11, successor_uid=13, type=LinkType.FF, lag=-960, lag_unit=LagUnit.ELAPSED),
    )


def test_links_to_nowhere_and_to_itself_are_lost_with_advice(full):
    lost = [each for each in remarks(full, Outcome.LOST) if each[0] == "Task/PredecessorLink"]
    assert lost == [
        (
            "Task/PredecessorLink",
            "サーバー養生",
            "The task depends on number 99, which is not in the file; the link was left out. Set the predecessor again.",
        ),
        ("Task/PredecessorLink", "サーバー養生", "The task depends on itself; the link was left out."),
    ]


def test_resources_full_file_reading_units_and_rates_in_yen(full):
    assert full.plan.resources == (
        Resource(
            uid=1,
            name="鈴木 花子",
            reading="スズキ ハナコ",
            max_units_permille=500,
            calendar_uid=2,
            rate_per_hour=15_000,
            overtime_rate_per_hour=18_000,
            cost_per_use=500,
            email="suzuki@example.jp",
            group="開発部",
            code="S-12",
        ),
        Resource(uid=2, name="旅費", kind=ResourceKind.COST),
    )


def test_assignments_full_file_unassigned_work_has_no_resource(full):
    assert full.plan.assignments == (
        Assignment(
            task_uid=11,
            resource_uid=1,
            units_permille=500,
            effort_minutes=2400,
            actual_effort_minutes=1440,
            remaining_effort_minutes=960,
            delay_minutes=480,
            leveling_delay_minutes=60,
            start_at=at("2026-04-01T09:00"),
            finish_at=at("2026-04-14T18:00"),
            cost=600_000,
            contour="front_loaded",
        ),
        Assignment(task_uid=12, resource_uid=None),
    )


def test_name_without_title_falls_back_to_file_name_then_to_project_line():
    line = "<Task><UID>0</UID><ID>0</ID><Name>全体</Name><OutlineLevel>0</OutlineLevel></Task>"
    assert plan_of(properties="<Name>刷新.xml</Name>", tasks=line).name == "刷新"
    assert plan_of(tasks=line).name == "全体"


def test_file_without_namespace_is_read_alike():
    data = project(tasks=task(1)).replace(b' xmlns="http://schemas.microsoft.com/project"', b"")
    assert [each.name for each in read(data).plan.tasks] == ["設計"]


def test_plan_without_tasks_is_an_empty_plan():
    assert plan_of().tasks == ()


def test_outline_jump_is_repaired_and_said():
    result = read(project(tasks=task(1) + task(2, name="試験", level=4)))
    assert [(each.uid, each.parent_uid) for each in result.plan.tasks] == [(1, None), (2, 1)]
    assert remarks(result, Outcome.CHANGED) == [
        ("Task/OutlineLevel", "試験", "The outline jumps to level 4; the task was put on level 2.")
    ]


def test_constraint_without_date_becomes_as_soon_as_possible():
    result = read(project(tasks=task(1, "<ConstraintType>2</ConstraintType>")))
    assert result.plan.tasks[0].constraint is ConstraintType.ASAP
    assert remarks(result, Outcome.CHANGED) == [
        (
            "Task/ConstraintType",
            "設計",
            "A constraint of this type needs a date; “as soon as possible” was taken.",
        )
    ]


@pytest.mark.parametrize(
    ("code", "constraint"),
    [
        (2, ConstraintType.MSO),
        (3, ConstraintType.MFO),
        (4, ConstraintType.SNET),
        (5, ConstraintType.SNLT),
        (6, ConstraintType.FNET),
        (7, ConstraintType.FNLT),
    ],
)
def test_constraint_codes_follow_the_schema(code, constraint):
    inner = f"<ConstraintType>{code}</ConstraintType><ConstraintDate>2026-04-01T09:00:00</ConstraintDate>"
    found = plan_of(tasks=task(1, inner)).tasks[0]
    assert (found.constraint, found.constraint_at) == (constraint, at("2026-04-01T09:00"))


def test_unknown_calendars_fall_back_and_are_said():
    resources = "<Resource><UID>5</UID><Name>田中</Name><CalendarUID>9</CalendarUID></Resource>"
    result = read(project(tasks=task(1, "<CalendarUID>8</CalendarUID>"), resources=resources))
    assert result.plan.tasks[0].calendar_uid is None
    assert result.plan.resources[0].calendar_uid is None
    assert [each[0] for each in remarks(result, Outcome.CHANGED)] == ["Task/CalendarUID", "Resource/CalendarUID"]


def test_calendars_in_a_circle_are_cut():
    calendars = (
        "<Calendar><UID>1</UID><Name>甲</Name><BaseCalendarUID>2</BaseCalendarUID></Calendar>"
        "<Calendar><UID>2</UID><Name>乙</Name><BaseCalendarUID>1</BaseCalendarUID></Calendar>"
    )
    plan = plan_of(calendars=calendars, tasks=task(1))
    assert [(each.uid, each.base_uid) for each in plan.calendars] == [(1, None), (2, 1)]


def test_no_calendar_at_all_gives_the_standard_one():
    result = read(project(calendars="", tasks=task(1)))
    assert [(each.uid, each.name) for each in result.plan.calendars] == [(1, "Standard")]
    assert remarks(result, Outcome.CHANGED)[0][0] == "Project/CalendarUID"


def test_working_time_to_midnight_ends_the_day():
    times = (
        "<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes>"
        "<WorkingTime><FromTime>22:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
        "<WeekDay><DayType>3</DayType><DayWorking>1</DayWorking><WorkingTimes>"
        "<WorkingTime><FromTime>00:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
    )
    calendar = f"<Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{times}</WeekDays></Calendar>"
    week = plan_of(calendars=calendar, tasks=task(1)).calendars[0].week
    assert week[:2] == ((Shift(1320, 1440),), (Shift(0, 1440),))


def test_old_exception_alone_is_read():
    day = (
        "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2003-12-29T00:00:00</FromDate>"
        "<ToDate>2004-01-03T23:59:00</ToDate></TimePeriod></WeekDay>"
    )
    calendar = (
        f"<Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays>"
        f"<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay>{day}</WeekDays></Calendar>"
    )
    result = read(project(calendars=calendar, tasks=task(1)))
    assert result.plan.calendars[0].exceptions == (DayException(date(2003, 12, 29), date(2004, 1, 4)),)
    assert result.plan.calendars[0].week[0] == (Shift(480, 720), Shift(780, 1020))
    assert remarks(result, Outcome.CHANGED) == [
        ("Calendar/WeekDays/WeekDay", "", "A working day without times; 8:00-12:00 and 13:00-17:00 was taken.")
    ]


def test_effort_with_seconds_is_rounded_and_said():
    result = read(project(tasks=task(1, "<Work>PT1H30M40S</Work>")))
    assert result.plan.tasks[0].effort_minutes == 91
    assert remarks(result, Outcome.CHANGED) == [("Task/Work", "設計", "PT1H30M40S was rounded to whole minutes.")]


def test_unreadable_values_are_lost_and_named():
    result = read(
        project(
            tasks=task(1, "<Priority>high</Priority><Start>soon</Start><EarlyStart>9999-01-01T00:00:00</EarlyStart>")
        )
    )
    assert result.plan.tasks[0].priority == 500
    assert sorted(remarks(result, Outcome.LOST)) == [
        (
            "Task/EarlyStart",
            "設計",
            "The date 9999-01-01T00:00:00 lies outside the years 1950 to 2199; it was left out.",
        ),
        ("Task/Priority", "設計", "“high” is not a number; it was left out."),
        ("Task/Start", "設計", "“soon” is not a date; it was left out."),
    ]


def test_repeated_loss_of_one_kind_stands_in_one_entry():
    idle = "<ConstraintType>0</ConstraintType><ConstraintDate>2026-04-01T09:00:00</ConstraintDate>"
    result = read(project(tasks="".join(task(uid, idle) for uid in range(1, 6))))
    assert [(entry.subject, entry.count) for entry in entries(result, Outcome.LOST)] == [("Task/ConstraintDate", 5)]


@pytest.mark.parametrize(
    ("start", "finish"), [("24:00:00", "00:00:00"), ("09:00:00", "09:00:00"), ("9 o'clock", "18:00:00")]
)
def test_impossible_working_time_is_left_out_and_said(start, finish):
    day = (
        "<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes>"
        f"<WorkingTime><FromTime>{start}</FromTime><ToTime>{finish}</ToTime></WorkingTime>"
        "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>18:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
    )
    calendar = f"<Calendar><UID>1</UID><Name>標準</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{day}</WeekDays></Calendar>"
    result = read(project(calendars=calendar, tasks=task(1)))
    assert result.plan.calendars[0].week[0] == (AFTERNOON,)
    assert remarks(result, Outcome.LOST)[0] == (
        "Calendar/WeekDays/WeekDay/WorkingTimes/WorkingTime",
        "標準",
        f"“{start}-{finish}” is no working time; it was left out.",
    )


def test_overlapping_working_times_are_joined_and_said():
    times = "".join(
        f"<WorkingTime><FromTime>{start}</FromTime><ToTime>{finish}</ToTime></WorkingTime>"
        for start, finish in (("13:00:00", "18:00:00"), ("09:00:00", "14:00:00"))
    )
    day = f"<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes>{times}</WorkingTimes></WeekDay>"
    calendar = f"<Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{day}</WeekDays></Calendar>"
    result = read(project(calendars=calendar, tasks=task(1)))
    assert result.plan.calendars[0].week[0] == (Shift(540, 1080),)
    assert [each[2] for each in remarks(result, Outcome.CHANGED)] == [
        "Working times of a day overlap; they were joined."
    ]


def test_endless_numbers_are_left_out_and_said():
    link = "<PredecessorLink><PredecessorUID>1</PredecessorUID><LinkLag>1e30</LinkLag><LagFormat>7</LagFormat></PredecessorLink>"
    result = read(project(tasks=task(1, "<TotalSlack>1e99</TotalSlack><Cost>1e40</Cost>") + task(2, link)))
    assert result.plan.tasks[0].cost is None
    assert result.plan.links == (Link(predecessor_uid=1, successor_uid=2),)
    assert sorted(each[0] for each in remarks(result, Outcome.LOST)) == [
        "Task/Cost",
        "Task/PredecessorLink/LinkLag",
        "Task/TotalSlack",
    ]


def test_calendar_with_absurdly_many_exceptions_is_refused():
    recurring = (
        "<Exception><TimePeriod><FromDate>1950-01-01T00:00:00</FromDate><ToDate>2199-01-01T00:00:00</ToDate></TimePeriod>"
        "<Type>7</Type></Exception>"
    ) * 11
    calendar = f"<Calendar><UID>1</UID><Name>標準</Name><IsBaseCalendar>1</IsBaseCalendar><Exceptions>{recurring}</Exceptions></Calendar>"
    with pytest.raises(FileRefused) as refusal:
        read(project(calendars=calendar, tasks=task(1)))
    assert str(refusal.value.message) == "The calendar has more than 20000 exceptions."


def test_kinds_of_element_without_end_share_one_entry():
    result = read(project(tasks=task(1, "".join(f"<x{number}>1</x{number}>" for number in range(3000)))))
    assert len({entry.subject for entry in result.loss.entries if entry.subject.startswith("Task/x")}) < 2000
    assert sum(entry.count for entry in result.loss.entries if entry.subject.startswith(("Task/x", "*"))) == 3000
