from collections import Counter
from datetime import date, datetime

import pytest

from kaname.engine.calendar.types import DayException, Shift
from kaname.engine.network.plan import (
    Assignment,
    Baseline,
    ConstraintType,
    Dialect,
    FloatRule,
    LagCalendar,
    Link,
    LinkType,
    Progress,
    ProgressRule,
    Resource,
    ResourceKind,
    ScheduleRules,
    StoredDates,
    TaskKind,
)
from kaname.engine.units import wall_minute
from kaname.formats.types import FileKind, FileRefused, Outcome
from kaname.formats.xer import XerProject, list_projects, read_xer
from tests.formats.xer.files import CALENDAR, PROJECT, WBS, activity, read, remarks, simple, xer

MORNING, AFTERNOON = Shift(540, 720), Shift(780, 1080)


def at(text: str) -> int:
    return wall_minute(datetime.fromisoformat(text))


def test_project_row_gives_dates_and_data_date():
    result = read(simple(activity("11")))
    plan = result.plan
    assert (result.kind, result.encoding) == (FileKind.XER, "utf-8")
    assert (plan.name, plan.currency, plan.calendar_uid) == ("KIKAN", "JPY", 7)
    assert (plan.start_at, plan.status_at) == (at("2026-04-01T09:00"), at("2026-04-10T09:00"))
    assert (plan.must_finish_at, plan.finish_at) == (at("2026-09-30T00:00"), at("2026-06-30T18:00"))
    assert plan.source_product == "Primavera P6 20.12"


def test_rules_without_options_are_those_primavera_starts_with():
    assert read(simple(activity("11"))).plan.rules == ScheduleRules(
        dialect=Dialect.PRIMAVERA,
        lag_calendar=LagCalendar.PREDECESSOR,
        float_rule=FloatRule.FINISH,
        critical_float_minutes=480,
    )


@pytest.mark.parametrize(
    ("retained", "override", "rule"),
    [
        ("Y", "N", ProgressRule.RETAINED_LOGIC),
        ("N", "Y", ProgressRule.PROGRESS_OVERRIDE),
        ("N", "N", ProgressRule.ACTUAL_DATES),
    ],
)
def test_rules_follow_the_schedule_options(retained, override, rule):
    options = {
        "schedoptions_id": "1",
        "proj_id": "100",
        "sched_retained_logic": retained,
        "sched_progress_override": override,
        "sched_float_type": "FT_SF",
        "sched_calendar_on_relationship_lag": "rcal_24Hour",
    }
    rules = read(simple(activity("11"), SCHEDOPTIONS=[options])).plan.rules
    assert (rules.progress_rule, rules.float_rule, rules.lag_calendar) == (rule, FloatRule.START, LagCalendar.CLOCK)


def test_calendar_data_week_and_exceptions():
    calendar = read(simple(activity("11"))).plan.calendars[0]
    assert (calendar.name, calendar.base_uid) == ("標準", None)
    assert calendar.week == (*((MORNING, AFTERNOON),) * 5, (), ())
    assert calendar.exceptions == (
        DayException(date(2026, 4, 25), date(2026, 4, 26), (MORNING,)),
        DayException(date(2026, 4, 29), date(2026, 4, 30)),
    )


def test_calendar_without_data_is_the_standard_week_and_said():
    empty = CALENDAR | {"clndr_data": ""}
    result = read(xer({"PROJECT": [PROJECT], "CALENDAR": [empty], "TASK": [activity("11")]}))
    assert result.plan.calendars[0].week[0] == (Shift(480, 720), Shift(780, 1020))
    assert remarks(result, Outcome.CHANGED) == [
        (
            "CALENDAR",
            "標準",
            "The calendar carries no week; Monday to Friday, 8:00-12:00 and 13:00-17:00 was taken.",
        )
    ]


