"""Charts over time on the server: lines on a shared axis, and colours in force day by day.

Drawn in percent of the width, so that they fill their column; text stays text.  A table of the values stands behind each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.safestring import SafeString

from kaname.ui.components.charts import TimeAxis
from kaname.ui.components.dates import language, month_name
from kaname.ui.components.marks import shape
from kaname.ui.components.markup import fill, joined
from kaname.ui.types import Health, Text

_UNITS: Final = 1000
"""Height and width of the inner drawing; it is stretched to the chart's."""
_WIDEST_WORD: Final = 6.0
"""A run of days shows its word when it takes at least so much of the width, in percent."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart.

    Parameters
    ----------
    label
        Stands at its end.
    points
        Days with their values, in order; `None` breaks the line.
    kind
        How it looks: `computed` (ink), `plan` (quiet), `good` (indigo), `bad` (red).
    is_dashed
        Whether it is dashed, to be told apart without colour.
    """

    label: Text
    points: tuple[tuple[date, float | None], ...]
    kind: str = "computed"
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal rule of a chart with its words."""

    value: float
    label: Text
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Days with one colour: `[starts_on, ends_before)`."""

    health: Health
    starts_on: date
    ends_before: date


def plot(lines: Sequence[Line], *, of: TimeAxis, levels: Sequence[Level], label: Text) -> SafeString:
    """Return lines over time between the lowest and the highest of their values and levels."""
    values = [value for line in lines for _, value in line.points if value is not None]
    known = [*values, *(level.value for level in levels)]
    if not values:
        return SafeString("")
    scale = _Scale(min(known), max(known), of)
    return fill(
        '<svg class="plot" role="img" aria-label="{}">{}{}<line class="whisker-today" x1="{today}%" x2="{today}%" y1="0" y2="100%"/>'
        '<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%">{}</svg>{}</svg>'.replace(
            "{today}", of.at(of.today)
        ),
        label,
        _months(of),
        joined([_level(level, scale) for level in levels]),
        joined([_line(line, scale) for line in lines]),
        joined([_end(line, scale) for line in lines]),
    )


def runs(days: Sequence[tuple[date, Health]], *, ends_before: date) -> tuple[Run, ...]:
    """Return days with their colours as runs; each colour holds until the next day that is known.

    Examples
    --------
    >>> well = [(date(2026, 4, 6), Health.WELL), (date(2026, 4, 9), Health.WELL)]
    >>> [(run.starts_on.day, run.ends_before.day) for run in runs(well, ends_before=date(2026, 4, 12))]
    [(6, 12)]
    """
    found: list[Run] = []
    for place, (on, health) in enumerate(days):
        until = days[place + 1][0] if place + 1 < len(days) else max(ends_before, on + timedelta(days=1))
        if found and found[-1].health == health and found[-1].ends_before == on:
            found[-1] = Run(health, found[-1].starts_on, until)
        else:
            found.append(Run(health, on, until))
    return tuple(found)


def strip(found: Sequence[Run], *, of: TimeAxis, is_computed: bool, label: Text) -> SafeString:
    """Return colours day by day: filled bars when computed, outlined ones when reported, each with its mark."""
    kind = "computed" if is_computed else "reported"
    return fill(
        '<svg class="strip strip-{}" role="img" aria-label="{}">{}</svg>',
        kind,
        label,
        joined([_bar(run, of, kind) for run in found]),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    of: TimeAxis

    def up(self, value: float) -> float:
        """Return the place from the top in percent, with a margin above and below."""
        if self.high == self.low:
            return 50.0
        return 10 + 80 * (self.high - value) / (self.high - self.low)

    def along(self, day: date) -> float:
        return float(self.of.at(day))


def _line(line: Line, scale: _Scale) -> SafeString:
    pieces: list[list[str]] = [[]]
    for day, value in line.points:
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{scale.along(day) * _UNITS / 100:.1f},{scale.up(value) * _UNITS / 100:.1f}")
    dash = " plot-dashed" if line.is_dashed else ""
    return joined(
        [
            fill('<polyline class="plot-line plot-{}{}" points="{}"/>', line.kind, dash, " ".join(piece))
            for piece in pieces
            if piece
        ]
    )


def _end(line: Line, scale: _Scale) -> SafeString:
    known = [(day, value) for day, value in line.points if value is not None]
    if not known:
        return SafeString("")
    day, value = known[-1]
    along = scale.along(day)
    is_far = along > 75
    return fill(
        '<circle class="plot-end plot-{0}" cx="{1}%" cy="{2}%" r="3"/><text class="plot-label" x="{1}%" y="{2}%" dx="{3}" dy="{4}" '
        'text-anchor="{5}">{6}</text>',
        line.kind,
        f"{along:.2f}",
        f"{scale.up(value):.2f}",
        -6 if is_far else 6,
        -6,
        "end" if is_far else "start",
        line.label,
    )


def _level(level: Level, scale: _Scale) -> SafeString:
    place = f"{scale.up(level.value):.2f}"
    return fill(
        '<line class="plot-level{0}" x1="0" x2="100%" y1="{1}%" y2="{1}%"/><text class="plot-scale" x="0" y="{1}%" dy="-3">{2}</text>',
        f" plot-level-{level.kind}" if level.kind else "",
        place,
        level.label,
    )


def _months(of: TimeAxis) -> SafeString:
    return joined(
        [
            fill(
                '<line class="axis-tick" x1="{0}%" x2="{0}%" y1="0" y2="100%"/><text class="plot-scale" x="{0}%" y="100%" dx="3" dy="-3">{1}</text>',
                of.at(tick),
                month_name(tick, language()),
            )
            for tick in of.ticks()
            if float(of.at(tick)) < 94
        ]
    )


def _bar(run: Run, of: TimeAxis, kind: str) -> SafeString:
    start, end = float(of.at(run.starts_on)), float(of.at(run.ends_before))
    width = max(end - start, 0.3)
    word = (
        fill('<text class="strip-word" x="{}%" y="50%" dx="20" dy="4">{}</text>', f"{start:.2f}", run.health.label)
        if width >= _WIDEST_WORD
        else ""
    )
    return fill(
        '<g class="mark-{0} mark-{1}"><rect class="strip-bar" x="{2}%" y="3" width="{3}%" height="18"/>'
        '<svg x="{2}%" y="5" width="18" height="14" viewBox="-2 0 18 14" class="strip-mark">{4}</svg>{5}</g>',
        run.health.value,
        kind,
        f"{start:.2f}",
        f"{width:.2f}",
        shape(run.health) if width >= 1.6 else SafeString(""),
        word,
    )
