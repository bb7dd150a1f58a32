from datetime import date, datetime

import pytest

from kaname.engine.calendar.types import Calendar, DayException, Shift
from kaname.engine.network.plan import Assignment, Baseline, ConstraintType, Progress, Resource, TaskKind, TaskMode
from kaname.engine.units import wall_minute
from kaname.formats.types import FileRefused, Outcome
from kaname.formats.wbs.options import ReadOptions
from kaname.formats.wbs.types import Merge
from tests.formats.wbs.tables import entries, entry, grid_of, read, span, task

HEAD = ("No.", "タスク", "開始日", "終了日", "先行")


def at(text):
    return wall_minute(datetime.fromisoformat(text))


def test_written_dates_stay_by_start_no_earlier_than():
    table = read(grid_of(HEAD, (1, "設計", date(2026, 4, 1), date(2026, 4, 3), None)))
    found = task(table.plan, "設計")
    assert (found.mode, found.duration_minutes) == (TaskMode.AUTO, 1440)
    assert (found.constraint, found.constraint_at) == (ConstraintType.SNET, at("2026-04-01 09:00"))
    assert span(found) == ("2026-04-01 09:00", "2026-04-03 18:00")
    assert entry(table.loss, "Task/Start", Outcome.CHANGED).place == "WBS!B2"


def test_start_that_its_predecessor_explains_stays_free():
    plan = read(
        grid_of(
            HEAD,
            (1, "設計", date(2026, 4, 1), date(2026, 4, 3), None),
            (2, "製造", date(2026, 4, 6), date(2026, 4, 10), "1"),
            (3, "試験", date(2026, 4, 15), date(2026, 4, 16), "2FS+2d"),
            (4, "移行", date(2026, 4, 20), date(2026, 4, 20), "3"),
        )
    ).plan
    assert task(plan, "製造").constraint is ConstraintType.ASAP
    assert task(plan, "試験").constraint is ConstraintType.ASAP
    assert task(plan, "移行").constraint is ConstraintType.SNET


def test_start_before_its_predecessor_allows_is_told():
    table = read(
        grid_of(
            HEAD,
            (1, "設計", date(2026, 4, 1), date(2026, 4, 3), None),
            (2, "製造", date(2026, 4, 2), date(2026, 4, 10), "1"),
        )
    )
    assert task(table.plan, "製造").constraint is ConstraintType.ASAP
    assert (
        "Task/Start",
        "WBS!B3",
        1,
        "The written start 2026-04-02 lies before its predecessors allow; recalculation moves it.",
    ) in entries(table.loss, Outcome.CHANGED)


def test_dates_on_a_saturday_are_kept_by_hand():
    found = task(read(grid_of(HEAD, (1, "移行", date(2026, 4, 4), date(2026, 4, 6), None))).plan, "移行")
    assert (found.mode, found.duration_minutes) == (TaskMode.MANUAL, 480)
    assert (found.manual_start_at, found.manual_finish_at) == (at("2026-04-04 09:00"), at("2026-04-06 18:00"))
    assert found.constraint is ConstraintType.ASAP


def test_durations_count_by_the_given_calendar():
    week = ((Shift(540, 720), Shift(780, 1080)),) * 5 + ((), ())
    company = Calendar(uid=1, name="会社", week=week, exceptions=(DayException(date(2026, 4, 29), date(2026, 4, 30)),))
    own = Calendar(uid=7, name="案件", week=(None,) * 7, base_uid=1)
    options = ReadOptions(calendars=(company, own), calendar_uid=7)
    plan = read(grid_of(HEAD, (1, "設計", date(2026, 4, 28), date(2026, 4, 30), None)), options).plan
    assert task(plan, "設計").duration_minutes == 960
    assert (plan.calendar_uid, plan.calendars) == (7, (company, own))


