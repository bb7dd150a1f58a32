import pytest

from kaname.formats.delimited.read import read_delimited, survey_delimited
from kaname.formats.types import FileKind, FileRefused
from kaname.formats.wbs.types import ColumnRole, TableMapping
from tests.formats.wbs.tables import outline

TEXT = '項番,タスク,担当,工数(人日),進捗率\r\n1,設計,,,\r\n1.1,"画面①\n㈱髙島, 様式","山田, 鈴木",1.5,50%\r\n'


@pytest.mark.parametrize(
    ("codec", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp932", "cp932"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_text_of_every_encoding_is_read(codec, reported):
    result = read_delimited(TEXT.encode(codec), file="計画.csv")
    assert (result.kind, result.encoding) == (FileKind.CSV, reported)
    assert outline(result.plan) == [(0, "設計"), (1, "画面① ㈱髙島, 様式")]
    assert result.plan.tasks[1].effort_minutes == 720
    assert result.plan.tasks[1].progress.percent_permille == 500
    assert [each.name for each in result.plan.resources] == ["山田", "鈴木"]


def test_euc_is_told_from_shift_jis_by_failing():
    text = "タスク,担当\n設計レビュー,山田\n"
    assert read_delimited(text.encode("iso2022_jp"), file="a.csv").encoding == "iso2022_jp"


def test_code_keeps_its_zero_at_the_end():
    rows = "".join(f"1.{number},作業{number},山田\n" for number in range(1, 12))
    plan = read_delimited(f"WBS,タスク,担当\n1,全体,\n{rows}".encode(), file="a.csv").plan
    assert [task.wbs_code for task in plan.tasks][-2:] == ["1.10", "1.11"]


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"", "", "The file is empty."),
        (b"\xef\xbb\xbf \n \n", "", "The file is empty."),
        (b"task,owner\n\x00\x01\x02,b\n", "byte 11", "The file is no text: it contains binary data."),
        (
            "タスク,担当\n設計,".encode() + b"\xff\xfe\xfd\n",
            "line 2",
            "The text is neither UTF-8 nor Shift_JIS (CP932); it breaks off at byte 25.",
        ),
        (
            'タスク,担当\n"設計,山田\n'.encode(),
            "line 2",
            "A quotation mark is not closed.",
        ),
        (
            'タスク,担当\n"設計"書,山田\n'.encode(),
            "line 2",
            "A quotation mark stands within a cell.",
        ),
        (
            ("タスク,担当\n" + "x" * 200_001).encode(),
            "line 2",
            "The line is longer than 200000 characters.",
        ),
        (b"a,b\n1,2\n", "", "No heading of a WBS was found."),
    ],
)  # fmt: skip
def test_text_that_holds_no_plan_is_refused_with_its_place(data, place, message):
    with pytest.raises(FileRefused) as refused:
        read_delimited(data, file="a.csv")
    assert (refused.value.file, refused.value.place, str(refused.value.message)) == ("a.csv", place, message)
    assert refused.value.advice is not None


def test_unclosed_quote_over_many_lines_is_refused():
    text = 'タスク,担当\n"設計,山田\n' + "製造,山田\n" * 30_000
    with pytest.raises(FileRefused) as refused:
        read_delimited(text.encode(), file="a.csv")
    assert refused.value.place == "line 2"
    assert "A cell is longer than 131072 characters" in str(refused.value.message)


def test_own_columns_are_read_as_chosen():
    mapping = TableMapping(first_row=1, roles={0: ColumnRole.NAME, 1: ColumnRole.ASSIGNEE})
    plan = read_delimited("何;誰\n設計;山田\n".encode(), file="a.csv", mapping=mapping).plan
    assert [(plan.tasks[0].name, plan.resources[0].name)] == [("設計", "山田")]


def test_survey_shows_columns_with_samples():
    columns = survey_delimited(TEXT.encode(), file="a.csv").sheets[0].columns
    assert [(column.role, column.samples[:1]) for column in columns[:2]] == [
        (ColumnRole.WBS_CODE, ("1",)),
        (ColumnRole.NAME, ("設計",)),
    ]
