"""What a working calendar is, before it is compiled."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """One working stretch of a day, `[start, finish)` in minutes after midnight, `0 <= start < finish <= 1440`.

    A shift over midnight is two shifts: one that ends at 1440 and one on the next day that begins at 0.
    """

    start: int
    finish: int


@dataclass(frozen=True, slots=True)
class DayException:
    """Days `[starts_on, ends_before)` that work differently; no shifts = a day off.

    Of two exceptions on one day in one calendar the later in the tuple wins.
    """

    starts_on: date
    ends_before: date
    shifts: tuple[Shift, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Another weekly pattern for the days `[starts_on, ends_before)`; a `None` weekday follows the calendar's own week."""

    starts_on: date
    ends_before: date
    week: tuple[tuple[Shift, ...] | None, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A working calendar, possibly stacked on a base calendar.

    Parameters
    ----------
    uid
        Unique within its plan or company.
    week
        Seven entries, Monday first: the shifts of that weekday in ascending order, `()` = no work, `None` = as the base
        calendar has it (as no work where there is no base).
    exceptions, work_weeks
        What differs.  On any day the first that speaks wins: own exception, own work week, own week where not `None`,
        then the base in the same order - except that an exception of the base also beats the own plain week, as a public
        holiday of the company is a holiday of the person.
    base_uid
        The calendar underneath, or `None`.
    """

    uid: int
    name: str
    week: tuple[tuple[Shift, ...] | None, ...]
    exceptions: tuple[DayException, ...] = ()
    work_weeks: tuple[WorkWeek, ...] = ()
    base_uid: int | None = None
    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Hash once: a calendar with the holidays of many years is looked up at every calculation."""
        if not self._hash:
            facts = (self.uid, self.name, self.week, self.exceptions, self.work_weeks, self.base_uid)
            object.__setattr__(self, "_hash", hash(facts))
        return self._hash
