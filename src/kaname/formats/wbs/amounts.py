"""Amounts as sheets write them: effort in person-days, durations in days, progress in percent or in words."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Final

from kaname.engine.network.plan import DurationKind
from kaname.formats.wbs.types import Cell

LONGEST_MINUTES: Final = 100 * 366 * 1440
_NUMBER: Final = re.compile(r"(?P<sign>[+\-−▲△]?)\s*(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?P<unit>[^\d\s?]{0,12})\??")
_BLANKS: Final = frozenset({"", "-", "ー", "—", "―", "–", "未定", "tbd", "n/a", "na", "なし", "?"})

_HOUR: Final = frozenset({"h", "hr", "hrs", "hour", "hours", "時間", "時", "人時", "人時間", "mh"})
_DAY: Final = frozenset({"d", "day", "days", "日", "日間", "営業日", "人日", "md", "稼働日", "pd"})
_WEEK: Final = frozenset({"w", "wk", "wks", "week", "weeks", "週", "週間", "人週"})
_MONTH: Final = frozenset(
    {"人月", "mm", "month", "months", "mo", "mon", "mons", "ヶ月", "か月", "ヵ月", "カ月", "ケ月", "月", "pm"}
)
_MINUTE: Final = frozenset({"m", "min", "mins", "minute", "minutes", "分"})
_ELAPSED: Final = {
    "ed": 1440,
    "edays": 1440,
    "eday": 1440,
    "eh": 60,
    "ehrs": 60,
    "ew": 10080,
    "em": 1,
    "emin": 1,
    "暦日": 1440,
}
_HEADING_UNITS: Final = re.compile(
    r"人月|人日|人時間?|時間|営業日|週間?|暦日|(?<![a-z])(?:hours?|hrs?|days?|weeks?|months?|mm|md|mh|h|d|w)(?![a-z])|分|日(?!数)"
)

_DONE: Final = frozenset(
    {
        "完了",
        "完",
        "済",
        "済み",
        "完了済",
        "完了済み",
        "終了",
        "done",
        "complete",
        "completed",
        "closed",
        "finished",
        "○",
        "◯",
        "クローズ",
        "承認済",
    }
)
_NOT_STARTED: Final = frozenset(
    {
        "未着手",
        "未",
        "未実施",
        "未対応",
        "未開始",
        "着手前",
        "not started",
        "open",
        "todo",
        "to do",
        "new",
        "planned",
        "予定",
        "待ち",
    }
)
_RUNNING: Final = frozenset(
    {
        "進行中", "作業中", "対応中", "実施中", "着手", "着手中", "着手済", "着手済み", "仕掛", "仕掛中", "仕掛り", "遅延", "遅延中", "遅れ", "in progress", "wip",
        "started", "doing", "late", "delayed", "on track", "レビュー中", "確認中", "review", "in review", "順調", "△", "オンスケ",
    }
)  # fmt: skip
_DROPPED: Final = frozenset(
    {
        "中止",
        "取消",
        "取り消し",
        "対象外",
        "不要",
        "削除",
        "キャンセル",
        "cancelled",
        "canceled",
        "inactive",
        "無効",
        "dropped",
        "保留中止",
    }
)


class AmountFlaw(StrEnum):
    """Why a cell holds no usable amount, or what had to be changed."""

    UNREADABLE = "unreadable"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    OVER_FULL = "over_full"


@dataclass(frozen=True, slots=True)
class Units:
    """How many minutes a day, a week and a month of work have in this plan."""

    day: int = 480
    week: int = 2400
    month: int = 9600


@dataclass(frozen=True, slots=True)
class MinutesRead:
    """An amount of time in minutes and how it counts."""

    minutes: int | None = None
    kind: DurationKind = DurationKind.WORKING
    flaw: AmountFlaw | None = None


class State(StrEnum):
    """What a status word says of a task."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ProgressRead:
    """The share that is done, in permille, or what a word says of it."""

    permille: int | None = None
    state: State | None = None
    flaw: AmountFlaw | None = None


def unit_of_heading(heading: str, default: str) -> str:
    """Return the unit that a heading names, as in `工数(人月)` or `Work (h)`.

    Examples
    --------
    >>> unit_of_heading("工数（人月）", "d"), unit_of_heading("工数", "d"), unit_of_heading("Work [h]", "d")
    ('人月', 'd', 'h')
    """
    found = _HEADING_UNITS.findall(unicodedata.normalize("NFKC", heading).lower())
    return found[-1] if found else default


def read_minutes(value: Cell, *, unit: str, units: Units) -> MinutesRead:
    """Return an amount of time; a bare number counts in `unit`.

    Examples
    --------
    >>> read_minutes("0.5人月", unit="d", units=Units()).minutes, read_minutes(3, unit="h", units=Units()).minutes
    (4800, 180)
    """
    if value is None or isinstance(value, bool):
        return MinutesRead()
    if isinstance(value, timedelta):
        return _sized(value.total_seconds() / 60, 1, DurationKind.WORKING)
    if isinstance(value, time):
        return MinutesRead(value.hour * 60 + value.minute)
    if isinstance(value, int | float):
        scale, kind = _scale(unit, units) or (units.day, DurationKind.WORKING)
        return _sized(float(value), scale, kind)
    if not isinstance(value, str):
        return MinutesRead(flaw=AmountFlaw.UNREADABLE)
    return _read_minutes_text(value, unit, units)


