"""A series of defects found and the curve that fits it, drawn with characters."""

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import numpy as np

from kaname.engine.growth import GroupedCounts, Growth, Series, expected_found
from kaname.formats.series import DefectSeries

_WIDTH: Final = 64
_HEIGHT: Final = 14
_FURTHEST: Final = 2.0
"""So many times the length of the test the chart reaches at most."""
_OBSERVED: Final = "o"
_EXPECTED: Final = "."


def chart_lines(read: DefectSeries, growth: Growth) -> list[str]:
    """Return the lines of a chart: cumulative defects over time, both axes from 0."""
    until = growth.until
    end = until if growth.day is None else min(max(growth.day.value, until), _FURTHEST * until)
    times = [end * (column + 1) / _WIDTH for column in range(_WIDTH)]
    expected = expected_found(growth.best, times) if growth.best is not None else ()
    top = max(growth.found, max(expected, default=0.0), 1.0)
    cells = [[" "] * _WIDTH for _ in range(_HEIGHT)]
    for column, value in enumerate(expected):
        cells[_row(value, top)][column] = _EXPECTED
    for column, found in enumerate(_observed(read.series, times)):
        if found is not None:
            cells[_row(found, top)][column] = _OBSERVED
    label = len(f"{top:.0f}")
    lines = [f"{f'{top:.0f}' if at == 0 else '':>{label}} |{''.join(row).rstrip()}" for at, row in enumerate(cells)]
    lines.append(f"{'0':>{label}} +{'-' * _WIDTH}")
    first, last = _at(read, 0.0), _at(read, end)
    lines.append(f"{'':>{label}}  {first}{last:>{_WIDTH - len(first)}}")
    return lines


def _row(value: float, top: float) -> int:
    return min(_HEIGHT - 1, max(0, _HEIGHT - 1 - math.floor(value / top * (_HEIGHT - 1) + 0.5)))


def _observed(series: Series, times: Sequence[float]) -> list[float | None]:
    """Return how many were found by each time; `None` after the end of the observation."""
    if isinstance(series, GroupedCounts):
        ends, totals = [0.0, *series.ends], [0, *accumulate(series.counts)]
    else:
        ends, totals = [0.0, *series.times], list(range(len(series.times) + 1))
    places = np.searchsorted(np.array(ends), np.array(times) * (1 + 1e-9), side="right") - 1
    step = times[0]
    return [
        totals[at] if time <= series.until + step * 1e-6 else None
        for at, time in zip(places.tolist(), times, strict=True)
    ]


def _at(read: DefectSeries, time: float) -> str:
    if read.starts_on is not None:
        day = read.day_of(time)
        return "" if day is None else day.isoformat()
    return f"{time + read.offset:.5g}"
