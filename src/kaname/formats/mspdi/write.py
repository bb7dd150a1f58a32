"""Write Microsoft Project XML."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from kaname.engine.calendar.types import Calendar
from kaname.engine.network.plan import Plan, Resource, ScheduleFrom, StoredDates
from kaname.formats.money import currency_digits
from kaname.formats.mspdi.calendars import standard_calendar
from kaname.formats.mspdi.markup import Markup, moment_text
from kaname.formats.mspdi.write_calendars import write_calendars
from kaname.formats.mspdi.write_resources import write_assignments, write_resources
from kaname.formats.mspdi.write_tasks import write_tasks

_NAMESPACE: Final = "http://schemas.microsoft.com/project"
_SAVE_VERSION: Final = 14


def write_mspdi(plan: Plan, *, dates: Mapping[int, StoredDates] | None = None) -> bytes:
    """Write a plan as Microsoft Project opens it.

    Elements stand in the order of the schema; exceptions of calendars stand in the form before and after Project 2007.

    Parameters
    ----------
    plan
        What is written.
    dates
        Dates by task number that are shown in place of the stored ones, such as those of a new calculation.

    Returns
    -------
    bytes
        UTF-8.  Reading them gives an equal plan, except for the product that it came from, and for what
        `unwritten` tells of a plan that came from another product.
    """
    digits = currency_digits(plan.currency)
    calendars = plan.calendars
    calendar_uid = plan.calendar_uid
    if calendar_uid is None:
        calendar_uid = max((calendar.uid for calendar in calendars), default=0) + 1
        calendars = (*calendars, standard_calendar(calendar_uid))
    resources, calendars = _with_own_calendars(plan.resources, calendars)
    markup = Markup()
    markup.open("Project", f' xmlns="{_NAMESPACE}"')
    _write_properties(markup, plan, calendar_uid)
    write_calendars(markup, calendars)
    write_tasks(markup, plan, dates=dates or {}, digits=digits)
    write_resources(markup, resources, digits=digits)
    write_assignments(markup, plan, digits=digits)
    markup.close()
    return markup.to_bytes()


def _with_own_calendars(
    resources: Sequence[Resource], calendars: Sequence[Calendar]
) -> tuple[tuple[Resource, ...], tuple[Calendar, ...]]:
    """Give each resource that works by a base calendar one of its own on top: Microsoft Project knows no other way."""
    bases = {calendar.uid for calendar in calendars if calendar.base_uid is None}
    free = count(max((calendar.uid for calendar in calendars), default=0) + 1)
    written: list[Resource] = []
    added: list[Calendar] = []
    for resource in resources:
        if resource.calendar_uid not in bases:
            written.append(resource)
            continue
        own = Calendar(uid=next(free), name=resource.name, week=(None,) * 7, base_uid=resource.calendar_uid)
        added.append(own)
        written.append(replace(resource, calendar_uid=own.uid))
    return tuple(written), (*calendars, *added)


def _write_properties(markup: Markup, plan: Plan, calendar_uid: int) -> None:
    rules = plan.rules
    markup.leaf("SaveVersion", _SAVE_VERSION)
    markup.filled("Name", plan.name)
    markup.filled("Title", plan.name)
    markup.filled("Company", plan.company)
    markup.filled("Author", plan.author)
    markup.flag("ScheduleFromStart", rules.schedule_from is ScheduleFrom.START)
    markup.leaf("StartDate", moment_text(plan.start_at))
    markup.leaf("FinishDate", moment_text(plan.finish_at))
    markup.leaf("CriticalSlackLimit", rules.critical_float_minutes // plan.minutes_per_day)
    if plan.currency:
        markup.leaf("CurrencyDigits", currency_digits(plan.currency))
        markup.leaf("CurrencyCode", plan.currency)
    markup.leaf("CalendarUID", calendar_uid)
    markup.leaf("MinutesPerDay", plan.minutes_per_day)
    markup.leaf("MinutesPerWeek", plan.minutes_per_week)
    markup.leaf("DaysPerMonth", plan.days_per_month)
    markup.flag("HonorConstraints", rules.honors_constraints)
    markup.flag("MultipleCriticalPaths", rules.multiple_critical_paths)
    markup.flag("SplitsInProgressTasks", rules.splits_in_progress)
    markup.leaf("StatusDate", moment_text(plan.status_at))
