"""Dates and instants, as people write them in both languages.

Lists say `7/10(金)` and `Fri 10 Jul`; documents say `2026年7月10日(金)` and `Fri 10 July 2026`.  A list names the year only
when it is not the present one.  Relative words stand only beside a date.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from kaname.kernel import clock

UNKNOWN: Final = "–"
_JA_DAYS: Final = "月火水木金土日"
_EN_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=4096)
def short_day(day: date, language: str, this_year: int) -> str:
    """Return a day as lists write it.

    Examples
    --------
    >>> short_day(date(2026, 7, 10), "ja", 2026), short_day(date(2026, 7, 10), "en", 2026)
    ('7/10(金)', 'Fri 10 Jul')
    >>> short_day(date(2027, 1, 4), "ja", 2026), short_day(date(2027, 1, 4), "en", 2026)
    ('2027/1/4(月)', 'Mon 4 Jan 2027')
    """
    if language == "ja":
        year = "" if day.year == this_year else f"{day.year}/"
        return f"{year}{day.month}/{day.day}({_JA_DAYS[day.weekday()]})"
    year = "" if day.year == this_year else f" {day.year}"
    return f"{_EN_DAYS[day.weekday()]} {day.day} {_EN_MONTHS[day.month - 1][:3]}{year}"


def long_day(day: date, language: str) -> str:
    """Return a day as documents write it.

    Examples
    --------
    >>> long_day(date(2026, 7, 10), "ja"), long_day(date(2026, 7, 10), "en")
    ('2026年7月10日(金)', 'Fri 10 July 2026')
    """
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日({_JA_DAYS[day.weekday()]})"
    return f"{_EN_DAYS[day.weekday()]} {day.day} {_EN_MONTHS[day.month - 1]} {day.year}"


def month_name(day: date, language: str) -> str:
    """Return the month as an axis writes it: January is the year.

    Examples
    --------
    >>> month_name(date(2026, 4, 1), "ja"), month_name(date(2027, 1, 1), "ja"), month_name(date(2027, 1, 1), "en")
    ('4月', '2027年', '2027')
    """
    if language == "ja":
        return f"{day.year}年" if day.month == 1 else f"{day.month}月"
    return str(day.year) if day.month == 1 else _EN_MONTHS[day.month - 1][:3]


def language() -> str:
    """Return `ja` or `en`: the active language of the page."""
    return "ja" if (get_language() or "").startswith("ja") else "en"


def as_day(value: date | datetime) -> date:
    """Return the day of a date or, in the reader's zone, of an instant."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day_words(value: date | datetime | None) -> str:
    """Return a day as lists write it, or a dash when it is unknown."""
    return UNKNOWN if value is None else short_day(as_day(value), language(), clock.today().year)


def day(value: date | datetime | None) -> SafeString:
    """Return a day as lists write it, as `<time>`."""
    if value is None:
        return unknown()
    return _short_time(as_day(value), language(), clock.today().year)


@lru_cache(maxsize=4096)
def _short_time(on: date, language: str, this_year: int) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), short_day(on, language, this_year))


def long(value: date | datetime | None) -> SafeString:
    """Return a day as documents write it, as `<time>`."""
    if value is None:
        return unknown()
    on = as_day(value)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), long_day(on, language()))


def moment(value: datetime | None) -> SafeString:
    """Return an instant in the reader's zone: the time alone when it is today, else day and time."""
    if value is None:
        return unknown()
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    hour = f"{local:%H:%M}" if language() == "en" else f"{local.hour}:{local:%M}"
    today = clock.today()
    words = hour if local.date() == today else f"{short_day(local.date(), language(), today.year)} {hour}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


def relative_words(value: date | datetime | None) -> str:
    """Return how far a day is from today, in days, weeks or months."""
    if value is None:
        return ""
    days = (as_day(value) - clock.today()).days
    if days in _NEAR:
        return _NEAR[days]()
    distance = abs(days)
    unit, size = next((unit, size) for unit, size, least in _UNITS if distance >= least)
    count = distance // size
    return _IN[unit](count) if days > 0 else _AGO[unit](count)


def relative(value: date | datetime | None) -> SafeString:
    """Return how far a day is from today, quiet, to stand beside the day."""
    return format_html('<span class="quiet small nowrap">{}</span>', relative_words(value))


def due(value: date | None, is_done: bool = False) -> SafeString:
    """Return a day by which something must be done, with how far it is; red once it has passed and it is not done."""
    if value is None:
        return unknown()
    if is_done or value >= clock.today():
        return format_html("{} {}", day(value), relative(value))
    return format_html(
        '<span class="late">{} <span class="small">{}</span></span>',
        day(value),
        gettext("%(days)s late") % {"days": _days(-(value - clock.today()).days)},
    )


def unknown() -> SafeString:
    """Return the dash that stands for what is not known."""
    return format_html(
        '<span class="quiet"><span aria-hidden="true">{}</span><span class="hidden-text">{}</span></span>',
        UNKNOWN,
        pgettext("a value", "Unknown"),
    )


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


_UNITS: Final = (("months", 30, 60), ("weeks", 7, 14), ("days", 1, 0))
_NEAR: Final = {
    0: lambda: gettext("today"),
    1: lambda: gettext("tomorrow"),
    -1: lambda: gettext("yesterday"),
}
_IN: Final = {
    "days": lambda count: ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count},
    "weeks": lambda count: ngettext("in %(count)d week", "in %(count)d weeks", count) % {"count": count},
    "months": lambda count: ngettext("in %(count)d month", "in %(count)d months", count) % {"count": count},
}
_AGO: Final = {
    "days": lambda count: ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count},
    "weeks": lambda count: ngettext("%(count)d week ago", "%(count)d weeks ago", count) % {"count": count},
    "months": lambda count: ngettext("%(count)d month ago", "%(count)d months ago", count) % {"count": count},
}