def test_calendars_in_a_circle_are_cut():
    one, two = CALENDAR | {"base_clndr_id": "8"}, CALENDAR | {"clndr_id": "8", "base_clndr_id": "7"}
    plan = read(xer({"PROJECT": [PROJECT], "CALENDAR": [one, two], "TASK": [activity("11")]})).plan
    assert [(each.uid, each.base_uid) for each in plan.calendars] == [(7, 8), (8, None)]


def test_outline_wbs_by_sequence_activities_inside():
    tasks = read(simple(activity("11"), activity("12", wbs_id="3"), activity("13", wbs_id="1"))).plan.tasks
    assert [(each.uid, each.parent_uid, each.wbs_code, each.name) for each in tasks] == [
        (13, None, "A13", "作業13"),
        (2, None, "A", "設計"),
        (4, 2, "A.1", "基本設計"),
        (11, 4, "A11", "作業11"),
        (3, None, "B", "製造"),
        (12, 3, "A12", "作業12"),
    ]
    assert [each.kind for each in tasks if each.name == "設計"] == [TaskKind.SUMMARY]


def test_wbs_number_of_an_activity_gets_another_one():
    tasks = read(simple(activity("4", wbs_id="4"))).plan.tasks
    assert sorted(each.uid for each in tasks) == [2, 3, 4, 1_000_000_000]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("TT_Task", TaskKind.WORK),
        ("TT_Rsrc", TaskKind.WORK),
        ("TT_LOE", TaskKind.HAMMOCK),
        ("TT_Mile", TaskKind.START_MILESTONE),
        ("TT_FinMile", TaskKind.FINISH_MILESTONE),
    ],
)
def test_activity_types(code, kind):
    task = read(simple(activity("11", task_type=code))).plan.tasks[2]
    assert (task.kind, task.ignores_resource_calendars) == (kind, code != "TT_Rsrc")


def test_wbs_summary_activity_is_lost_with_its_reason():
    result = read(simple(activity("11"), activity("12", task_type="TT_WBS")))
    assert 12 not in {each.uid for each in result.plan.tasks}
    assert remarks(result, Outcome.LOST)[0] == (
        "TASK",
        "作業12",
        "A WBS summary activity; the summary task of its WBS element stands for it.",
    )


@pytest.mark.parametrize(
    ("code", "constraint"),
    [
        ("CS_MSO", ConstraintType.MSO),
        ("CS_MSOA", ConstraintType.SNET),
        ("CS_MSOB", ConstraintType.SNLT),
        ("CS_MEO", ConstraintType.MFO),
        ("CS_MEOA", ConstraintType.FNET),
        ("CS_MEOB", ConstraintType.FNLT),
        ("CS_MANDSTART", ConstraintType.MANDATORY_START),
        ("CS_MANDFIN", ConstraintType.MANDATORY_FINISH),
    ],
)
def test_constraints_first_and_second(code, constraint):
    cells = {
        "cstr_type": code,
        "cstr_date": "2026-05-01 09:00",
        "cstr_type2": "CS_MEOB",
        "cstr_date2": "2026-06-01 18:00",
    }
    task = read(simple(activity("11", **cells))).plan.tasks[2]
    assert (task.constraint, task.constraint_at) == (constraint, at("2026-05-01T09:00"))
    assert (task.second_constraint, task.second_constraint_at) == (ConstraintType.FNLT, at("2026-06-01T18:00"))


def test_external_dates_become_constraints_and_are_said():
    cells = {"external_early_start_date": "2026-05-01 09:00", "external_late_end_date": "2026-06-01 18:00"}
    result = read(simple(activity("11", **cells)))
    task = result.plan.tasks[2]
    assert (task.constraint, task.constraint_at) == (ConstraintType.SNET, at("2026-05-01T09:00"))
    assert (task.second_constraint, task.second_constraint_at) == (ConstraintType.FNLT, at("2026-06-01T18:00"))
    assert [each[0] for each in remarks(result, Outcome.CHANGED)] == [
        "TASK/external_early_start_date",
        "TASK/external_late_end_date",
    ]