def test_finish_before_start_is_lost_with_its_cell():
    table = read(grid_of(HEAD, (1, "設計", date(2026, 4, 3), date(2026, 4, 1), None)))
    assert entries(table.loss, Outcome.LOST) == [
        ("終了日", "WBS!D2", 1, "The finish “2026-04-01” lies before the start; write them the right way round.")
    ]
    assert task(table.plan, "設計").is_estimated


def test_negative_duration_is_lost_with_its_cell():
    table = read(grid_of(("タスク", "期間(日)"), ("設計", -3)))
    assert entries(table.loss, Outcome.LOST) == [("期間(日)", "WBS!B2", 1, "“-3” is negative.")]


def test_year_9999_is_lost_with_its_cell():
    table = read(grid_of(HEAD, (1, "設計", "9999/12/31", None, None)))
    assert entries(table.loss, Outcome.LOST) == [
        ("開始日", "WBS!C2", 1, "“9999/12/31” lies outside the years 1950 to 2149.")
    ]


def test_finish_with_a_duration_gives_the_start():
    plan = read(grid_of(("タスク", "期限", "日数"), ("報告", "2026/4/7", 2))).plan
    assert span(task(plan, "報告")) == ("2026-04-06 09:00", "2026-04-07 18:00")


def test_milestones_are_found_by_mark_column_and_zero_duration():
    plan = read(
        grid_of(
            ("タスク", "開始日", "期間", "マイルストーン"),
            ("◆キックオフ", date(2026, 4, 1), None, None),
            ("検収", date(2026, 4, 2), None, "○"),
            ("公開", date(2026, 4, 3), 0, None),
            ("設計", date(2026, 4, 1), 2, "-"),
        )
    ).plan
    kinds = [each.kind for each in plan.tasks]
    assert kinds == [TaskKind.MILESTONE, TaskKind.MILESTONE, TaskKind.MILESTONE, TaskKind.WORK]
    assert plan.tasks[0].constraint_at == at("2026-04-01 09:00")


def test_two_lines_of_heading_tell_plan_from_actual():
    grid = grid_of(
        ("〇〇システム開発WBS", None, None, None, None, None, None),
        ("タスク", "予定", None, "実績", None, "進捗率", "担当"),
        (None, "開始", "終了", "開始", "終了", None, None),
        ("設計", date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 2), None, 0.5, "山田、鈴木"),
        ("製造", date(2026, 4, 3), date(2026, 4, 6), None, None, 0, None),
        merges=(Merge(1, 0, 2, 0), Merge(1, 1, 1, 2), Merge(1, 3, 1, 4), Merge(1, 5, 2, 5), Merge(1, 6, 2, 6)),
    )
    plan = read(grid).plan
    found = task(plan, "設計")
    assert plan.name == "〇〇システム開発WBS"
    assert found.progress == Progress(percent_permille=500, actual_start_at=at("2026-04-02 09:00"))
    assert found.baselines == (
        Baseline(number=0, start_at=at("2026-04-01 09:00"), finish_at=at("2026-04-02 18:00"), duration_minutes=960),
    )
    assert [each.name for each in plan.resources] == ["山田", "鈴木"]


def test_group_words_reach_over_empty_cells_without_merges():
    grid = grid_of(
        ("タスク", "予定", "", "実績", ""),
        ("", "開始日", "終了日", "開始日", "終了日"),
        ("設計", "2026/4/1", "2026/4/2", "2026/4/2", "2026/4/3"),
    )
    found = task(read(grid).plan, "設計")
    assert found.progress == Progress(
        percent_permille=1000, actual_start_at=at("2026-04-02 09:00"), actual_finish_at=at("2026-04-03 18:00")
    )


def test_finished_work_without_actual_dates_takes_the_planned_ones():
    table = read(grid_of(("タスク", "開始日", "終了日", "状況"), ("設計", date(2026, 4, 1), date(2026, 4, 2), "完了")))
    assert task(table.plan, "設計").progress == Progress(
        percent_permille=1000, actual_start_at=at("2026-04-01 09:00"), actual_finish_at=at("2026-04-02 18:00")
    )
    assert entry(table.loss, "Task/Progress", Outcome.CHANGED).count == 1


