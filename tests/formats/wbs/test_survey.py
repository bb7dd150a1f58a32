import pytest

from kaname.formats.types import FileRefused
from kaname.formats.wbs.mapping import apply_mapping
from kaname.formats.wbs.survey import survey_grid
from kaname.formats.wbs.types import ColumnRole, TableMapping
from tests.formats.wbs.tables import grid_of


def roles(grid):
    return [(column.index, column.role) for column in survey_grid(grid).columns]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ("Ｎｏ．", "ﾀｽｸ\n名", "担当 者", "開始予定日", "完了予定日", "開始実績日", "完了実績日", "進捗（％）"),
            [
                ColumnRole.NUMBER,
                ColumnRole.NAME,
                ColumnRole.ASSIGNEE,
                ColumnRole.START,
                ColumnRole.FINISH,
                ColumnRole.ACTUAL_START,
                ColumnRole.ACTUAL_FINISH,
                ColumnRole.PROGRESS,
            ],
        ),
        (
            ("ID", "Task Name", "Duration", "Start", "Finish", "Predecessors", "Resource Names", "% Complete"),
            [
                ColumnRole.NUMBER,
                ColumnRole.NAME,
                ColumnRole.DURATION,
                ColumnRole.START,
                ColumnRole.FINISH,
                ColumnRole.PREDECESSORS,
                ColumnRole.ASSIGNEE,
                ColumnRole.PROGRESS,
            ],
        ),
        (
            ("大項目", "中項目", "作業内容", "成果物", "予定工数", "実績工数", "残工数", "ステータス", "備考欄"),
            [
                ColumnRole.LEVEL_NAME,
                ColumnRole.LEVEL_NAME,
                ColumnRole.NAME,
                ColumnRole.DELIVERABLE,
                ColumnRole.EFFORT,
                ColumnRole.ACTUAL_EFFORT,
                ColumnRole.REMAINING_EFFORT,
                ColumnRole.STATUS,
                ColumnRole.NOTES,
            ],
        ),
    ],
)
def test_headings_find_their_roles(headings, expected):
    filler = tuple("x" for _ in headings)
    assert roles(grid_of(headings, filler)) == list(enumerate(expected))


def test_deadline_stands_for_a_missing_finish():
    grid = grid_of(("タスク", "開始日", "期限"), ("設計", "2026/4/1", "2026/4/3"))
    assert roles(grid) == [(0, ColumnRole.NAME), (1, ColumnRole.START), (2, ColumnRole.FINISH)]


def test_wbs_column_with_names_is_the_name():
    grid = grid_of(("WBS", "担当", "開始日"), ("設計", "山田", "2026/4/1"))
    assert roles(grid)[0] == (0, ColumnRole.NAME)


def test_numbers_with_parts_are_codes():
    grid = grid_of(("項番", "タスク", "担当"), ("1", "設計", "山田"), ("1.1", "画面", "山田"))
    assert roles(grid)[0] == (0, ColumnRole.WBS_CODE)


def test_heading_below_a_title_block_is_found():
    grid = grid_of(("〇〇計画書",), ("作成日", "2026/4/1"), (), ("タスク", "担当"), ("設計", "山田"))
    survey = survey_grid(grid)
    assert (survey.header_top, survey.first_row, survey.row_count) == (3, 4, 1)
    assert survey.columns[0].samples == ("設計",)
    assert survey.columns[0].confidence_permille == 1000


@pytest.mark.parametrize(
    "rows",
    [
        (("No.", "版数", "変更日", "区分", "変更箇所", "担当者"), ("1", "1.0", "2026/4/1", "新規", "-", "山田")),
        (("first", "second"), ("1", "2")),
        ((None,),),
        (),
    ],
)
def test_table_that_is_no_plan_scores_nothing(rows):
    assert survey_grid(grid_of(*rows)).score == 0


def test_own_choice_of_columns_wins_and_ignores_the_rest():
    grid = grid_of(("何", "誰", "いつ"), ("設計", "山田", "2026/4/1"))
    mapping = TableMapping(first_row=1, roles={0: ColumnRole.NAME, 2: ColumnRole.START})
    survey = apply_mapping(grid, mapping, file="a.csv")
    assert [(column.heading, column.role) for column in survey.columns] == [
        ("何", ColumnRole.NAME),
        ("誰", ColumnRole.IGNORED),
        ("いつ", ColumnRole.START),
    ]


def test_own_choice_without_a_name_is_refused():
    mapping = TableMapping(first_row=1, roles={2: ColumnRole.START})
    with pytest.raises(FileRefused, match="No column was chosen for the task name"):
        apply_mapping(grid_of(("何",)), mapping, file="a.csv")
