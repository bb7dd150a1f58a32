"""What a reader of tables is told beside the table."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kaname.engine.calendar.types import Calendar
from kaname.formats.wbs.amounts import Units
from kaname.formats.wbs.worktime import STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How a table is read.

    Parameters
    ----------
    calendars, calendar_uid
        The calendar by which durations are counted; its bases stand among `calendars`.
    minutes_per_day, days_per_month
        What a person-day and a person-month mean.
    near
        A date of the plan, where the caller knows one: completes dates without a year.
    saved_on
        The day on which the file was saved, where it says so; completes them where nothing nearer does.
    """

    calendars: tuple[Calendar, ...] = (STANDARD,)
    calendar_uid: int = STANDARD.uid
    minutes_per_day: int = 480
    days_per_month: int = 20
    near: date | None = None
    saved_on: date | None = None

    @property
    def units(self) -> Units:
        """Return the minutes of a day, a week and a month of work."""
        day = self.minutes_per_day
        return Units(day=day, week=5 * day, month=self.days_per_month * day)


DEFAULT_OPTIONS: Final = ReadOptions()