def test_progress_duration_share_suspension_and_stored_dates():
    cells = {
        "target_drtn_hr_cnt": "40",
        "remain_drtn_hr_cnt": "10",
        "phys_complete_pct": "30",
        "act_start_date": "2026-04-01 09:00",
        "suspend_date": "2026-04-03 18:00",
        "resume_date": "2026-04-08 09:00",
        "act_work_qty": "30",
        "remain_work_qty": "10",
        "target_work_qty": "40",
        "early_start_date": "2026-04-10 09:00",
        "early_end_date": "2026-04-13 11:00",
        "late_start_date": "2026-04-14 09:00",
        "late_end_date": "2026-04-15 11:00",
        "total_float_hr_cnt": "16",
        "free_float_hr_cnt": "-4",
        "target_start_date": "2026-04-01 09:00",
        "target_end_date": "2026-04-07 18:00",
    }
    task = read(simple(activity("11", status_code="TK_Active", **cells))).plan.tasks[2]
    assert task.progress == Progress(
        percent_permille=750,
        physical_permille=300,
        actual_start_at=at("2026-04-01T09:00"),
        remaining_duration_minutes=600,
        actual_effort_minutes=1800,
        remaining_effort_minutes=600,
    )
    assert (task.suspended_at, task.resumed_at) == (at("2026-04-03T18:00"), at("2026-04-08T09:00"))
    assert task.stored == StoredDates(
        start_at=at("2026-04-01T09:00"),
        finish_at=at("2026-04-13T11:00"),
        early_start_at=at("2026-04-10T09:00"),
        early_finish_at=at("2026-04-13T11:00"),
        late_start_at=at("2026-04-14T09:00"),
        late_finish_at=at("2026-04-15T11:00"),
        total_float_minutes=960,
        free_float_minutes=-240,
        is_critical=False,
    )
    planned = Baseline(
        number=0,
        start_at=at("2026-04-01T09:00"),
        finish_at=at("2026-04-07T18:00"),
        duration_minutes=2400,
        effort_minutes=2400,
    )
    assert task.baselines == (planned,)


def test_relationships_types_and_lags():
    links = [
        {
            "task_pred_id": "1",
            "task_id": "12",
            "pred_task_id": "11",
            "proj_id": "100",
            "pred_type": "PR_SS",
            "lag_hr_cnt": "-8",
        },
        {
            "task_pred_id": "2",
            "task_id": "12",
            "pred_task_id": "99",
            "proj_id": "100",
            "pred_type": "PR_FS",
            "lag_hr_cnt": "0",
        },
        {
            "task_pred_id": "3",
            "task_id": "12",
            "pred_task_id": "12",
            "proj_id": "100",
            "pred_type": "PR_FS",
            "lag_hr_cnt": "0",
        },
    ]
    result = read(simple(activity("11"), activity("12"), TASKPRED=links))
    assert result.plan.links == (Link(predecessor_uid=11, successor_uid=12, type=LinkType.SS, lag=-480),)
    assert [each[2] for each in remarks(result, Outcome.LOST) if each[0] == "TASKPRED"] == [
        "One end of the relationship is not in the file; it was left out.",
        "The activity depends on itself; the relationship was left out.",
    ]


