"""Nobody is told of calendars as such."""

from kaname.ground.calendars.events import CalendarChanged, CompanyYearChanged, HolidaysImported
from kaname.kernel.notices.declarations import silent

silent(
    CalendarChanged,
    HolidaysImported,
    reason="Plans are recalculated, and whoever leads a project hears when its colour changes by that.",
)
silent(CompanyYearChanged, reason="Changes how years are cut on pages, and no date of any plan.")
