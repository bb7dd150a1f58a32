"""Messages, measures and places of computed health in the reader's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from kaname.engine.text import Message
from kaname.kernel.text import translate
from kaname.pso.reports.types import Indicator, IndicatorCode
from kaname.ui.components.dates import UNKNOWN, day_words
from kaname.ui.components.numbers import figure_words
from kaname.ui.types import Text

_LENGTH: Final = re.compile(r"(?P<days>\d+(\.\d+)?)(?P<elapsed>e?)d")


class Unit(Enum):
    """What a kept whole number means."""

    DAYS = "days"
    DAYS_TENTHS = "days_tenths"
    SHARE = "share"
    INDEX = "index"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that decided an indicator, with the limits that it met; limits are names of `Limits`."""

    value: str
    label: Text
    unit: Unit
    attention: str = ""
    danger: str = ""
    is_worse_below: bool = False
    limit_unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure beside its limits, in words."""

    label: Text
    value: str
    limits: str


MEASURES: Final[Mapping[IndicatorCode, tuple[Measure, ...]]] = {
    IndicatorCode.FORECAST: (
        Measure(
            "delay_days_tenths",
            gettext_lazy("Delay"),
            Unit.DAYS_TENTHS,
            "delay_attention_days",
            "delay_danger_days",
            limit_unit=Unit.DAYS,
        ),
        Measure(
            "delay_permille",
            gettext_lazy("Delay as a share of the planned duration"),
            Unit.SHARE,
            "delay_attention_permille",
            "delay_danger_permille",
        ),
    ),
    IndicatorCode.BUFFER: (
        Measure("buffer_used_permille", gettext_lazy("Buffer used"), Unit.SHARE),
        Measure("done_permille", gettext_lazy("Work done"), Unit.SHARE),
        Measure(
            "ahead_permille",
            gettext_lazy("Buffer use ahead of the work"),
            Unit.SHARE,
            "buffer_attention_permille",
            "buffer_danger_permille",
        ),
        Measure("negative_tasks", gettext_lazy("Tasks after their deadline"), Unit.COUNT),
    ),
    IndicatorCode.FLOAT: (
        Measure("float_used_permille", gettext_lazy("Path float used, on average"), Unit.SHARE),
        Measure(
            "eroded_permille",
            gettext_lazy("Tasks that used much of their float"),
            Unit.SHARE,
            "float_attention_permille",
            "float_danger_permille",
        ),
    ),
    IndicatorCode.EARNED: (
        Measure(
            "spi_t_permille",
            gettext_lazy("SPI(t)"),
            Unit.INDEX,
            "spi_t_attention_permille",
            "spi_t_danger_permille",
            is_worse_below=True,
        ),
        Measure(
            "cpi_permille",
            gettext_lazy("CPI"),
            Unit.INDEX,
            "cpi_attention_permille",
            "cpi_danger_permille",
            is_worse_below=True,
        ),
    ),
    IndicatorCode.QUALITY: (
        Measure("failed_points", gettext_lazy("Failed points of the clinic"), Unit.COUNT, "quality_attention_points"),
    ),
    IndicatorCode.OVERDUE: (
        Measure(
            "overdue_permille",
            gettext_lazy("Due tasks without a report"),
            Unit.SHARE,
            "overdue_attention_permille",
            "overdue_danger_permille",
        ),
    ),
    IndicatorCode.FRESHNESS: (
        Measure("age_days", gettext_lazy("Age of the newest report"), Unit.DAYS, "fresh_attention_days", "stale_days"),
    ),
}
"""Which figures of an indicator are shown, in this order."""


def worded(message: Message) -> str:
    """Return a message in the reader's language, its days as lists write them."""
    params = {name: _readable(value) for name, value in message.params.items()}
    return translate(Message(message.template, params))


def measured(indicator: Indicator) -> tuple[Measured, ...]:
    """Return the known figures of an indicator beside their limits."""
    return tuple(
        Measured(measure.label, amount(value, measure.unit), _limit_words(measure, indicator.limits))
        for measure in MEASURES[indicator.code]
        if (value := indicator.values.get(measure.value)) is not None
    )


def amount(value: int | None, unit: Unit) -> str:
    """Return a kept whole number with its unit.

    Examples
    --------
    >>> from django.utils.translation import override
    >>> with override("ja"): amount(125, Unit.DAYS_TENTHS), amount(303, Unit.SHARE), amount(951, Unit.INDEX)
    ('12.5営業日', '30.3%', '0.95')
    """
    if value is None:
        return UNKNOWN
    match unit:
        case Unit.DAYS | Unit.DAYS_TENTHS:
            days = value / 10 if unit is Unit.DAYS_TENTHS else value
            template = ngettext("%(days)s working day", "%(days)s working days", 1 if days == 1 else 2)
            return template % {"days": figure_words(days, 1, trims=True)}
        case Unit.SHARE:
            return f"{figure_words(value / 10, 1, trims=True)}%"
        case Unit.INDEX:
            return figure_words(value / 1000, 2)
        case Unit.COUNT:
            # Translators: a number of tasks or points.
            return pgettext("amount", "%(count)s") % {"count": figure_words(value)}


def task_url(project_id: int, task_id: int) -> str:
    """Return where a task is shown; nothing while there is no such page."""
    try:
        return reverse("schedule:task", kwargs={"project": project_id, "task": task_id})
    except NoReverseMatch:
        return ""


def _readable(value: str | int) -> str | int:
    if isinstance(value, str) and (length := _LENGTH.fullmatch(value)):
        return (gettext("%(n)sed") if length["elapsed"] else gettext("%(n)sd")) % {"n": length["days"]}
    if isinstance(value, str) and len(value) == 10 and value[4] == "-" == value[7]:
        try:
            return day_words(date.fromisoformat(value))
        except ValueError:
            return value
    return value


def _limit_words(measure: Measure, limits: Mapping[str, int]) -> str:
    unit = measure.limit_unit or measure.unit
    attention, danger = limits.get(measure.attention), limits.get(measure.danger)
    if attention is None:
        return ""
    params = {"attention": amount(attention, unit), "danger": amount(danger, unit)}
    if danger is None:
        return gettext("attention above %(attention)s") % params
    if measure.is_worse_below:
        return gettext("attention below %(attention)s, danger below %(danger)s") % params
    if measure.danger == "stale_days":
        return gettext("attention above %(attention)s, unknown above %(danger)s") % params
    return gettext("attention above %(attention)s, danger above %(danger)s") % params
