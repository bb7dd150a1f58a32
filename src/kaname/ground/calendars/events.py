"""Facts about calendars."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Event):
    """A calendar was made or its pattern or days changed; plans on it must be recalculated."""

    name: ClassVar[str] = "calendars.calendar_changed"
    label: ClassVar[Any] = _("Calendar changed")
    calendar_name: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaysImported(Event):
    """A list of public holidays replaced what was known of its years."""

    name: ClassVar[str] = "calendars.holidays_imported"
    label: ClassVar[Any] = _("Public holidays imported")
    years: tuple[int, ...]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyYearChanged(Event):
    """The fiscal year begins in another month."""

    name: ClassVar[str] = "calendars.company_year_changed"
    label: ClassVar[Any] = _("Fiscal year changed")
    starts_in_month: int
