from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kaname.formats.table import ColumnKind
from kaname.formats.table.cells import cell_text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+81-3", "'+81-3"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\u3000＝cmd", "'\u3000＝cmd"),
        ("\ufeff=1", "'\ufeff=1"),
        ("\r次", "'\r次"),
        ("設計=実装", "設計=実装"),
        ("", ""),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_guarded(text, cell):
    assert cell_text(text) == cell


@pytest.mark.parametrize(
    ("value", "kind", "language", "cell"),
    [
        (None, ColumnKind.NUMBER, "ja", ""),
        (-3, ColumnKind.NUMBER, "ja", "-3"),
        (100, ColumnKind.NUMBER, "ja", "100"),
        (Decimal("1200.50"), ColumnKind.NUMBER, "ja", "1200.5"),
        (1e-7, ColumnKind.NUMBER, "en", "0.0000001"),
        (0.07, ColumnKind.PERCENT, "en", "7%"),
        (1, ColumnKind.PERCENT, "en", "100%"),
        (date(2026, 7, 10), ColumnKind.DATE, "ja", "2026/07/10"),
        (date(2026, 7, 10), ColumnKind.DATE, "en", "2026-07-10"),
        (datetime(2026, 7, 10, 9, 5, tzinfo=UTC), ColumnKind.MOMENT, "en", "2026-07-10 09:05"),
    ],
)
def test_value_is_written_as_excel_reads_it(value, kind, language, cell):
    assert cell_text(value, kind, language=language) == cell
