"""Words of the portfolio."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaname.engine.text import Message


@dataclass(frozen=True, slots=True)
class Attention:
    """How urgently a project wants a look: `score` orders (more = sooner), `reason` says it in one phrase."""

    score: int
    reason: Message


class Shown(models.TextChoices):
    """Which projects are shown by where they stand; by default those that run."""

    RUNNING = "running", _("Running and proposed")
    ACTIVE = "active", _("In progress")
    ON_HOLD = "on_hold", _("On hold")
    PROPOSED = "proposed", _("Proposed")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


class Only(models.TextChoices):
    """What else the list can be narrowed to."""

    WATERMELONS = "watermelons", _("Reported better than computed")
    LATE = "late", _("Late only")
    STALE = "stale", _("Stale reports only")


class Grouping(models.TextChoices):
    """By what the lines are put together."""

    GROUP = "group", _("By portfolio or programme")
    DEPARTMENT = "department", _("By department")


class Order(models.TextChoices):
    """What the lines can be sorted by; the codes stand in the address."""

    LOOK = "look", _("Look here first")
    NAME = "name", _("Project")
    REPORTED = "reported", _("Reported")
    COMPUTED = "computed", _("Computed")
    FINISH = "finish", _("Forecast finish")
    DELAY = "delay", _("Delay")
    SPI = "spi", _("SPI(t)")
    PROGRESS = "progress", _("Progress")
    FRESH = "fresh", _("Newest report")
    PM = "pm", _("PM")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is shown and in which order; empty = everything that runs, look here first."""

    words: str = ""
    shown: Shown = Shown.RUNNING
    computed: str = ""
    reported: str = ""
    only: str = ""
    department: int | None = None
    group: int | None = None
    project_class: int | None = None
    pm: str = ""
    grouping: str = ""
    order: Order = Order.LOOK
    is_descending: bool = False


class LineRow(NamedTuple):
    """One line with what the page needs of its project; the fields follow `queries.COLUMNS`.

    Trend and reason are the JSON that is kept of them: most lines look as they looked before, and are not read again.
    """

    project_id: int
    code: str
    name: str
    name_en: str
    state: str
    department: str
    department_en: str
    group: str | None
    group_en: str | None
    computed: str
    reported: str
    reported_on: date | None
    pm_name: str
    start_at: int | None
    baseline_finish_at: int | None
    forecast_finish_at: int | None
    delay_days_tenths: int | None
    done_permille: int | None
    planned_permille: int | None
    spi_t_permille: int | None
    cpi_permille: int | None
    trend: str
    last_report_at: datetime | None
    report_age_days: int | None
    freshness: str
    tasks: int
    overdue_tasks: int
    reason: str | None

    @property
    def is_watermelon(self) -> bool:
        """Whether it is reported better than computed."""
        return (self.reported, self.computed) in WATERMELONS

    @property
    def is_late(self) -> bool:
        """Whether the forecast lies behind the baseline."""
        return (self.delay_days_tenths or 0) > 0


WATERMELONS = frozenset({("well", "attention"), ("well", "danger"), ("attention", "danger")})
"""Pairs of reported and computed health that differ in the pleasant direction."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to filter by, with its name in both languages."""

    id: int
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: only what occurs among the lines that the viewer sees."""

    departments: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    classes: tuple[Choice, ...]
    pms: tuple[str, ...]
