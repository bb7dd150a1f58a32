import pytest

from kaname.engine.network.plan import LagUnit, Link, LinkType
from kaname.formats.types import Outcome
from tests.formats.wbs.tables import entries, grid_of, read

HEAD = ("No.", "WBS", "タスク", "先行タスク")


def links_of(*predecessors, head=HEAD):
    rows = [(str(number), f"1.{number}", f"作業{number}", cell) for number, cell in enumerate(predecessors, start=1)]
    return read(grid_of(head, *rows))


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("1", [Link(predecessor_uid=1, successor_uid=3)]),
        (1.0, [Link(predecessor_uid=1, successor_uid=3)]),
        ("1.2", [Link(predecessor_uid=2, successor_uid=3)]),
        ("作業１", [Link(predecessor_uid=1, successor_uid=3)]),
        ("1,2", [Link(predecessor_uid=1, successor_uid=3), Link(predecessor_uid=2, successor_uid=3)]),
        ("1、2", [Link(predecessor_uid=1, successor_uid=3), Link(predecessor_uid=2, successor_uid=3)]),
        ("作業1\n作業2", [Link(predecessor_uid=1, successor_uid=3), Link(predecessor_uid=2, successor_uid=3)]),
        ("1SS+2d", [Link(predecessor_uid=1, successor_uid=3, type=LinkType.SS, lag=960)]),
        ("１ＦＦ－１日", [Link(predecessor_uid=1, successor_uid=3, type=LinkType.FF, lag=-480)]),
        ("1FS+50%", [Link(predecessor_uid=1, successor_uid=3, lag=500, lag_unit=LagUnit.PERCENT)]),
        ("1+3ed", [Link(predecessor_uid=1, successor_uid=3, lag=4320, lag_unit=LagUnit.ELAPSED)]),
        ("1終了-開始+2日", [Link(predecessor_uid=1, successor_uid=3, lag=960)]),
        ("－", []),
        ("なし", []),
    ],
)
def test_predecessors_are_read_by_number_code_or_name(cell, links):
    assert list(links_of(None, None, cell).plan.links) == links


def test_successors_are_links_the_other_way():
    table = links_of("2", None, head=("No.", "WBS", "タスク", "後続タスク"))
    assert list(table.plan.links) == [Link(predecessor_uid=1, successor_uid=2)]


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        ((None, "2"), "WBS!D3", "The task names itself as its predecessor."),
        ((None, "99"), "WBS!D3", "“99” is no WBS code, number or name of this table."),
        ((None, "1,1"), "WBS!D3", "The same link is given more than once."),
        (
            ("3", "1", "2"),
            "WBS!D4",
            "The link closes a loop: 作業3 → 作業1 → 作業2 → 作業3. Remove one of the links of the loop.",
        ),
    ],
)
def test_link_that_no_plan_can_have_is_lost_with_its_place(cells, place, message):
    assert entries(links_of(*cells).loss, Outcome.LOST) == [("先行タスク", place, 1, message)]


def test_link_to_the_own_summary_is_lost():
    grid = grid_of(("WBS", "タスク", "先行"), ("1", "設計", None), ("1.1", "画面", "1"), ("1.2", "帳票", "1.1"))
    table = read(grid)
    assert list(table.plan.links) == [Link(predecessor_uid=2, successor_uid=3)]
    assert entries(table.loss, Outcome.LOST) == [
        ("先行", "WBS!C3", 1, "“1” is a summary task of this task; a task cannot wait for what contains it.")
    ]


def test_name_that_several_tasks_have_means_the_nearest_above():
    grid = grid_of(("タスク", "先行タスク"), ("確認", None), ("設計", None), ("確認", None), ("製造", "確認"))
    assert list(read(grid).plan.links) == [Link(predecessor_uid=3, successor_uid=4)]


def test_long_chain_against_the_order_of_rows_keeps_every_link():
    cells = [str(number + 1) for number in range(1, 300)]
    plan = links_of(*cells, None).plan
    assert len(plan.links) == 299
