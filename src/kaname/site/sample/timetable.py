"""When the sample company's weeks are: counted from the week of building, all in the company's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

FOUNDED_WEEK: Final = -108
_FOUNDING_HOUR: Final = time(10, 0)
_REPORTING_HOUR: Final = time(17, 30)
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Timetable:
    """The weeks around the moment of building; week 0 holds it, its Monday is `monday(0)`."""

    now: datetime

    @property
    def today(self) -> date:
        """The day of building."""
        return self.now.astimezone(_zone()).date()

    @property
    def founded_at(self) -> datetime:
        """The instant at which the company is founded, before its first project."""
        return _instant(self.monday(FOUNDED_WEEK), _FOUNDING_HOUR)

    def monday(self, week: int) -> date:
        """Return the Monday of a week."""
        return self.today - timedelta(days=self.today.weekday()) + timedelta(weeks=week)

    def week_of(self, moment: datetime) -> int:
        """Return the week in which an instant lies."""
        return (moment.astimezone(_zone()).date() - self.monday(0)).days // 7

    def moments(self) -> list[datetime]:
        """Return the instants at which people report: every Friday evening, and the last weekday's evening before now."""
        fridays = (self.monday(week) + timedelta(days=_FRIDAY) for week in range(FOUNDED_WEEK, 1))
        moments = [moment for day in fridays if (moment := _instant(day, _REPORTING_HOUR)) < self.now]
        day = self.today
        while _instant(day, _REPORTING_HOUR) >= self.now or day.weekday() > _FRIDAY:
            day -= timedelta(days=1)
        last = _instant(day, _REPORTING_HOUR)
        return moments if moments[-1] == last else [*moments, last]


def local_day(moment: datetime) -> date:
    """Return the day of an instant in the company's time zone."""
    return moment.astimezone(_zone()).date()


def local_moment(moment: datetime) -> datetime:
    """Return an instant as the wall clock of the company shows it, without a zone."""
    return moment.astimezone(_zone()).replace(tzinfo=None)


def _instant(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=_zone()).astimezone(UTC)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