def test_resources_roles_rates_and_assignments():
    people = [{"rsrc_id": "5", "rsrc_name": "鈴木", "rsrc_short_name": "SZK", "rsrc_type": "RT_Labor", "clndr_id": "7"}]
    rates = [{"rsrc_rate_id": "1", "rsrc_id": "5", "max_qty_per_hr": "0.5", "cost_per_qty": "15000"}]
    roles = [{"role_id": "5", "role_name": "設計者", "role_short_name": "DES"}]
    assigned = [
        {
            "taskrsrc_id": "1",
            "task_id": "11",
            "proj_id": "100",
            "rsrc_id": "5",
            "target_qty": "8",
            "remain_qty": "6",
            "act_reg_qty": "2",
            "target_qty_per_hr": "0.5",
        },
        {
            "taskrsrc_id": "2",
            "task_id": "11",
            "proj_id": "100",
            "role_id": "5",
            "target_qty": "4",
            "target_qty_per_hr": "1",
        },
    ]
    plan = read(simple(activity("11"), RSRC=people, RSRCRATE=rates, ROLES=roles, TASKRSRC=assigned)).plan
    assert plan.resources == (
        Resource(
            uid=5,
            name="鈴木",
            code="SZK",
            kind=ResourceKind.WORK,
            max_units_permille=500,
            calendar_uid=7,
            rate_per_hour=15_000,
            source_key="5",
        ),
        Resource(uid=1_000_000_000, name="設計者", code="DES", is_generic=True, source_key="5"),
    )
    assert plan.assignments == (
        Assignment(
            task_uid=11,
            resource_uid=5,
            units_permille=500,
            effort_minutes=480,
            actual_effort_minutes=120,
            remaining_effort_minutes=360,
            source_key="1",
        ),
        Assignment(task_uid=11, resource_uid=1_000_000_000, effort_minutes=240, source_key="2"),
    )


def test_notes_are_kept_as_text():
    notes = [{"memo_id": "1", "task_id": "11", "task_memo": "<html><p>承認 &amp; 検収</p></html>"}]
    result = read(simple(activity("11"), TASKMEMO=notes))
    assert result.plan.tasks[2].notes == "承認 & 検収"
    assert remarks(result, Outcome.CHANGED) == [
        ("TASKMEMO/task_memo", "", "The note kept its text and lost its formatting.")
    ]


def two_projects() -> bytes:
    other = PROJECT | {"proj_id": "200", "proj_short_name": "KAISEN"}
    rows = [
        activity("11"),
        activity("12"),
        activity(
            "21", proj_id="200", wbs_id="", early_start_date="2026-04-20 09:00", early_end_date="2026-04-24 18:00"
        ),
    ]
    link = {
        "task_pred_id": "1",
        "task_id": "12",
        "pred_task_id": "21",
        "proj_id": "100",
        "pred_proj_id": "200",
        "pred_type": "PR_FS",
        "lag_hr_cnt": "8",
    }
    return xer({"PROJECT": [PROJECT, other], "CALENDAR": [CALENDAR], "PROJWBS": WBS, "TASK": rows, "TASKPRED": [link]})


def test_several_projects_are_listed_and_the_largest_is_read():
    assert list_projects(two_projects(), file="計画.xer") == (
        XerProject("100", "KIKAN", 2),
        XerProject("200", "KAISEN", 1),
    )
    assert read(two_projects()).plan.name == "KIKAN"
    assert [each.name for each in read_xer(two_projects(), file="計画.xer", project="200").plan.tasks] == ["作業21"]


def test_activity_of_another_project_that_drives_comes_along_as_external():
    plan = read(two_projects()).plan
    ghost = plan.tasks[-1]
    assert (ghost.uid, ghost.is_external, ghost.external_finish_at) == (21, True, at("2026-04-24T18:00"))
    assert plan.links == (Link(predecessor_uid=21, successor_uid=12, lag=480, external_reference="200"),)


