from datetime import datetime

import pytest

from kaname.engine.units import wall_minute
from kaname.formats.types import FileKind, FileRefused, Outcome
from kaname.formats.wbs.types import ColumnRole, TableMapping
from kaname.formats.workbook.read import read_workbook, survey_workbook
from tests.formats.wbs.tables import entries, outline, task
from tests.formats.workbook.books import HEADING, TASK, book_of, raw_book, text_cell


def test_sheet_with_merged_groups_indents_dates_and_chart_is_read():
    def fill(sheet, workbook):
        day = workbook.add_format({"num_format": "yyyy/mm/dd"})
        era = workbook.add_format({"num_format": '[$-411]ggge"年"m"月"d"日"'})
        sheet.merge_range("A1:D1", "〇〇開発スケジュール")
        sheet.write_row("A3", ["工程", "作業名", "開始予定日", "終了予定日", "担当者"])
        sheet.merge_range("A4:A5", "設計")
        sheet.write_row("B4", ["画面"])
        sheet.write_row("B5", ["帳票"])
        for row, dates in ((3, (1, 2)), (4, (3, 6))):
            sheet.write_datetime(row, 2, datetime(2026, 4, dates[0]), day)
            sheet.write_datetime(row, 3, datetime(2026, 4, dates[1]), era)
            sheet.write_string(row, 4, "山田")
        for column in range(6, 10):
            sheet.write_blank(3, column, None, workbook.add_format({"bg_color": "#9CC4E0"}))

    result = read_workbook(book_of(fill), file="計画.xlsx")
    assert (result.kind, result.plan.name) == (FileKind.XLSX, "〇〇開発スケジュール")
    assert outline(result.plan) == [(0, "設計"), (1, "画面"), (1, "帳票")]
    assert result.plan.tasks[2].constraint_at == wall_minute(datetime(2026, 4, 3, 9))
    assert result.plan.tasks[2].duration_minutes == 960
    assert entries(result.loss, Outcome.LOST) == [
        ("Gantt", "WBS", 4, "Cells of a drawn Gantt chart; the chart is drawn again from the dates.")
    ]


@pytest.mark.parametrize("by", ["indent", "outline", "blanks"])
def test_hierarchy_is_read_from_looks(by):
    def fill(sheet, workbook):
        sheet.write_row("A1", ["タスク", "担当"])
        for row, (level, name) in enumerate([(0, "設計"), (1, "画面"), (2, "一覧"), (0, "製造")], start=1):
            look = workbook.add_format({"indent": level}) if by == "indent" else None
            sheet.write_string(row, 0, "　" * level * (by == "blanks") + name, look)
            sheet.write_string(row, 1, "山田")
            if by == "outline":
                sheet.set_row(row, None, None, {"level": level})

    plan = read_workbook(book_of(fill), file="計画.xlsx").plan
    assert outline(plan) == [(0, "設計"), (1, "画面"), (2, "一覧"), (0, "製造")]


def test_sheet_that_looks_most_like_a_plan_is_read_and_the_others_are_told():
    def fill(sheet, workbook):
        sheet.write_row("A1", ["改訂履歴"])
        small = workbook.add_worksheet("予備")
        small.write_row("A1", ["タスク", "担当"])
        small.write_row("A2", ["x", "y"])
        hidden = workbook.add_worksheet("隠し")
        hidden.write_row("A1", ["タスク", "担当", "開始日", "終了日", "進捗率", "備考"])
        hidden.write_row("A2", ["z", "y"])
        hidden.hide()
        plan = workbook.add_worksheet("計画")
        plan.write_row("A1", ["タスク", "担当", "進捗率"])
        plan.write_row("A2", ["設計", "山田", 0.5])

    data = book_of(fill, name="履歴")
    result = read_workbook(data, file="計画.xlsx")
    assert [each.name for each in result.plan.tasks] == ["設計"]
    assert [(place, message) for _, place, _, message in entries(result.loss, Outcome.LOST)] == [
        ("履歴", "No heading of a WBS was found on this sheet."),
        ("予備", "Only one sheet is read at a time; choose this sheet to read it."),
        ("隠し", "Only one sheet is read at a time; choose this sheet to read it."),
    ]
    assert read_workbook(data, file="計画.xlsx", sheet="予備").plan.tasks[0].name == "x"
    assert survey_workbook(data, file="計画.xlsx").chosen == "計画"
    with pytest.raises(FileRefused, match="Choose one of: 履歴、予備、隠し、計画"):
        read_workbook(data, file="計画.xlsx", sheet="無い")


def test_own_choice_of_sheet_and_columns_is_followed():
    def fill(sheet, _workbook):
        sheet.write_row("A1", ["何", "誰", "いつ"])
        sheet.write_row("A2", ["設計", "山田", "2026/4/1"])

    mapping = TableMapping(sheet="WBS", first_row=1, roles={0: ColumnRole.NAME, 1: ColumnRole.ASSIGNEE})
    result = read_workbook(book_of(fill), file="計画.xlsx", mapping=mapping)
    assert task(result.plan, "設計").constraint_at is None
    assert entries(result.loss, Outcome.LOST) == [("いつ", "WBS!C2", 1, "Left out as chosen.")]


def test_date_without_year_takes_the_year_of_saving():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2024-12-01T00:00:00Z</dcterms:modified>'
        "</cp:coreProperties>"
    )
    head = f'<row r="1">{text_cell("A1", "タスク")}{text_cell("B1", "開始日")}</row>'
    row = f'<row r="2">{text_cell("A2", "設計")}{text_cell("B2", "1/6")}</row>'
    plan = read_workbook(raw_book(head + row, more={"docProps/core.xml": core}), file="計画.xlsx").plan
    assert plan.tasks[0].constraint_at == wall_minute(datetime(2025, 1, 6, 9))


def test_cell_far_away_is_refused_with_its_place():
    far = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    with pytest.raises(FileRefused) as refused:
        read_workbook(raw_book(HEADING + TASK + far), file="計画.xlsx")
    assert refused.value.place == "S!XFD1048576"
    assert str(refused.value.message) == "The sheet reaches too far: it spans more cells than a plan can have."


def test_style_far_away_costs_nothing():
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert len(read_workbook(raw_book(HEADING + TASK + far), file="計画.xlsx").plan.tasks) == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04" + b"x" * 100, "The file is damaged."),
        (b"nonsense", "The file is not an Excel workbook, or it is damaged."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "The file is protected by a password or is in the old .xls format."),
        (raw_book(sheet="<worksheet><sheetData><row>"), "The file is damaged."),
        (raw_book(HEADING, before='<!DOCTYPE a [<!ENTITY b "c">]>'), "The file declares XML entities, which no spreadsheet program writes."),
        (raw_book("<a>" * 70 + "</a>" * 70), "The XML of the file is nested more than 64 levels deep."),
        (raw_book(), "No heading of a WBS was found."),
    ],
)  # fmt: skip
def test_unsound_workbook_is_refused_with_advice(data, message):
    with pytest.raises(FileRefused) as refused:
        read_workbook(data, file="計画.xlsx")
    assert (refused.value.file, str(refused.value.message)) == ("計画.xlsx", message)
    assert refused.value.advice is not None


def test_half_a_workbook_is_refused():
    data = raw_book(HEADING + TASK)
    with pytest.raises(FileRefused, match="damaged"):
        read_workbook(data[: len(data) // 2], file="計画.xlsx")
