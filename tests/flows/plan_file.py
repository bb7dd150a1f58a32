"""A plan as Microsoft Project writes it, of our own making: with a baseline, progress, one date typed by hand and one field to lose."""

from dataclasses import dataclass
from typing import Final

_PLAN: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Project xmlns="http://schemas.microsoft.com/project"><SaveVersion>14</SaveVersion><Name>kuradashi.mpp</Name><Title>出庫業務の見直し</Title>
<StartDate>2026-10-05T09:00:00</StartDate><StatusDate>2026-10-16T18:00:00</StatusDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth>
<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID><FieldName>Text1</FieldName><Alias>承認番号</Alias></ExtendedAttribute></ExtendedAttributes>
<Calendars><Calendar><UID>1</UID><Name>標準</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{days}</WeekDays></Calendar></Calendars>
<Tasks>{tasks}</Tasks></Project>
"""
_HOURS: Final = (
    "<WorkingTimes><WorkingTime><FromTime>09:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
    "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>18:00:00</ToTime></WorkingTime></WorkingTimes>"
)
_HOURS_OF_A_DAY: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task of the file; dates as the file stores them, `days` working days, `after` the tasks that it waits for."""

    number: int
    name: str
    start: str
    finish: str
    days: int
    level: int = 2
    is_package: bool = False
    is_done: bool = False
    after: tuple[int, ...] = ()
    lag_days: int = 0
    more: str = ""


ROWS: Final = (
    Row(number=1, name="設計", start="2026-10-05", finish="2026-10-16", days=10, level=1, is_package=True, is_done=True),
    Row(number=2, name="基本設計", start="2026-10-05", finish="2026-10-16", days=10, is_done=True, more="<ExtendedAttribute><FieldID>188743731</FieldID><Value>R-17</Value></ExtendedAttribute>"),
    Row(number=3, name="製造", start="2026-10-19", finish="2026-11-06", days=15, level=1, is_package=True),
    Row(number=4, name="画面の製造", start="2026-10-19", finish="2026-10-30", days=10, after=(2,)),
    Row(number=5, name="帳票の製造", start="2026-10-22", finish="2026-10-28", days=5, after=(2,), lag_days=2),
    Row(number=6, name="結合テスト", start="2026-11-02", finish="2026-11-06", days=5, after=(4, 5)),
    Row(number=7, name="検収", start="2026-11-06", finish="2026-11-06", days=0, level=1, after=(6,)),
)  # fmt: skip
"""Row 5 was typed by hand: two days after 16 October is 21 October."""
TYPED_BY_HAND: Final = "帳票の製造"
TASKS_WITH_DATES: Final = tuple(row.name for row in ROWS if not row.is_package)


def plan_file() -> bytes:
    """Return the file."""
    days = "".join(_day(number, is_working=2 <= number <= 6) for number in range(1, 8))
    return _PLAN.format(days=days, tasks="".join(_task(row) for row in ROWS)).encode()


def _day(number: int, *, is_working: bool) -> str:
    hours = _HOURS if is_working else ""
    return f"<WeekDay><DayType>{number}</DayType><DayWorking>{int(is_working)}</DayWorking>{hours}</WeekDay>"


def _task(row: Row) -> str:
    start, finish = f"{row.start}T{'18' if row.days == 0 else '09'}:00:00", f"{row.finish}T18:00:00"
    length = f"PT{row.days * _HOURS_OF_A_DAY}H0M0S"
    links = "".join(
        f"<PredecessorLink><PredecessorUID>{before}</PredecessorUID><Type>1</Type><LinkLag>{row.lag_days * 4800}</LinkLag>"
        "<LagFormat>7</LagFormat></PredecessorLink>"
        for before in row.after
    )
    done = f"<ActualStart>{start}</ActualStart><ActualFinish>{finish}</ActualFinish>" if row.is_done else ""
    agreed = (
        f"<Baseline><Number>0</Number><Start>{start}</Start><Finish>{finish}</Finish><Duration>{length}</Duration>"
        f"<Work>{length}</Work></Baseline>"
    )
    return (
        f"<Task><UID>{row.number}</UID><ID>{row.number}</ID><Name>{row.name}</Name><OutlineLevel>{row.level}</OutlineLevel>"
        f"<Start>{start}</Start><Finish>{finish}</Finish><Duration>{length}</Duration><DurationFormat>7</DurationFormat>"
        f"<Work>{length}</Work><Milestone>{int(row.days == 0)}</Milestone><Summary>{int(row.is_package)}</Summary>"
        f"<PercentComplete>{100 * row.is_done}</PercentComplete>{done}{links}{row.more}{agreed}</Task>"
    )
