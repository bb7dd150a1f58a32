"""Small drawings on the server: sparkline, forecast whisker with its shared axis, amount.

Horizontal places are percentages of the drawing's width, so nothing is distorted and no script is needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kaname.ui.components.dates import day_words, language, month_name
from kaname.ui.components.markup import fill
from kaname.ui.components.numbers import figure_words
from kaname.ui.types import Forecast

SPARK_WIDTH: Final = 72
SPARK_HEIGHT: Final = 18
_MOST_TICKS: Final = 9
_REMEMBERED: Final = 4096
"""How many drawings are kept: those of a table come again with every look at it."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """A time span that all rows of a table share.

    Parameters
    ----------
    starts_on, ends_before
        First day and the day after the last one.
    today
        Where the red line stands.
    key
        Name that is unique on the page.
    """

    starts_on: date
    ends_before: date
    today: date
    key: str = "axis"

    @classmethod
    def over(cls, days: Iterable[date | None], today: date, key: str = "axis") -> "TimeAxis":
        """Return the axis of whole months around days and today.

        Examples
        --------
        >>> TimeAxis.over([date(2026, 3, 9), None, date(2026, 12, 24)], date(2026, 7, 1))
        TimeAxis(starts_on=datetime.date(2026, 3, 1), ends_before=datetime.date(2027, 1, 1), today=datetime.date(2026, 7, 1), key='axis')
        """
        known = [day for day in days if day is not None]
        first, last = min([*known, today]), max([*known, today])
        return cls(first.replace(day=1), _next_month(last), today, key)

    def at(self, day: date) -> str:
        """Return the place of a day in percent of the width, kept within the axis.

        Examples
        --------
        >>> TimeAxis(date(2026, 1, 1), date(2026, 1, 11), date(2026, 1, 6)).at(date(2026, 1, 6))
        '50.00'
        """
        share = (day - self.starts_on).days / (self.ends_before - self.starts_on).days
        return f"{min(max(share, 0.0), 1.0) * 100:.2f}"

    def ticks(self) -> Iterator[date]:
        """Yield the first days of months, thinned out to quarters, half-years or years when there are many."""
        months = (self.ends_before.year - self.starts_on.year) * 12 + self.ends_before.month - self.starts_on.month
        every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= _MOST_TICKS), 120)
        month = self.starts_on
        while month < self.ends_before:
            if ((month.year * 12) + month.month - 1) % every == 0:
                yield month
            month = _next_month(month)


def axis(of: TimeAxis) -> SafeString:
    """Return the head of a whisker column: month names, today, and the grid that the rows repeat."""
    lines = format_html_join(
        "", '<line class="axis-tick" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>', ((of.at(tick),) for tick in of.ticks())
    )
    names = format_html_join(
        "",
        '<text x="{}%" dx="3" y="13">{}</text>',
        ((of.at(tick), _tick_name(tick)) for tick in of.ticks() if float(of.at(tick)) < 91),
    )
    return format_html(
        '<svg class="axis" aria-hidden="true"><defs><g id="{key}-lines">{lines}'
        '<line class="whisker-today" x1="{today}%" x2="{today}%" y1="0" y2="100%"/></g></defs>{names}'
        '<circle class="axis-today" cx="{today}%" cy="18" r="2.5"/></svg>',
        key=of.key,
        lines=lines,
        names=names,
        today=of.at(of.today),
    )


def _tick_name(tick: date) -> str:
    name = month_name(tick, language())
    return f"’{name[2:]}" if tick.month == 1 else name


def whisker(forecast: Forecast, of: TimeAxis) -> SafeString:
    """Return one row's forecast: run so far, bar from P50 to P80, tick of the baseline, on the axis of the column."""
    return _whisker(forecast, of, language())


@lru_cache(maxsize=_REMEMBERED)
def _whisker(forecast: Forecast, of: TimeAxis, _language: str) -> SafeString:
    late = "-late" if _is_late(forecast) else ""
    return fill(
        '<svg class="whisker" role="img" aria-label="{}"><use href="#{}-lines"></use><svg class="whisker-middle" y="50%">{}{}{}</svg></svg>',
        _forecast_words(forecast),
        of.key,
        _run(forecast, of),
        _range(forecast, of, late),
        _baseline(forecast, of),
    )


def sparkline(
    values: Sequence[float | None], *, label: str, base: float | None = None, is_bad: bool = False, places: int = 2
) -> SafeString:
    """Return the course of a figure in a row; first, last, lowest and highest value are said in words."""
    return _sparkline(tuple(values), str(label), base, is_bad, places, language())


