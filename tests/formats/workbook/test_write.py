import io

import openpyxl
import pytest

from kaname.engine.network.plan import Plan, StoredDates, Task
from kaname.engine.text import Message
from kaname.formats.types import LossEntry, LossReport, Outcome
from kaname.formats.workbook.read import read_workbook
from kaname.formats.workbook.write import write_workbook
from tests.formats.wbs.plans import FULL, at, kept, kept_links, kept_work


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_plan_written_and_read_again_is_the_same(language):
    result = read_workbook(write_workbook(FULL, language=language), file="計画.xlsx")
    assert kept(result.plan) == kept(FULL)
    assert kept_links(result.plan) == kept_links(FULL)
    assert kept_work(result.plan) == kept_work(FULL)
    assert result.plan.name == "基幹システム刷新プロジェクト"


def test_sheet_is_ready_to_print_and_to_work_on():
    sheet = opened(write_workbook(FULL))["WBS"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert sheet.page_setup.fitToWidth in {None, 1}, "absent means one page wide"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.print_area == "'WBS'!$A$1:$Y$8"
    assert sheet.freeze_panes == "E3"
    assert [sheet.row_dimensions[row].outlineLevel for row in (3, 4, 5, 6)] == [0, 1, 1, 0]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert lists["H3:H208"] == '"未着手,進行中,完了,対象外"'
    assert lists["E3:E208"] == '"サマリー,タスク,マイルストーン"'
    assert set(lists) == {"E3:E208", "F3:F208", "H3:H208", "S3:S208"}


def test_texts_are_texts_and_dates_are_dates():
    sheet = opened(write_workbook(FULL))["WBS"]
    assert (sheet["D5"].value, sheet["D5"].data_type) == ("=cmd|'/c calc'!A1", "s")
    assert sheet["D5"].alignment.indent == 1
    assert (sheet["I4"].data_type, sheet["I4"].number_format) == ("d", "yyyy/mm/dd(aaa)")
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sheet["D4"].font.name == "Yu Gothic"


def test_chart_has_a_column_per_week_and_rules_that_follow_the_dates():
    sheet = opened(write_workbook(FULL))["WBS"]
    assert [f"{cell.value:%m/%d}" for cell in sheet[2][23:]] == ["03/30", "04/06"]
    (rules,) = [each for each in sheet.conditional_formatting if str(each.sqref) == "X3:Y8"]
    assert len(rules.rules) == 3
    assert rules.rules[0].formula[0] == ('AND(ISNUMBER($I3),ISNUMBER($J3),$I3<X$2+7,$J3>=X$2,$E3="サマリー")')


def test_plan_of_many_years_is_charted_by_month():
    plan = Plan(
        tasks=(
            Task(
                uid=1,
                name="長期",
                stored=StoredDates(start_at=at("2026-11-15 09:00"), finish_at=at("2031-02-01 18:00")),
            ),
        )
    )
    sheet = opened(write_workbook(plan))["WBS"]
    days = [f"{cell.value:%Y-%m-%d}" for cell in sheet[2][23:]]
    assert (days[0], days[2], days[-1], len(days)) == ("2026-11-01", "2027-01-01", "2031-02-01", 52)


def test_plan_without_dates_or_tasks_is_written_too():
    assert opened(write_workbook(Plan(name="空")))["WBS"]["A1"].value == "空"


def test_legend_holds_the_account_in_words():
    loss = LossReport(
        entries=(
            LossEntry(
                outcome=Outcome.LOST, subject="Task/Hyperlink", place="line 5", label="設計", message=Message("Why.")
            ),
        )
    )
    legend = opened(write_workbook(FULL, loss=loss, translate=lambda message: f"«{message}»"))["凡例"]
    rows = [[cell.value for cell in row] for row in legend.iter_rows()]
    assert rows[-1] == ["取込不可", "Task/Hyperlink", "line 5", "設計", "1", "«Why.»"]
    assert rows[1][1] == "1日を8時間として数えます。"
