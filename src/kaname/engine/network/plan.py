"""A plan as it is handed in: tasks, links, calendars, people; no result of ours inside.

All moments are wall minutes (`engine.units`), all durations and efforts whole minutes, units and percentages permille,
money whole minor units.  `None` means unknown or not given, never zero.  The order of `Plan.tasks` is the order of the
outline.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kaname.engine.calendar.types import Calendar


class LinkType(StrEnum):
    """Which end of the predecessor drives which end of the successor."""

    FS = "fs"
    SS = "ss"
    FF = "ff"
    SF = "sf"


class LagUnit(StrEnum):
    """How a lag is counted.  Percentages are permille of the predecessor's duration."""

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    ELAPSED_PERCENT = "elapsed_percent"


class ConstraintType(StrEnum):
    """The eight constraint kinds of MS Project, and Primavera's mandatory dates, which break logic."""

    ASAP = "asap"
    ALAP = "alap"
    SNET = "snet"
    SNLT = "snlt"
    FNET = "fnet"
    FNLT = "fnlt"
    MSO = "mso"
    MFO = "mfo"
    MANDATORY_START = "mandatory_start"
    MANDATORY_FINISH = "mandatory_finish"


class TaskKind(StrEnum):
    """What a task is in the outline."""

    WORK = "work"
    MILESTONE = "milestone"
    START_MILESTONE = "start_milestone"
    FINISH_MILESTONE = "finish_milestone"
    SUMMARY = "summary"
    HAMMOCK = "hammock"
    """Stretches from its first predecessor to its last successor (level of effort)."""


class TaskMode(StrEnum):
    """Whether the engine decides the dates or a person does."""

    AUTO = "auto"
    MANUAL = "manual"


class DurationKind(StrEnum):
    """Whether a duration counts working minutes of the task's calendar or minutes of the clock."""

    WORKING = "working"
    ELAPSED = "elapsed"


class TaskType(StrEnum):
    """What stays fixed when duration, effort and units disagree."""

    FIXED_UNITS = "fixed_units"
    FIXED_DURATION = "fixed_duration"
    FIXED_WORK = "fixed_work"


class ResourceKind(StrEnum):
    """Only work resources carry a calendar and a capacity."""

    WORK = "work"
    MATERIAL = "material"
    COST = "cost"


class ScheduleFrom(StrEnum):
    """From which end the plan is scheduled."""

    START = "start"
    FINISH = "finish"


class LagCalendar(StrEnum):
    """Whose calendar counts a working lag."""

    SUCCESSOR = "successor"
    PREDECESSOR = "predecessor"
    PROJECT = "project"
    CLOCK = "clock"


class ProgressRule(StrEnum):
    """What out-of-sequence progress does to the remaining work."""

    RETAINED_LOGIC = "retained_logic"
    PROGRESS_OVERRIDE = "progress_override"
    ACTUAL_DATES = "actual_dates"


class FloatRule(StrEnum):
    """Which difference is the total float."""

    SMALLEST = "smallest"
    START = "start"
    FINISH = "finish"