@lru_cache(maxsize=_REMEMBERED)
def _sparkline(
    values: tuple[float | None, ...], label: str, base: float | None, is_bad: bool, places: int, _language: str
) -> SafeString:
    known = [value for value in values if value is not None]
    if not known:
        return format_html('<span class="quiet small">{}</span>', gettext("No values yet"))
    low, high = (
        min([*known, *([base] if base is not None else [])]),
        max([*known, *([base] if base is not None else [])]),
    )
    points = [
        (_along(place, len(values)), _up(value, low, high)) for place, value in enumerate(values) if value is not None
    ]
    base_line = (
        format_html('<path class="spark-base" d="M0 {0}H{1}"/>', f"{_up(base, low, high):.1f}", SPARK_WIDTH)
        if base is not None
        else ""
    )
    return fill(
        '<svg class="spark{}" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}'
        '<polyline class="spark-line" points="{}"/><circle class="spark-end" cx="{}" cy="{}" r="2.25"/></svg>',
        " spark-danger" if is_bad else "",
        _course_words(label, known, places),
        SPARK_WIDTH,
        SPARK_HEIGHT,
        SPARK_WIDTH,
        SPARK_HEIGHT,
        base_line,
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        f"{points[-1][0]:.1f}",
        f"{points[-1][1]:.1f}",
    )


def amount(permille: int | None, *, planned_permille: int | None = None, label: str = "") -> SafeString:
    """Return a share as a bar and in figures, with a tick where the plan wanted it to be; above 1000 the bar turns red."""
    return _amount(permille, planned_permille, str(label), language())


@lru_cache(maxsize=_REMEMBERED)
def _amount(permille: int | None, planned_permille: int | None, label: str, _language: str) -> SafeString:
    if permille is None:
        return format_html('<span class="quiet">{}</span>', gettext("Not reported"))
    words = figure_words(permille / 10)
    plan = (
        format_html('<line class="amount-plan" x1="{0}%" x2="{0}%" y1="0" y2="8"/>', _clipped(planned_permille))
        if planned_permille is not None
        else ""
    )
    return fill(
        '<span class="amount"><svg aria-hidden="true"><rect class="amount-track" y="2" width="100%" height="4" rx="2"/>'
        '<rect class="{}" y="2" width="{}%" height="4" rx="2"/>{}</svg><span class="num">{}<span class="unit">%</span></span>'
        '<span class="hidden-text">{}</span></span>',
        "amount-over" if permille > 1000 else "amount-fill",
        _clipped(permille),
        plan,
        words,
        _amount_words(label, planned_permille),
    )


def _clipped(permille: int) -> str:
    return figure_words(min(max(permille, 0), 1000) / 10, 1)


def _amount_words(label: str, planned_permille: int | None) -> str:
    if planned_permille is None:
        return label
    planned = gettext("planned %(share)s%%") % {"share": figure_words(planned_permille / 10)}
    return f"{label} ({planned})" if label else f"({planned})"


def _is_late(forecast: Forecast) -> bool:
    return forecast.p50_on is not None and forecast.baseline_on is not None and forecast.p50_on > forecast.baseline_on


def _forecast_words(forecast: Forecast) -> str:
    return gettext("Baseline %(baseline)s, P50 %(p50)s, P80 %(p80)s") % {
        "baseline": day_words(forecast.baseline_on),
        "p50": day_words(forecast.p50_on),
        "p80": day_words(forecast.p80_on),
    }


def _run(forecast: Forecast, of: TimeAxis) -> SafeString | str:
    end = forecast.p50_on or forecast.baseline_on
    if forecast.started_on is None or end is None:
        return ""
    return fill('<line class="whisker-run" x1="{}%" x2="{}%" y1="0" y2="0"/>', of.at(forecast.started_on), of.at(end))


def _range(forecast: Forecast, of: TimeAxis, late: str) -> SafeString | str:
    if forecast.p50_on is None:
        return ""
    start, end = float(of.at(forecast.p50_on)), float(of.at(forecast.p80_on or forecast.p50_on))
    return fill(
        '<rect class="whisker-range{0}" x="{1}%" y="-4" width="{2}%" height="8"/>'
        '<rect class="whisker-bar{0}" x="{1}%" y="-6" width="3" height="12" rx="1"/>',
        late,
        f"{start:.2f}",
        f"{max(end - start, 0.0):.2f}",
    )


def _baseline(forecast: Forecast, of: TimeAxis) -> SafeString | str:
    if forecast.baseline_on is None:
        return ""
    return fill('<line class="whisker-base" x1="{0}%" x2="{0}%" y1="-9" y2="9"/>', of.at(forecast.baseline_on))


def _along(place: int, count: int) -> float:
    return 2 + (SPARK_WIDTH - 4.5) * (place / (count - 1) if count > 1 else 1)


def _up(value: float, low: float, high: float) -> float:
    return SPARK_HEIGHT / 2 if high == low else 2.5 + (SPARK_HEIGHT - 5) * (high - value) / (high - low)


def _course_words(label: str, known: Sequence[float], places: int) -> str:
    return gettext("%(label)s: from %(first)s to %(last)s, lowest %(low)s, highest %(high)s") % {
        "label": label,
        "first": figure_words(known[0], places),
        "last": figure_words(known[-1], places),
        "low": figure_words(min(known), places),
        "high": figure_words(max(known), places),
    }


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
