import pytest

from kaname.formats.types import FileRefused
from kaname.formats.wbs.outline import OutlineMethod, read_outline
from kaname.formats.wbs.survey import survey_grid
from kaname.formats.wbs.types import CellStyle, Merge
from tests.formats.wbs.tables import grid_of, outline, read

DATES = ("2026/4/1", "2026/4/2")


def method_of(grid):
    survey = survey_grid(grid)
    return read_outline(grid, survey.columns, survey.first_row).method


def test_codes_make_the_hierarchy():
    grid = grid_of(
        ("WBS", "タスク名", "開始日", "終了日"),
        ("1", "要件定義", None, None),
        (1.1, "業務要件", *DATES),
        ("1-2", "システム要件", *DATES),
        ("1.2.1.", "画面", *DATES),
        ("２", "設計", *DATES),
    )
    assert method_of(grid) is OutlineMethod.CODES
    assert outline(read(grid).plan) == [(0, "要件定義"), (1, "業務要件"), (1, "システム要件"), (2, "画面"), (0, "設計")]


def test_rows_without_code_lie_below_the_coded_row_above():
    grid = grid_of(
        ("項番", "作業内容", "担当"),
        ("1.1", "設計", None),
        (None, "画面設計", "山田"),
        (None, "帳票設計", "鈴木"),
        ("1.2", "製造", None),
        (None, "画面製造", "山田"),
    )
    assert outline(read(grid).plan) == [(0, "設計"), (1, "画面設計"), (1, "帳票設計"), (0, "製造"), (1, "画面製造")]


def test_numbers_in_front_of_names_are_codes():
    grid = grid_of(
        ("作業項目", "担当"),
        ("1 要件定義", None),
        ("1.1 業務要件", "山田"),
        ("2 設計", "山田"),
    )
    plan = read(grid).plan
    assert [(each.wbs_code, each.name) for each in plan.tasks] == [
        ("1", "要件定義"),
        ("1.1", "業務要件"),
        ("2", "設計"),
    ]
    assert outline(plan) == [(0, "要件定義"), (1, "業務要件"), (0, "設計")]


@pytest.mark.parametrize(
    ("names", "looks"),
    [
        (("設計", "　画面", "　　一覧", "製造"), {}),
        (("設計", "  画面", "    一覧", "製造"), {}),
        (
            ("設計", "画面", "一覧", "製造"),
            {"styles": {(2, 0): CellStyle(indent=1), (3, 0): CellStyle(indent=2), (1, 0): CellStyle(is_bold=True)}},
        ),
        (("設計", "画面", "一覧", "製造"), {"outline_levels": {2: 1, 3: 2}}),
    ],
)
def test_indents_blanks_and_row_levels_make_the_hierarchy(names, looks):
    rows = [("タスク", "担当"), *((name, "山田") for name in names)]
    assert outline(read(grid_of(*rows, **looks)).plan) == [(0, "設計"), (1, "画面"), (2, "一覧"), (0, "製造")]


def test_group_columns_with_merged_cells_make_groups_of_their_own():
    grid = grid_of(
        ("大項目", "中項目", "小項目", "担当者"),
        ("要件定義", "業務", "ヒアリング", "山田"),
        (None, None, "整理", "鈴木"),
        (None, "システム", "方式", "山田"),
        ("設計", "画面", "一覧", "鈴木"),
        merges=(Merge(1, 0, 3, 0), Merge(1, 1, 2, 1)),
    )
    assert outline(read(grid).plan) == [
        (0, "要件定義"),
        (1, "業務"),
        (2, "ヒアリング"),
        (2, "整理"),
        (1, "システム"),
        (2, "方式"),
        (0, "設計"),
        (1, "画面"),
        (2, "一覧"),
    ]


def test_repeated_group_cells_make_one_group():
    grid = grid_of(
        ("工程", "タスク", "担当"), ("設計", "画面", "山田"), ("設計", "帳票", "山田"), ("製造", "画面", "山田")
    )
    assert outline(read(grid).plan) == [(0, "設計"), (1, "画面"), (1, "帳票"), (0, "製造"), (1, "画面")]


def test_steps_under_one_wide_heading_are_levels():
    grid = grid_of(
        ("タスク名", None, None, "担当"),
        ("設計", None, None, None),
        (None, "画面", None, "山田"),
        (None, None, "一覧", "山田"),
        ("製造", None, None, "鈴木"),
        merges=(Merge(0, 0, 0, 2),),
    )
    assert outline(read(grid).plan) == [(0, "設計"), (1, "画面"), (2, "一覧"), (0, "製造")]


def test_bare_names_above_dated_rows_are_their_headings():
    grid = grid_of(
        ("タスク", "開始日", "終了日"),
        ("設計", None, None),
        ("朝会", None, None),
        ("画面設計", *DATES),
        ("製造", None, None),
        ("画面製造", *DATES),
    )
    assert method_of(grid) is OutlineMethod.HEADING_ROWS
    assert outline(read(grid).plan) == [(0, "設計"), (1, "朝会"), (1, "画面設計"), (0, "製造"), (1, "画面製造")]


def test_totals_and_repeated_headings_are_no_tasks():
    grid = grid_of(
        ("タスク", "工数"),
        ("設計", 3),
        ("タスク", "工数"),
        ("製造", 5),
        ("合計", 8),
        (None, 8),
    )
    table = read(grid)
    assert outline(table.plan) == [(0, "設計"), (0, "製造")]
    assert [(entry.place, str(entry.message)) for entry in table.loss.entries if entry.subject == "Row"] == [
        ("WBS!A6", "The row has values but no task name."),
        ("WBS!A5", "A row of totals is no task; totals are computed."),
    ]


def test_outline_of_1000_levels_is_refused_with_the_place():
    rows = [("WBS", "タスク", "担当"), *((".".join(["1"] * depth), f"t{depth}", "a") for depth in range(1, 101))]
    with pytest.raises(FileRefused) as refused:
        read(
            grid_of(
                *rows[:1],
                *((".".join(["1"] * d), f"t{d}", "a") for d in range(1, 102)),
            )
        )
    assert refused.value.place == "WBS!B102"
    assert str(refused.value.message) == "The hierarchy is 101 levels deep; at most 100 are read."
    assert len(read(grid_of(*rows)).plan.tasks) == 100