class Dialect(StrEnum):
    """Whose rules decide where products differ (see docs, page on the network)."""

    MICROSOFT = "microsoft"
    PRIMAVERA = "primavera"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRules:
    """The options of a plan that change dates."""

    dialect: Dialect = Dialect.MICROSOFT
    schedule_from: ScheduleFrom = ScheduleFrom.START
    lag_calendar: LagCalendar = LagCalendar.SUCCESSOR
    progress_rule: ProgressRule = ProgressRule.RETAINED_LOGIC
    float_rule: FloatRule = FloatRule.SMALLEST
    honors_constraints: bool = True
    """Constraint dates beat links ("tasks will always honor their constraint dates")."""
    splits_in_progress: bool = True
    reschedules_remaining_work: bool = False
    """Remaining work of a started task never lies before the status date."""
    critical_float_minutes: int = 0
    """A task is critical when its total float is at most this."""
    multiple_critical_paths: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One working stretch of a split task, `[start_at, finish_at)`."""

    start_at: int
    finish_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What was once agreed; number 0 is the baseline in force."""

    number: int
    start_at: int | None = None
    finish_at: int | None = None
    duration_minutes: int | None = None
    effort_minutes: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDates:
    """What the file or the last run says; never an input of the calculation."""

    start_at: int | None = None
    finish_at: int | None = None
    early_start_at: int | None = None
    early_finish_at: int | None = None
    late_start_at: int | None = None
    late_finish_at: int | None = None
    total_float_minutes: int | None = None
    free_float_minutes: int | None = None
    is_critical: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What was reported of a task.

    `percent_permille` is the share of the duration that is done; `actual_duration_minutes` and
    `remaining_duration_minutes` win over it where given.  `stop_at` and `resume_at` are where finished work ends and
    remaining work begins.
    """

    percent_permille: int = 0
    physical_permille: int | None = None
    actual_start_at: int | None = None
    actual_finish_at: int | None = None
    actual_duration_minutes: int | None = None
    remaining_duration_minutes: int | None = None
    stop_at: int | None = None
    resume_at: int | None = None
    actual_effort_minutes: int | None = None
    remaining_effort_minutes: int | None = None
    actual_cost: int | None = None


NOT_STARTED = Progress()
"""The progress of a task of which nothing was reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the plan.

    `duration_minutes` counts as `duration_kind` says; a summary's is derived and may be `None`.  `manual_start_at` and
    `manual_finish_at` are a person's own dates of a manual task.  `leveling_delay_minutes` are clock minutes added before
    the start.  `external_start_at` and `external_finish_at` are the dates of a ghost task of another plan: it is not
    scheduled, it drives.
    """

    uid: int
    name: str
    parent_uid: int | None = None
    wbs_code: str = ""
    kind: TaskKind = TaskKind.WORK
    mode: TaskMode = TaskMode.AUTO
    is_active: bool = True
    is_external: bool = False
    duration_minutes: int | None = None
    duration_kind: DurationKind = DurationKind.WORKING
    is_estimated: bool = False
    calendar_uid: int | None = None
    ignores_resource_calendars: bool = False
    constraint: ConstraintType = ConstraintType.ASAP
    constraint_at: int | None = None
    second_constraint: ConstraintType | None = None
    second_constraint_at: int | None = None
    deadline_at: int | None = None
    expected_finish_at: int | None = None
    suspended_at: int | None = None
    resumed_at: int | None = None
    priority: int = 500
    leveling_delay_minutes: int = 0
    task_type: TaskType = TaskType.FIXED_UNITS
    is_effort_driven: bool = False
    effort_minutes: int | None = None
    fixed_cost: int | None = None
    cost: int | None = None
    manual_start_at: int | None = None
    manual_finish_at: int | None = None
    external_start_at: int | None = None
    external_finish_at: int | None = None
    segments: tuple[Segment, ...] = ()
    progress: Progress = NOT_STARTED
    baselines: tuple[Baseline, ...] = ()
    stored: StoredDates | None = None
    notes: str = ""
    source_key: str = ""
    """The object's own name in the file it came from: an id, a GUID, a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A dependency.  `lag` is minutes, or permille of the predecessor's duration for percent units; negative = lead."""

    predecessor_uid: int
    successor_uid: int
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING
    external_reference: str = ""
    """Where the predecessor lives when it is in another plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A person, a team, a machine, a material or a cost."""

    uid: int
    name: str
    reading: str = ""
    """The name in kana, by which Japanese lists are sorted."""
    kind: ResourceKind = ResourceKind.WORK
    max_units_permille: int = 1000
    calendar_uid: int | None = None
    rate_per_hour: int | None = None
    overtime_rate_per_hour: int | None = None
    cost_per_use: int | None = None
    email: str = ""
    group: str = ""
    code: str = ""
    is_generic: bool = False
    notes: str = ""
    source_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who works on what.  `resource_uid` is `None` for work that nobody has yet."""

    task_uid: int
    resource_uid: int | None
    units_permille: int = 1000
    effort_minutes: int | None = None
    actual_effort_minutes: int | None = None
    remaining_effort_minutes: int | None = None
    delay_minutes: int = 0
    leveling_delay_minutes: int = 0
    start_at: int | None = None
    finish_at: int | None = None
    cost: int | None = None
    contour: str = ""
    source_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole schedule.

    `tasks` are in outline order, parents before their children.  `uid`s are unique per kind.  `calendar_uid` names the
    project calendar among `calendars`.  `status_at` is the status or data date.  `minutes_per_day` and the like convert
    days in files and on screen; they never change dates.
    """

    name: str = ""
    start_at: int | None = None
    finish_at: int | None = None
    status_at: int | None = None
    must_finish_at: int | None = None
    """The day that the whole plan must meet: late dates are counted back from it rather than from the computed finish."""
    calendar_uid: int | None = None
    calendars: tuple[Calendar, ...] = ()
    tasks: tuple[Task, ...] = ()
    links: tuple[Link, ...] = ()
    resources: tuple[Resource, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    rules: ScheduleRules = field(default_factory=ScheduleRules)
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    currency: str = ""
    author: str = ""
    company: str = ""
    source_product: str = ""
    """The product that wrote the file and its version, as far as the file says."""
