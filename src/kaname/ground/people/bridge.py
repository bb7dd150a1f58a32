"""People's working time as the engine takes it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from kaname.engine.calendar.types import Calendar, DayException, Shift, WorkWeek
from kaname.ground.calendars.bridge import week
from kaname.ground.people.models import Leave, PartTimePeriod, Person
from kaname.ground.people.types import DayPart

NOON: Final = 720
PERSON_UID_OFFSET: Final = 1_000_000_000
"""A person's own calendar has the uid `PERSON_UID_OFFSET + person id`, so that it never meets a kept calendar's."""

_FAR: Final = date(9999, 1, 1)


def person_calendars(people: Iterable[Person], *, company_id: int | None) -> Mapping[int, Calendar]:
    """Return each person's own calendar by person id: part-time periods, leave and absence from the company on top of the
    person's kept calendar, else the partner company's, else the company's.

    On a half day of leave the other half is worked from 13:00 to 18:00 or from 9:00 to 12:00.  3 queries at most.
    """
    rows = {person.pk: person for person in people}
    weeks: dict[int, list[WorkWeek]] = {pk: [] for pk in rows}
    for period in PartTimePeriod.objects.filter(person_id__in=rows).order_by("starts_on"):
        weeks[period.person_id].append(
            WorkWeek(period.starts_on, period.ends_before or _FAR, week(period.week), period.reason)
        )
    days: dict[int, list[DayException]] = {pk: [] for pk in rows}
    for leave in Leave.objects.filter(person_id__in=rows).order_by("starts_on", "id"):
        days[leave.person_id].extend(_leave_days(leave))
    return {
        pk: Calendar(
            uid=PERSON_UID_OFFSET + pk,
            name=person.name,
            week=(None,) * 7,
            exceptions=tuple(days[pk]) + _outside_employment(person),
            work_weeks=tuple(weeks[pk]),
            base_uid=person.calendar_id or (person.partner.calendar_id if person.partner else None) or company_id,
        )
        for pk, person in rows.items()
    }


def _leave_days(leave: Leave) -> Iterable[DayException]:
    if leave.part == DayPart.WHOLE:
        return [DayException(leave.starts_on, leave.ends_before)]
    remaining = (Shift(780, 1080),) if leave.part == DayPart.MORNING else (Shift(540, NOON),)
    days = (leave.ends_before - leave.starts_on).days
    single = [leave.starts_on + timedelta(days=offset) for offset in range(days)]
    return [DayException(day, day + timedelta(days=1), remaining) for day in single]


def _outside_employment(person: Person) -> tuple[DayException, ...]:
    if person.left_before is None:
        return ()
    return (DayException(person.left_before, _FAR),)