def test_effort_is_divided_among_the_assignees_without_remainder():
    plan = read(grid_of(("タスク", "工数(人日)", "担当者"), ("設計", 2.1, "山田 太郎, 鈴木（50%）"))).plan
    assert plan.resources == (
        Resource(uid=1, name="山田 太郎", source_key="山田 太郎"),
        Resource(uid=2, name="鈴木", source_key="鈴木"),
    )
    assert plan.assignments == (
        Assignment(task_uid=1, resource_uid=1, units_permille=1000, effort_minutes=672),
        Assignment(task_uid=1, resource_uid=2, units_permille=500, effort_minutes=336),
    )


def test_ticks_below_a_name_assign_that_person():
    grid = grid_of(
        ("タスク", "担当", None, None),
        (None, "PMO", "業務", "基盤"),
        ("設計", "○", "-", "○"),
        ("製造", None, "○", None),
        merges=(Merge(0, 0, 1, 0), Merge(0, 1, 0, 3)),
    )
    plan = read(grid).plan
    assert [(each.task_uid, each.resource_uid) for each in plan.assignments] == [(1, 1), (1, 2), (2, 3)]
    assert [each.name for each in plan.resources] == ["PMO", "基盤", "業務"]


def test_facts_of_a_summary_are_told_not_counted_twice():
    table = read(
        grid_of(
            ("WBS", "タスク", "担当", "工数", "備考", "天気"),
            ("1", "設計", "部長", 10, "注意", None),
            ("1.1", "画面", "山田", 10, None, "晴"),
        )
    )
    assert task(table.plan, "設計").notes == "注意\n担当: 部長"
    assert task(table.plan, "画面").notes == "天気: 晴"
    assert [each.resource_uid for each in table.plan.assignments] == [1]
    assert ("工数", "WBS!D2", 1, "Effort of a summary task is the sum of its subtasks.") in entries(
        table.loss, Outcome.CHANGED
    )


def test_account_holds_every_filled_cell_once():
    grid = grid_of(
        ("No.", "タスク", "開始日", "終了日", "謎", None, date(2026, 4, 1), date(2026, 4, 8)),
        (1, "設計", date(2026, 4, 1), "来週", "x", "欄外の注", 1, None),
        (2, "製造", None, None, None, None, None, "■"),
        coloured={6: 2, 9: 3, 1: 4},
    )
    counted = {
        (each.subject, each.outcome): each.count
        for each in read(grid).loss.entries
        if each.subject in {"No.", "タスク", "開始日", "終了日", "謎", "Text", "Gantt"}
    }
    assert counted == {
        ("No.", Outcome.MAPPED): 2,
        ("タスク", Outcome.MAPPED): 2,
        ("開始日", Outcome.MAPPED): 1,
        ("終了日", Outcome.LOST): 1,
        ("謎", Outcome.CHANGED): 1,
        ("Text", Outcome.LOST): 1,
        ("Gantt", Outcome.LOST): 4 + 5,
    }


def test_table_without_tasks_is_refused_with_place_and_advice():
    with pytest.raises(FileRefused) as refused:
        read(grid_of(("タスク", "開始日"), (None, None)))
    assert str(refused.value) == (
        "計画.xlsx, WBS!A2: There is no task below the heading. "
        "Write one task per row below the heading and save again."
    )


def test_cancelled_row_becomes_inactive():
    table = read(grid_of(("タスク", "状態", "担当"), ("設計", "中止", "山田")))
    assert not task(table.plan, "設計").is_active
    assert ("Task", "WBS!A2", 1, "The task is cancelled and became inactive.") in entries(table.loss, Outcome.CHANGED)