def test_unknown_project_is_refused_with_those_there_are():
    with pytest.raises(FileRefused) as refusal:
        read_xer(two_projects(), file="計画.xer", project="300")
    assert str(refusal.value.message) == "The file has no project with the key 300; it has: 100, 200."


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_japanese_encodings_are_found(encoding):
    data = xer(
        {
            "PROJECT": [PROJECT],
            "CALENDAR": [CALENDAR],
            "PROJWBS": WBS,
            "TASK": [activity("11", task_name="要件定義書の作成")],
        },
        encoding=encoding,
    )
    assert read(data).plan.tasks[2].name == "要件定義書の作成"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no xer", "This is no Primavera file: it does not begin with ERMHDR."),
        (b"ERMHDR\t1.0\n%T\tPROJECT\n%E", "The file has no activities: there is no table TASK."),
        (
            b"ERMHDR\t1.0\n%T\tTASK\n%F\tname\n%R\tx\n%E",
            "An activity has no key: the column task_id is missing or empty.",
        ),
        (simple(activity("11", target_drtn_hr_cnt="-8")), "The duration of -8 hours is negative."),
        (
            simple(activity("11", target_drtn_hr_cnt="99999999")),
            "The duration of 99999999 hours is longer than a hundred years.",
        ),
        (
            simple(activity("11", act_start_date="9999-01-01 00:00")),
            "The date 9999-01-01 00:00 lies outside the years 1950 to 2199.",
        ),
    ],
)
def test_impossible_files_are_refused(data, message):
    with pytest.raises(FileRefused) as refusal:
        read(data)
    assert str(refusal.value.message) == message
    assert refusal.value.advice is not None


def test_refusal_tells_line_column_and_activity():
    with pytest.raises(FileRefused) as refusal:
        read(simple(activity("11", target_drtn_hr_cnt="-8")))
    assert refusal.value.place == "line 16, TASK/target_drtn_hr_cnt, 作業11"


def test_wbs_inside_itself_is_put_on_the_top():
    rows = [
        {"wbs_id": "2", "proj_id": "100", "wbs_name": "甲", "parent_wbs_id": "3"},
        {"wbs_id": "3", "proj_id": "100", "wbs_name": "乙", "parent_wbs_id": "2"},
    ]
    data = xer({"PROJECT": [PROJECT], "CALENDAR": [CALENDAR], "PROJWBS": rows, "TASK": [activity("11", wbs_id="2")]})
    assert {each.name for each in read(data).plan.tasks} >= {"作業11"}
    assert [each[0] for each in remarks(read(data), Outcome.CHANGED)] == ["PROJWBS/parent_wbs_id"]


def test_thousand_levels_are_refused():
    rows = [
        {"wbs_id": str(level), "proj_id": "100", "wbs_name": f"第{level}層", "parent_wbs_id": str(level - 1)}
        for level in range(1, 1001)
    ]
    with pytest.raises(FileRefused) as refusal:
        read(
            xer(
                {
                    "PROJECT": [PROJECT],
                    "CALENDAR": [CALENDAR],
                    "PROJWBS": rows,
                    "TASK": [activity("5000", wbs_id="1000")],
                }
            )
        )
    assert str(refusal.value.message) == "The WBS is more than 100 levels deep."


def test_account_holds_every_row_and_every_cell_exactly_once():
    notes = [{"memo_id": "1", "task_id": "11", "task_memo": "<p>承認</p>"}]
    udf = [{"udf_type_id": "1", "fk_id": "11", "udf_text": "R-17"}]
    links = [{"task_pred_id": "2", "task_id": "11", "pred_task_id": "99", "proj_id": "100"}]
    tables = {"PROJECT": [PROJECT], "CALENDAR": [CALENDAR], "PROJWBS": WBS, "TASK": [activity("11"), activity("12")]}
    tables |= {"TASKMEMO": notes, "UDFVALUE": udf, "TASKPRED": links}
    wanted: Counter[str] = Counter()
    for table, rows in tables.items():
        wanted[table] += len(rows)
        for column in {column for row in rows for column in row}:
            wanted[f"{table}/{column}"] += len(rows)
    entered: Counter[str] = Counter()
    for entry in read(xer(tables)).loss.entries:
        entered[entry.subject] += entry.count
    assert entered == wanted


def test_account_rows_of_other_projects_are_lost_with_advice():
    lost = [entry for entry in read(two_projects()).loss.entries if entry.subject == "TASK [other projects]"]
    assert [(entry.outcome, entry.count) for entry in lost] == [(Outcome.LOST, 1)]
    assert str(lost[0].message) == "It belongs to another project of the file; import that project on its own."
