"""Which column of a series means what, by its heading in Japanese or English."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from kaname.formats.wbs.types import Cell
from kaname.formats.wbs.vocabulary import folded_word


class SeriesRole(StrEnum):
    """What a column means."""

    TIME = "time"
    FOUND = "found"
    CUMULATIVE = "cumulative"
    TIMES = "times"
    BETWEEN = "between"


_EXACT: Final[Mapping[str, SeriesRole]] = {
    **dict.fromkeys(
        ("日付", "年月日", "日", "日目", "日次", "週", "週目", "週次", "週番号", "月", "月次", "時間", "期間", "テスト日", "テスト日数", "経過日数", "経過日",
         "経過週", "検出日", "発見日", "発生日", "起票日", "登録日", "摘出日", "作成日", "報告日", "実施日", "date", "day", "days", "week", "weeks", "month", "t",
         "time", "testday", "testdate", "period", "interval", "detectedon", "foundon", "createdon", "created", "opened", "openedon",
         "reported", "reportedon", "detecteddate", "founddate", "createddate", "no", "no.", "番号"),
        SeriesRole.TIME,
    ),
    **dict.fromkeys(
        ("件数", "検出数", "検出件数", "発見数", "発見件数", "摘出数", "摘出件数", "発生数", "発生件数", "不具合数", "不具合件数", "不具合", "障害数", "障害件数",
         "バグ数", "バグ件数", "バグ", "欠陥数", "新規", "新規件数", "当日件数", "日別件数", "週別件数", "found", "defects", "defectsfound", "bugs",
         "bugsfound", "bugcount", "defectcount", "count", "counts", "failures", "faults", "errors", "new", "newdefects", "fc", "perday",
         "perweek", "perinterval", "number", "fault", "failure", "defect", "bug", "error", "issues", "incidents", "障害", "故障数", "エラー数",
         "指摘数", "指摘件数", "faultsfound", "failuresfound"),
        SeriesRole.FOUND,
    ),
    **dict.fromkeys(("cfc", "cum", "total", "合計", "総数", "総件数", "totalfound", "totaldefects", "runningtotal"), SeriesRole.CUMULATIVE),
    **dict.fromkeys(("ft", "failuretime", "failuretimes", "detectiontime", "故障時刻", "発生時刻", "検出時刻", "故障発生時刻"), SeriesRole.TIMES),
    **dict.fromkeys(
        ("if", "tbf", "timebetweenfailures", "interfailuretime", "故障間隔", "発生間隔", "検出間隔", "故障発生間隔", "故障間隔時間"), SeriesRole.BETWEEN
    ),
}  # fmt: skip
_CONTAINED: Final = (
    ("累積", SeriesRole.CUMULATIVE),
    ("累計", SeriesRole.CUMULATIVE),
    ("cumul", SeriesRole.CUMULATIVE),
    ("cum.", SeriesRole.CUMULATIVE),
    ("件数", SeriesRole.FOUND),
    ("バグ", SeriesRole.FOUND),
    ("不具合", SeriesRole.FOUND),
    ("defect", SeriesRole.FOUND),
    ("bug", SeriesRole.FOUND),
    ("found", SeriesRole.FOUND),
    ("date", SeriesRole.TIME),
    ("日付", SeriesRole.TIME),
    ("week", SeriesRole.TIME),
    ("day", SeriesRole.TIME),
    ("週", SeriesRole.TIME),
)
_CERTAIN: Final = ("累", "cum", "cfc")


def role_of(heading: Cell) -> SeriesRole | None:
    """Return what a heading means, or `None`.

    Examples
    --------
    >>> role_of("累積バグ件数").value, role_of("Found per day").value, role_of("検出日").value, role_of("担当") is None
    ('cumulative', 'found', 'time', True)
    """
    word = folded_word(heading)
    if not word:
        return None
    bare = word.partition("(")[0] or word
    for form in (word, bare):
        if role := _EXACT.get(form):
            return role
    return next((role for part, role in _CONTAINED if part in word), None)


def may_count_per_interval(heading: Cell) -> bool:
    """Tell whether a heading that reads as cumulative may also stand above counts per interval, as “total” may.

    Examples
    --------
    >>> may_count_per_interval("合計"), may_count_per_interval("累計")
    (True, False)
    """
    return not any(part in folded_word(heading) for part in _CERTAIN)


def roles_of(row: Sequence[Cell]) -> dict[SeriesRole, int]:
    """Return the first column of each meaning in a row of headings."""
    roles: dict[SeriesRole, int] = {}
    for column, cell in enumerate(row):
        role = role_of(cell)
        if role is not None:
            roles.setdefault(role, column)
    return roles
