"""Numbers as people write them: `12.5人日`, `¥1,234千円`, `45%`, `0.92`; the unit is quiet, unknown is a dash, zero is zero."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from kaname.ui.components.dates import UNKNOWN, unknown

Number = int | float | Decimal
MINUS: Final = "−"


def figure_words(value: Number | None, places: int = 0, *, trims: bool = False) -> str:
    """Return a number with grouped thousands, rounded half up.

    Examples
    --------
    >>> figure_words(1234567), figure_words(-2.345, 2), figure_words(12.50, 1, trims=True), figure_words(12.0, 1, trims=True)
    ('1,234,567', '−2.35', '12.5', '12')
    """
    if value is None:
        return UNKNOWN
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    words = f"{abs(rounded):,}"
    if trims and "." in words:
        words = words.rstrip("0").rstrip(".")
    return f"{MINUS}{words}" if rounded < 0 else words


def number(value: Number | None, places: int = 0) -> SafeString:
    """Return a number for a column of figures."""
    return unknown() if value is None else format_html('<span class="num">{}</span>', figure_words(value, places))


def signed(value: Number | None, places: int = 0) -> SafeString:
    """Return a difference: with its sign, also a plus."""
    if value is None:
        return unknown()
    words = figure_words(value, places)
    return format_html('<span class="num">{}{}</span>', "+" if value > 0 else "", words)


def percent(permille: Number | None, places: int = 0) -> SafeString:
    """Return a share that is given in permille."""
    return unknown() if permille is None else _percent(permille, places)


@lru_cache(maxsize=2048)
def _percent(permille: Number, places: int) -> SafeString:
    return with_unit(figure_words(Decimal(str(permille)) / 10, places), "%")


def index(value: Number | None) -> SafeString:
    """Return an index (SPI, CPI) with two decimals."""
    return number(value, 2)


def person_days(effort_minutes: Number | None, minutes_a_day: int = 480) -> SafeString:
    """Return effort in person-days with one decimal where there is one."""
    if effort_minutes is None:
        return unknown()
    days = Decimal(str(effort_minutes)) / minutes_a_day
    count = 1 if days == 1 else 2
    return with_unit(figure_words(days, 1, trims=True), ngettext("person-day", "person-days", count))


def working_days(duration_minutes: Number | None, minutes_a_day: int = 480) -> SafeString:
    """Return a duration in working days with one decimal where there is one."""
    if duration_minutes is None:
        return unknown()
    days = Decimal(str(duration_minutes)) / minutes_a_day
    count = 1 if days == 1 else 2
    return with_unit(figure_words(days, 1, trims=True), ngettext("working day", "working days", count))


def yen(amount: Number | None) -> SafeString:
    """Return an amount of yen in full."""
    return (
        unknown() if amount is None else format_html('<span class="num">{}</span>', _yen_words(amount, "¥%(amount)s"))
    )


def thousand_yen(amount: Number | None) -> SafeString:
    """Return an amount of yen in thousands, rounded half up."""
    if amount is None:
        return unknown()
    # Translators: an amount in thousands of yen.
    words = _yen_words(Decimal(str(amount)) / 1000, gettext("¥%(amount)sk"))
    return format_html('<span class="num">{}</span>', words)


def file_size(size_bytes: int | None) -> SafeString:
    """Return the size of a file."""
    if size_bytes is None:
        return unknown()
    if size_bytes < 1024:
        return with_unit(figure_words(size_bytes), "B")
    if size_bytes < 1024 * 1024:
        return with_unit(figure_words(size_bytes / 1024), "kB")
    return with_unit(figure_words(size_bytes / 1024 / 1024, 1), "MB")


def with_unit(words: str, unit: str) -> SafeString:
    """Return a figure with its unit in quiet ink; English units that are words keep their space."""
    gap = " " if len(unit) > 2 and unit.isascii() else ""
    return format_html('<span class="num">{}{}<span class="unit">{}</span></span>', words, gap, unit)


def _yen_words(amount: Number, template: str) -> str:
    words = figure_words(amount)
    sign = MINUS if words.startswith(MINUS) else ""
    return sign + template % {"amount": words.removeprefix(MINUS)}
