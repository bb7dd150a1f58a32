"""Words of the reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaname.engine.text import Message
from kaname.ground.projects.types import Health


class IndicatorCode(models.TextChoices):
    """What health is computed from."""

    FORECAST = "forecast", _("Schedule forecast")
    BUFFER = "buffer", _("Buffer use")
    FLOAT = "float", _("Float erosion")
    EARNED = "earned", _("Earned value")
    QUALITY = "quality", _("Plan quality")
    OVERDUE = "overdue", _("Overdue progress")
    FRESHNESS = "freshness", _("Data freshness")


@dataclass(frozen=True, slots=True)
class Offence:
    """A task behind an indicator's colour, and why."""

    task_id: int
    name: str
    why: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One input of health with its own colour and its sentence.

    `values` are the figures that decided, by name; `limits` the thresholds they met, by the names of `Limits`.
    """

    code: IndicatorCode
    health: Health
    sentence: Message
    values: Mapping[str, int | None] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    offences: tuple[Offence, ...] = ()
    offence_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Thresholds of the health rules; days are working days of the plan, shares permille.

    An indicator turns to attention or danger when it goes beyond its limit.
    """

    delay_attention_days: int = 3
    delay_danger_days: int = 10
    delay_attention_permille: int = 30
    """Delay as a share of the planned duration; days and share must both be exceeded for attention."""
    delay_danger_permille: int = 100
    """Days or share, whichever is exceeded first, make danger."""
    buffer_attention_permille: int = 100
    """How far the used share of the buffer may run ahead of the done share of the work."""
    buffer_danger_permille: int = 330
    float_used_permille: int = 500
    """A task that has used more than this share of its agreed float counts as eroded."""
    float_attention_permille: int = 100
    """Eroded tasks as a share of the unfinished ones that had float."""
    float_danger_permille: int = 330
    spi_t_attention_permille: int = 950
    spi_t_danger_permille: int = 850
    cpi_attention_permille: int = 950
    cpi_danger_permille: int = 850
    earned_from_permille: int = 50
    """Before so much of the work was planned to be done, SPI(t) and CPI say nothing."""
    quality_attention_points: int = 4
    """Failed points of the clinic."""
    overdue_attention_permille: int = 50
    overdue_danger_permille: int = 200
    overdue_grace_days: int = 2
    fresh_attention_days: int = 5
    stale_days: int = 10
    """Without a report for so many working days the computed health is unknown, unless something else is in danger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of an assessment, before it is kept."""

    health: Health
    indicators: tuple[Indicator, ...]
    status_at: int
    start_at: int | None
    finish_at: int | None
    baseline_finish_at: int | None
    forecast_finish_at: int | None
    delay_days_tenths: int | None
    done_permille: int | None
    planned_permille: int | None
    spi_t_permille: int | None
    cpi_permille: int | None
    tasks: int
    overdue_tasks: int
    critical_tasks: int
    data_age_days: int | None


Facts = Mapping[str, Any]
