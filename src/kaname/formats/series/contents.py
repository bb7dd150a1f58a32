"""What a file of defects found holds, and how its columns were understood."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import numpy as np

from kaname.engine.growth import GroupedCounts, Series

LAST_DAY: Final = date(2199, 12, 31)
"""No date beyond it is told."""


class Quantity(StrEnum):
    """What the rows of a file say."""

    PER_INTERVAL = "per_interval"
    """How many defects were found in the interval that ends with the row."""
    CUMULATIVE = "cumulative"
    """How many were found up to the row."""
    FAILURE_TIMES = "failure_times"
    """One row per defect: when it was found, in time since the start of the test."""
    TIMES_BETWEEN = "times_between"
    """One row per defect: how long after the one before."""
    DATED_DEFECTS = "dated_defects"
    """One row per defect: on which date it was found."""


class TimeUnit(StrEnum):
    """What one unit of time of the series is."""

    DAY = "day"
    """A calendar day."""
    WORKING_DAY = "working_day"
    """A day from Monday to Friday: no row of the file falls on a week-end."""
    ROW = "row"
    """An interval of the file, where it has no time at all."""
    NUMBER = "number"
    """Whatever the file counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The headings (or numbers, from 1) of columns that a person chose, and the end of the observation as typed."""

    time: str | None = None
    found: str | None = None
    cumulative: str | None = None
    times: str | None = None
    between: str | None = None
    until: str | None = None


NO_CHOICE: Final = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectSeries:
    """A series as the engine takes it, and what its time means in the file.

    Parameters
    ----------
    series
        Counts per interval or failure times; time begins with the test.
    quantity, unit
        How the rows were understood.
    columns
        Headings of the columns read, the one of time first, where there is one.
    offset
        What the file's own numbers of time are ahead of the series: week 27 as the first week gives 26.
    starts_on
        The date of time 1 where the file has dates.
    encoding
        Of the file.
    """

    series: Series
    quantity: Quantity
    unit: TimeUnit
    columns: tuple[str, ...]
    offset: float = 0.0
    starts_on: date | None = None
    encoding: str = ""

    @property
    def records(self) -> int:
        """Intervals or failure times."""
        return len(self.series.ends) if isinstance(self.series, GroupedCounts) else len(self.series.times)

    def day_of(self, time: float) -> date | None:
        """Return the date on which a time of the series falls; `None` without dates, or beyond `LAST_DAY`."""
        if self.starts_on is None:
            return None
        whole = max(0, int(np.ceil(time - 1e-9)) - 1)
        if whole > (LAST_DAY - self.starts_on).days:
            return None
        if self.unit is TimeUnit.WORKING_DAY:
            found: date = np.busday_offset(np.datetime64(self.starts_on), whole, roll="forward").astype(object)
            return found if found <= LAST_DAY else None
        return self.starts_on + timedelta(days=whole)
