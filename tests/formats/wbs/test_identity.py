"""Tasks of a table are known again, wherever their rows stand."""

from kaname.formats.wbs.identity import LONGEST_KEY
from tests.formats.wbs.tables import grid_of, read

HEAD = ("WBS", "タスク", "期間")


def keys(*rows, head=HEAD):
    return {(task.wbs_code, task.name): task.source_key for task in read(grid_of(head, *rows)).plan.tasks}


def test_row_inserted_above_changes_no_key():
    before = keys(("1", "設計", None), ("1.1", "画面", "1日"), ("1.2", "帳票", "2日"))
    after = keys(("1", "設計", None), ("1.1", "方針", "1日"), ("1.2", "画面", "1日"), ("1.3", "帳票", "2日"))
    assert before == {("1", "設計"): "設計", ("1.1", "画面"): "設計/画面", ("1.2", "帳票"): "設計/帳票"}
    assert (after["1.2", "画面"], after["1.3", "帳票"]) == ("設計/画面", "設計/帳票")
    assert after["1.1", "方針"] == "設計/方針"


def test_same_names_are_told_apart_by_what_stands_above_them():
    found = keys(("1", "受注", None), ("1.1", "試験", "1日"), ("2", "請求", None), ("2.1", "試験", "1日"))
    assert found == {
        ("1", "受注"): "受注",
        ("1.1", "試験"): "受注/試験",
        ("2", "請求"): "請求",
        ("2.1", "試験"): "請求/試験",
    }


def test_same_names_side_by_side_are_known_only_while_they_stay_as_many():
    two = keys(("1", "会議", "1日"), ("2", "会議", "1日"))
    three = keys(("1", "会議", "1日"), ("2", "会議", "1日"), ("3", "会議", "1日"))
    assert two == {("1", "会議"): "会議#1:2", ("2", "会議"): "会議#2:2"}
    assert set(two.values()).isdisjoint(three.values())


def test_width_and_spaces_of_a_name_do_not_matter():
    assert keys(("1", "ＡＰＩ 設計", "1日")) == {("1", "ＡＰＩ 設計"): "api設計"}


def test_column_of_ids_comes_before_names():
    head = ("タスクID", "タスク", "期間")
    found = keys(("K-7", "設計", "1日"), ("K-3", "製造", "2日"), head=head)
    assert list(found.values()) == ["id:K-7", "id:K-3"]


def test_column_of_ids_with_a_repetition_or_a_gap_is_none():
    head = ("タスクID", "タスク", "期間")
    assert list(keys(("7", "設計", "1日"), ("7", "製造", "2日"), head=head).values()) == ["設計", "製造"]
    assert list(keys(("7", "設計", "1日"), (None, "製造", "2日"), head=head).values()) == ["設計", "製造"]


def test_row_numbers_are_no_ids():
    head = ("No.", "タスク", "期間")
    assert list(keys((1, "設計", "1日"), (2, "製造", "2日"), head=head).values()) == ["設計", "製造"]


def test_long_paths_stay_short_and_apart():
    first, second = ("長" * 300 + end for end in ("甲", "乙"))
    found = list(keys(("1", first, "1日"), ("2", second, "1日")).values())
    assert [len(key) for key in found] == [LONGEST_KEY, LONGEST_KEY]
    assert found[0] != found[1]
