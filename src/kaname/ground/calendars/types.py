"""Words of the calendars."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarKind(models.TextChoices):
    """Whose calendar it is; the order is the order in which they stack."""

    COMPANY = "company", _("Company")
    PARTNER = "partner", _("Partner company")
    PROJECT = "project", _("Project")
    PERSON = "person", _("Person")


class ExceptionKind(models.TextChoices):
    """Why a day differs."""

    DAY_OFF = "day_off", _("Day off")
    WORKING_DAY = "working_day", _("Working day")
    HALF_DAY = "half_day", _("Half day")


Week = list[list[list[int]] | None]
"""Seven weekdays, Monday first: `[[start, finish], …]` in minutes after midnight, `[]` for no work, `None` as the base has it."""


class HolidayCountry(models.TextChoices):
    """Whose public holidays a company can observe."""

    JP = "JP", _("Japan")
    CN = "CN", _("China")
    KR = "KR", _("South Korea")
    TW = "TW", _("Taiwan")
    VN = "VN", _("Vietnam")
    TH = "TH", _("Thailand")
    PH = "PH", _("Philippines")
    SG = "SG", _("Singapore")
    IN = "IN", _("India")
    US = "US", _("United States")
    GB = "GB", _("United Kingdom")
    DE = "DE", _("Germany")
    FR = "FR", _("France")
    AU = "AU", _("Australia")


class DayKind(StrEnum):
    """What a day is, and by which rule."""

    WORKED = "worked"
    """The weekly pattern has hours."""
    REST = "rest"
    """The weekly pattern has none."""
    PUBLIC_HOLIDAY = "public_holiday"
    DAY_OFF = "day_off"
    """An exception takes the hours away."""
    OTHER_HOURS = "other_hours"
    """An exception gives hours of its own: a working day or half a day."""


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A fiscal year by the year in which it begins, with its days `[starts_on, ends_before)`."""

    year: int
    starts_on: date
    ends_before: date

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self.ends_before - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFact:
    """One day on a calendar.

    Parameters
    ----------
    minutes
        Working minutes; a day with any is a business day.
    name
        What the holiday or exception is called; empty for the weekly pattern.
    calendar_id, calendar_name
        Which calendar of the stack decided; `None` where none says anything.
    """

    on: date
    minutes: int
    kind: DayKind
    name: str = ""
    calendar_id: int | None = None
    calendar_name: str = ""

    @property
    def is_business_day(self) -> bool:
        """Whether any work is done."""
        return self.minutes > 0


@dataclass(frozen=True, slots=True)
class MonthFact:
    """A month on a calendar, every day in order."""

    starts_on: date
    days: tuple[DayFact, ...]

    @property
    def business_days(self) -> int:
        """How many days have any work."""
        return sum(day.is_business_day for day in self.days)

    @property
    def minutes(self) -> int:
        """Working minutes of the month."""
        return sum(day.minutes for day in self.days)

    @property
    def named(self) -> tuple[DayFact, ...]:
        """The days that differ from the weekly pattern."""
        return tuple(day for day in self.days if day.kind not in {DayKind.WORKED, DayKind.REST})


@dataclass(frozen=True, slots=True)
class YearFact:
    """A fiscal year on a calendar."""

    year: FiscalYear
    months: tuple[MonthFact, ...]

    @property
    def business_days(self) -> int:
        """How many days have any work."""
        return sum(month.business_days for month in self.months)

    @property
    def minutes(self) -> int:
        """Working minutes of the year."""
        return sum(month.minutes for month in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """An answer in business days, with every day that did not count.

    `business_days` are those in `[starts_on, ends_on]` when counted between two days, else the number asked for.
    """

    starts_on: date
    ends_on: date
    business_days: int
    skipped: tuple[DayFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayDifference:
    """A day on which a list of public holidays and the library disagree; an empty name means no holiday."""

    on: date
    listed: str
    library: str
