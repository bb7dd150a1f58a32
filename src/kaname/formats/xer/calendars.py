"""Calendars of an XER file."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kaname.engine.calendar.types import Calendar, DayException, Shift
from kaname.engine.text import gettext_noop
from kaname.engine.units import MINUTES_PER_DAY
from kaname.formats.mspdi.calendars import STANDARD_WEEK
from kaname.formats.mspdi.values import FIRST_YEAR, LAST_YEAR, parse_time
from kaname.formats.xer.calendar_data import Node, parse_calendar_data
from kaname.formats.xer.cells import Cells
from kaname.formats.xer.numbers import Numbers

_SERIAL_EPOCH: Final = date(1899, 12, 30)
_ONE_DAY: Final = timedelta(days=1)
_NO_DATA: Final = gettext_noop("The calendar carries no week; Monday to Friday, 8:00-12:00 and 13:00-17:00 was taken.")
_BAD_SHIFT: Final = gettext_noop("A working time of the calendar makes no sense; it was left out.")
_BAD_DAY: Final = gettext_noop("A day of the calendar makes no sense; it was left out.")
_MERGED: Final = gettext_noop("Working times of a day overlap; they were joined.")
_UNKNOWN_BASE: Final = gettext_noop("The calendar that it inherits from is not in the file; it stands alone.")
_LOOP: Final = gettext_noop("The calendar inherits from itself in a circle; the circle was cut here.")
_DATA: Final = "clndr_data"


def read_calendar(cells: Cells, uid: int) -> Calendar:
    """Read one row of the table CALENDAR; the base is set later, when all are known."""
    tree = parse_calendar_data(cells.row.text(_DATA))
    days = tree.child("DaysOfWeek") if tree is not None else None
    exceptions = tree.child("Exceptions") if tree is not None else None
    if days is None:
        cells.change(_DATA if cells.text(_DATA) else "", _NO_DATA)
    return Calendar(
        uid=uid,
        name=cells.text("clndr_name"),
        week=STANDARD_WEEK if days is None else _week(cells, days),
        exceptions=() if exceptions is None else _exceptions(cells, exceptions),
    )


def with_bases(calendars: dict[int, Calendar], rows: dict[int, Cells], numbers: Numbers) -> tuple[Calendar, ...]:
    """Return the calendars with their bases, every base known and no circle among them."""
    bases: dict[int, int] = {}
    for uid, cells in rows.items():
        key = cells.text("base_clndr_id")
        if not key:
            continue
        base = numbers.find(key)
        if base is None or base not in calendars:
            cells.change("base_clndr_id", _UNKNOWN_BASE)
        elif _leads_back(bases, base, uid):
            cells.change("base_clndr_id", _LOOP)
        else:
            bases[uid] = base
    return tuple(replace(calendar, base_uid=bases.get(uid)) for uid, calendar in calendars.items())


def _leads_back(bases: dict[int, int], base: int, uid: int) -> bool:
    while base != uid and base in bases:
        base = bases[base]
    return base == uid


def _week(cells: Cells, days: Node) -> tuple[tuple[Shift, ...], ...]:
    week: list[tuple[Shift, ...]] = [()] * 7
    for node in days.children:
        if node.name not in {"1", "2", "3", "4", "5", "6", "7"}:
            cells.change(_DATA, _BAD_DAY)
            continue
        week[(int(node.name) - 2) % 7] = _shifts(cells, node)
    return tuple(week)


def _exceptions(cells: Cells, exceptions: Node) -> tuple[DayException, ...]:
    found: dict[date, DayException] = {}
    for node in exceptions.children:
        day = _day(node.attributes.get("d", ""))
        if day is None:
            cells.change(_DATA, _BAD_DAY)
            continue
        found[day] = DayException(day, day + _ONE_DAY, _shifts(cells, node))
    return tuple(found[day] for day in sorted(found))


def _day(serial: str) -> date | None:
    if not serial.isdecimal() or len(serial) > 6:
        return None
    day = _SERIAL_EPOCH + timedelta(days=int(serial))
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _shifts(cells: Cells, node: Node) -> tuple[Shift, ...]:
    shifts: list[Shift] = []
    for inner in node.children:
        start, finish = parse_time(inner.attributes.get("s", "")), parse_time(inner.attributes.get("f", ""))
        finish = MINUTES_PER_DAY if finish == 0 else finish
        if start is None or finish is None or start >= finish:
            cells.change(_DATA, _BAD_SHIFT)
        else:
            shifts.append(Shift(start, finish))
    return _joined(cells, sorted(shifts))


def _joined(cells: Cells, shifts: list[Shift]) -> tuple[Shift, ...]:
    joined: list[Shift] = []
    for shift in shifts:
        if joined and shift.start < joined[-1].finish:
            cells.change(_DATA, _MERGED)
            joined[-1] = Shift(joined[-1].start, max(joined[-1].finish, shift.finish))
        else:
            joined.append(shift)
    return tuple(joined)
