"""Working calendars: stacking, and arithmetic with working minutes and business days."""

from kaname.engine.calendar.causes import DayCause, day_causes
from kaname.engine.calendar.compiled import (
    CalendarExhaustedError,
    CompiledCalendar,
    NoWorkingTimeError,
    compile_calendar,
)
from kaname.engine.calendar.stacking import CalendarError
from kaname.engine.calendar.types import Calendar, DayException, Shift, WorkWeek

__all__ = [
    "Calendar",
    "CalendarError",
    "CalendarExhaustedError",
    "CompiledCalendar",
    "DayCause",
    "DayException",
    "NoWorkingTimeError",
    "Shift",
    "WorkWeek",
    "compile_calendar",
    "day_causes",
]
