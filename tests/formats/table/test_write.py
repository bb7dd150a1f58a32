import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from kaname.formats.table import Column, ColumnKind, TableKind, write_table

COLUMNS = (
    Column("氏名"),
    Column("稼働率", kind=ColumnKind.PERCENT),
    Column("工数", kind=ColumnKind.NUMBER),
    Column("開始日", kind=ColumnKind.DATE),
    Column("更新日時", kind=ColumnKind.MOMENT),
)
ROWS = (
    ("佐藤 ☃", 0.5, 12.5, date(2026, 4, 1), datetime(2026, 4, 1, 9, 30, tzinfo=UTC)),
    ("=HYPERLINK(1)", None, -3, None, None),
)


def written(kind, *, rows=ROWS, title="2026/04 要員&配員", language="ja"):
    return write_table(kind=kind, columns=COLUMNS, rows=rows, title=title, language=language)


def sheet_of(file):
    return openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0]


@pytest.mark.parametrize(
    ("kind", "encoding", "delimiter", "media_type", "extension"),
    [
        (TableKind.CSV, "utf-8-sig", ",", "text/csv; charset=utf-8", "csv"),
        (TableKind.TSV, "utf-8-sig", "\t", "text/tab-separated-values; charset=utf-8", "tsv"),
    ],
)
def test_delimited_text_of_both_kinds(kind, encoding, delimiter, media_type, extension):
    file = written(kind)
    rows = list(csv.reader(io.StringIO(file.content.decode(encoding), newline=""), delimiter=delimiter))
    assert rows == [
        ["氏名", "稼働率", "工数", "開始日", "更新日時"],
        ["佐藤 ☃", "50%", "12.5", "2026/04/01", "2026/04/01 09:30"],
        ["'=HYPERLINK(1)", "", "-3", "", ""],
    ]
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert (file.media_type, file.extension, file.unwritten) == (media_type, extension, "")


def test_cp932_tells_what_it_does_not_hold():
    file = written(TableKind.CSV_CP932)
    assert file.content.decode("cp932").splitlines()[1].startswith("佐藤 \\u2603,50%")
    assert (file.media_type, file.unwritten) == ("text/csv; charset=Shift_JIS", "☃")


def test_workbook_holds_values_as_what_they_are():
    sheet = sheet_of(written(TableKind.XLSX))
    assert [cell.value for cell in sheet[2]] == [
        "佐藤 ☃", 0.5, 12.5, datetime(2026, 4, 1), datetime(2026, 4, 1, 9, 30),
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[3]] == ["s", "n", "n", "n", "n"]
    assert [cell.value for cell in sheet[3]] == ["=HYPERLINK(1)", None, -3, None, None]
    assert [cell.number_format for cell in sheet[2]] == [
        "General", "0%", "General", "yyyy/mm/dd(aaa)", "yyyy/mm/dd hh:mm",
    ]  # fmt: skip


def test_workbook_is_ready_to_filter_and_to_print():
    sheet = sheet_of(written(TableKind.XLSX))
    assert sheet.title == "2026_04 要員&配員"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E3")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.print_area) == ("$1:$1", "'2026_04 要員&配員'!$A$1:$E$3")
    assert sheet.oddHeader.left.text == "&B2026/04 要員&&配員"


def test_workbook_without_rows_has_its_headings():
    sheet = sheet_of(written(TableKind.XLSX, rows=(), title="[]:*?", language="en"))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["氏名", "稼働率", "工数", "開始日", "更新日時"]
    ]
    assert sheet.title == "_____"


def test_years_that_excel_does_not_have_are_texts():
    row = ("a", None, None, date(1868, 1, 25), None)
    assert sheet_of(written(TableKind.XLSX, rows=(row,)))["D2"].value == "1868-01-25"


def test_row_of_wrong_length_is_an_error():
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        written(TableKind.CSV, rows=(("a",),))
