"""Lines of the portfolio as rows of a table, drawn lean: 200 of them on every look."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from kaname.engine.text import Message
from kaname.engine.units import day_of
from kaname.ground.projects.types import Health
from kaname.pmo.portfolio.types import Grouping, LineRow
from kaname.pso.reports.web.words import worded
from kaname.ui.components.charts import TimeAxis, amount, sparkline, whisker
from kaname.ui.components.dates import UNKNOWN
from kaname.ui.components.marks import mark
from kaname.ui.components.markup import fill, joined
from kaname.ui.components.numbers import MINUS, figure_words
from kaname.ui.types import Forecast

_ROW: Final = (
    '<tr data-row data-peek="{peek}" data-href="{page}"{wash}><th scope="row" class="pin portfolio-name">'
    '<a href="{page}" data-peek="{peek}">{name}</a> <span class="quiet small">{code}</span></th>'
    '<td class="mid">{reported}</td><td><span class="mark">{computed}<a class="why" href="{why}" data-why rel="nofollow" '
    'aria-label="{why_label}">?</a></span></td><td class="portfolio-reason">{reason}</td><td class="whisker-cell">{whisker}</td><td class="end{late}">{delay}</td>'
    '<td><span class="portfolio-spi">{spark}<span class="num">{spi}</span></span></td><td>{progress}</td>'
    '<td class="end">{fresh}</td><td>{pm}</td></tr>'
)
_PLACES: Final = (
    "peek", "page", "wash", "name", "code", "reported", "computed", "why", "why_label", "reason", "whisker", "late", "delay", "spark",
    "spi", "progress", "fresh", "pm",
)  # fmt: skip
_PATTERN: Final = _ROW.format(**{name: f"{{{place}}}" for place, name in enumerate(_PLACES)})
_WASH: Final = SafeString(' class="portfolio-differs"')
_LATE: Final = SafeString(" late")
_NOTHING: Final = SafeString("")
_EARLIEST_MONTHS: Final = 6
_LATEST_MONTHS: Final = 24
_REMEMBERED_ROWS: Final = 4096
_ANY: Final = 987654321012345
"""A number that stands in an address for the project's until a row is drawn."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many projects have a computed health, and of those how many are reported as what."""

    health: Health
    count: int
    reported: tuple[tuple[Health, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All lines in a few figures."""

    count: int
    cells: tuple[Cell, ...]
    watermelons: int
    late: int
    late_days_tenths: int
    stale: int


@dataclass(frozen=True, slots=True)
class Band:
    """Lines under one heading; without grouping there is one band without a heading."""

    label: str
    count: int
    rows: SafeString


def shared_axis(lines: list[LineRow], today: date) -> TimeAxis:
    """Return the time axis of all lines: what runs, from half a year back to two years ahead at most."""
    ends = [
        minute for line in lines for minute in (line.baseline_finish_at, line.forecast_finish_at) if minute is not None
    ]
    starts = [line.start_at for line in lines if line.start_at is not None]
    days = [day_of(min(starts)), *([day_of(max(ends))] if ends else [])] if starts else []
    first, last = _months_from(today, -_EARLIEST_MONTHS), _months_from(today, _LATEST_MONTHS)
    return TimeAxis.over([min(max(day, first), last) for day in days], today, "portfolio")


def summarise(lines: list[LineRow]) -> Summary:
    """Count lines by computed and reported health."""
    pairs = Counter((line.computed, line.reported) for line in lines)
    late = [line.delay_days_tenths or 0 for line in lines if line.is_late]
    return Summary(
        count=len(lines),
        cells=tuple(_cell(health, pairs) for health in (Health.DANGER, Health.ATTENTION, Health.WELL, Health.UNKNOWN)),
        watermelons=sum(line.is_watermelon for line in lines),
        late=len(late),
        late_days_tenths=sum(late),
        stale=sum(line.freshness == Health.UNKNOWN for line in lines),
    )


def bands(lines: list[LineRow], *, axis: TimeAxis, grouping: str) -> list[Band]:
    """Return the drawn lines, put together by group or department where that is wanted; they are sorted so already."""
    language = get_language() or ""
    if not grouping:
        return [Band("", len(lines), joined([_drawn(line, axis, language) for line in lines]))]
    named = groupby(lines, key=lambda line: _band_name(line, grouping))
    grouped = [(label, list(inside)) for label, inside in named]
    return [
        Band(label, len(inside), joined([_drawn(line, axis, language) for line in inside])) for label, inside in grouped
    ]


def reason_words(reason: dict[str, object] | None) -> str:
    """Return a kept reason in the reader's language."""
    if not reason:
        return ""
    return worded(Message(str(reason["template"]), reason["params"]))  # type: ignore[arg-type]


def delay_words(tenths: int | None) -> str:
    """Return a delay in working days with its sign.

    Examples
    --------
    >>> delay_words(125), delay_words(-20), delay_words(0), delay_words(None)
    ('+12.5', '−2', '0', '–')
    """
    if tenths is None:
        return UNKNOWN
    whole, part = divmod(abs(tenths), 10)
    sign = "+" if tenths > 0 else MINUS if tenths < 0 else ""
    return f"{sign}{whole:,}{f'.{part}' if part else ''}"


@lru_cache(maxsize=_REMEMBERED_ROWS)
def _drawn(line: LineRow, axis: TimeAxis, language: str) -> SafeString:
    """Return a row; the same line on the same axis looks the same for all who read the language."""
    return _drawing(axis, language).row(line)


@lru_cache(maxsize=32)
def _drawing(axis: TimeAxis, language: str) -> "_Drawing":
    return _Drawing(axis, language)


class _Drawing:
    """What all rows share: addresses, words of the language, the axis."""

    def __init__(self, axis: TimeAxis, language: str) -> None:
        self._axis = axis
        self._peek = _address("portfolio:peek")
        self._why = _address("portfolio:why")
        self._page = _address("reports:health")
        self._why_label = gettext("Why?")
        self._language = language
        self._is_english = self._language.startswith("en")
        self._reported = {health.value: mark(health, is_computed=False) for health in Health}
        self._computed = {health.value: mark(health, is_computed=True) for health in Health}

    def row(self, line: LineRow) -> SafeString:
        number = line.project_id
        return fill(
            _PATTERN,
            self._peek % number,
            self._page % number,
            _WASH if line.is_watermelon else _NOTHING,
            line.name_en if self._is_english and line.name_en else line.name,
            line.code,
            self._reported[line.reported],
            self._computed[line.computed],
            self._why % number,
            self._why_label,
            reason_words(json.loads(line.reason) if line.reason else None),
            whisker(self._forecast(line), self._axis),
            _LATE if line.is_late else _NOTHING,
            delay_words(line.delay_days_tenths),
            _spark(json.loads(line.trend), line.spi_t_permille),
            _index(line.spi_t_permille),
            amount(line.done_permille, planned_permille=line.planned_permille),
            _fresh(line.report_age_days, line.freshness, self._language),
            line.pm_name,
        )

    def _forecast(self, line: LineRow) -> Forecast:
        return Forecast(
            started_on=_day(line.start_at),
            baseline_on=_day(line.baseline_finish_at),
            p50_on=_day(line.forecast_finish_at),
        )


def _address(name: str) -> str:
    return reverse(name, kwargs={"project": _ANY}).replace(str(_ANY), "%d")


def _cell(health: Health, pairs: Counter[tuple[str, str]]) -> Cell:
    reported = tuple(
        (said, pairs[health.value, said.value])
        for said in (Health.WELL, Health.ATTENTION, Health.DANGER, Health.UNKNOWN)
    )
    return Cell(health, sum(count for _, count in reported), reported)


def _band_name(line: LineRow, grouping: str) -> str:
    is_english = (get_language() or "").startswith("en")
    if grouping == Grouping.DEPARTMENT:
        return line.department_en if is_english and line.department_en else line.department
    name = line.group_en if is_english and line.group_en else line.group
    return name or gettext("In no portfolio or programme")


def _day(minute: int | None) -> date | None:
    return None if minute is None else day_of(minute)


def _spark(trend: list[int | None], newest: int | None) -> SafeString:
    values = [None if value is None else value / 1000 for value in trend]
    if not any(value is not None for value in values):
        return _NOTHING
    return sparkline(values, label="SPI(t)", base=1.0, is_bad=newest is not None and newest < 950)


def _index(permille: int | None) -> str:
    return UNKNOWN if permille is None else f"{permille / 1000:.2f}"


@lru_cache(maxsize=1024)
def _fresh(age_days: int | None, freshness: str, _language: str) -> SafeString:
    if age_days is None:
        return fill('<span class="quiet">{}</span>', UNKNOWN)
    words = ngettext("%(days)s day", "%(days)s days", age_days) % {"days": figure_words(age_days)}
    if freshness == Health.WELL:
        return fill("{}", words)
    return fill(
        '<span class="portfolio-stale">{}<span class="hidden-text"> ({})</span></span>', words, gettext("stale")
    )


def _months_from(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)