def _read_minutes_text(text: str, unit: str, units: Units) -> MinutesRead:
    folded = unicodedata.normalize("NFKC", text[:40]).strip().lower()
    if folded in _BLANKS:
        return MinutesRead()
    found = _NUMBER.fullmatch(folded)
    scale = _scale(found["unit"] or unit, units) if found else None
    if found is None or scale is None:
        return MinutesRead(flaw=AmountFlaw.UNREADABLE)
    number = float(found["digits"].replace(",", ""))
    return _sized(-number if found["sign"] not in {"", "+"} else number, *scale)


def _scale(unit: str, units: Units) -> tuple[int, DurationKind] | None:
    if unit in _ELAPSED:
        return _ELAPSED[unit], DurationKind.ELAPSED
    for names, minutes in ((_DAY, units.day), (_HOUR, 60), (_WEEK, units.week), (_MONTH, units.month), (_MINUTE, 1)):
        if unit in names:
            return minutes, DurationKind.WORKING
    return None


def _sized(number: float, scale: int, kind: DurationKind) -> MinutesRead:
    if not math.isfinite(number) or abs(number) * scale > LONGEST_MINUTES:
        return MinutesRead(flaw=AmountFlaw.TOO_LARGE)
    if number < 0:
        return MinutesRead(flaw=AmountFlaw.NEGATIVE)
    return MinutesRead(round(number * scale), kind)


def read_lag(text: str, *, units: Units) -> tuple[int, str] | None:
    """Return a signed lag `+2d`, `-1日`, `+50%`, `+3ed` as amount and name of its unit.

    Examples
    --------
    >>> read_lag("+2d", units=Units()), read_lag("-50%", units=Units()), read_lag("+1ed", units=Units())
    ((960, 'working'), (-500, 'percent'), (1440, 'elapsed'))
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    number = float(found["digits"].replace(",", "")) * (-1 if found["sign"] not in {"", "+"} else 1)
    if found["unit"] in {"%", "e%"}:
        kind = "percent" if found["unit"] == "%" else "elapsed_percent"
        return (round(number * 10), kind) if abs(number) <= 10_000 else None
    scale = _scale(found["unit"] or "d", units)
    if scale is None or abs(number) * scale[0] > LONGEST_MINUTES:
        return None
    return round(number * scale[0]), "elapsed" if scale[1] is DurationKind.ELAPSED else "working"


def is_percent_scale(values: list[Cell]) -> bool:
    """Tell whether the bare numbers of a progress column count to 100 rather than to 1."""
    return any(_bare_number(value) > 1 for value in values)


def _bare_number(value: Cell) -> float:
    if isinstance(value, str):
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", value[:40]).strip())
        return float(found["digits"].replace(",", "")) if found and not found["unit"] else 0.0
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def read_progress(value: Cell, *, counts_to_hundred: bool) -> ProgressRead:
    """Return the progress in a cell: `0.5`, `50`, `50%`, `完了`, `作業中`.

    Examples
    --------
    >>> read_progress(0.5, counts_to_hundred=False).permille, read_progress("５０％", counts_to_hundred=False).permille
    (500, 500)
    >>> read_progress("完了", counts_to_hundred=True).permille, read_progress("作業中", counts_to_hundred=True).state
    (1000, <State.RUNNING: 'running'>)
    """
    if value is None:
        return ProgressRead()
    if isinstance(value, bool):
        return ProgressRead(1000 if value else 0)
    if isinstance(value, int | float):
        return _share(float(value), 10 if counts_to_hundred else 1000)
    if not isinstance(value, str):
        return ProgressRead(flaw=AmountFlaw.UNREADABLE)
    folded = unicodedata.normalize("NFKC", value[:40]).strip().lower()
    if folded in _BLANKS:
        return ProgressRead()
    if state := read_state(folded):
        return ProgressRead({State.DONE: 1000, State.NOT_STARTED: 0}.get(state), state)
    found = _NUMBER.fullmatch(folded)
    if found is None or found["unit"] not in {"", "%", "割"}:
        return ProgressRead(flaw=AmountFlaw.UNREADABLE)
    number = float(found["digits"].replace(",", "")) * (-1 if found["sign"] not in {"", "+"} else 1)
    scale = {"%": 10, "割": 100}.get(found["unit"]) or (10 if counts_to_hundred or number > 1 else 1000)
    return _share(number, scale)


def read_state(text: str) -> State | None:
    """Return what a status word says, `None` for a word that we do not know."""
    word = unicodedata.normalize("NFKC", text[:40]).strip().lower()
    for words, state in (
        (_DONE, State.DONE),
        (_NOT_STARTED, State.NOT_STARTED),
        (_RUNNING, State.RUNNING),
        (_DROPPED, State.DROPPED),
    ):
        if word in words:
            return state
    return None


def _share(number: float, scale: int) -> ProgressRead:
    if not math.isfinite(number):
        return ProgressRead(flaw=AmountFlaw.UNREADABLE)
    permille = round(min(max(number, -10.0), 1e6) * scale)
    if permille > 1000:
        return ProgressRead(1000, flaw=AmountFlaw.OVER_FULL)
    if permille < 0:
        return ProgressRead(0, flaw=AmountFlaw.NEGATIVE)
    return ProgressRead(permille)
