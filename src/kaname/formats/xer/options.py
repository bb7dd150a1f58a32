"""The project row and the schedule options."""

from dataclasses import dataclass
from typing import Final

from kaname.engine.network.plan import Dialect, FloatRule, LagCalendar, ProgressRule, ScheduleRules
from kaname.formats.xer.cells import Cells

_LAG_CALENDARS: Final = {
    "rcal_Predecessor": LagCalendar.PREDECESSOR,
    "rcal_Successor": LagCalendar.SUCCESSOR,
    "rcal_ProjDefault": LagCalendar.PROJECT,
    "rcal_24Hour": LagCalendar.CLOCK,
}
_FLOAT_RULES: Final = {"FT_FF": FloatRule.FINISH, "FT_SF": FloatRule.START, "FT_LESS": FloatRule.SMALLEST}
LONGEST_PATH: Final = "CT_DrivPath"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """What the project row says."""

    name: str
    start_at: int | None
    must_finish_at: int | None
    finish_at: int | None
    status_at: int | None
    calendar_key: str
    critical_float_minutes: int
    is_critical_by_longest_path: bool


def read_project(cells: Cells) -> ProjectRow:
    """Read one row of the table PROJECT."""
    return ProjectRow(
        name=cells.text("proj_name") or cells.text("proj_short_name"),
        start_at=cells.moment("plan_start_date"),
        must_finish_at=cells.moment("plan_end_date"),
        finish_at=cells.stored_moment("scd_end_date"),
        status_at=cells.moment("last_recalc_date"),
        calendar_key=cells.text("clndr_id"),
        critical_float_minutes=cells.signed_minutes("critical_drtn_hr_cnt") or 0,
        is_critical_by_longest_path=cells.text("critical_path_type") == LONGEST_PATH,
    )


def read_rules(options: Cells | None, project: ProjectRow) -> ScheduleRules:
    """Return the rules of a project; without options those that Primavera P6 starts with.

    Retained logic and progress override both off means that actual dates rule.
    """
    if options is None:
        return ScheduleRules(
            dialect=Dialect.PRIMAVERA,
            lag_calendar=LagCalendar.PREDECESSOR,
            float_rule=FloatRule.FINISH,
            critical_float_minutes=project.critical_float_minutes,
        )
    return ScheduleRules(
        dialect=Dialect.PRIMAVERA,
        lag_calendar=_LAG_CALENDARS.get(options.text("sched_calendar_on_relationship_lag"), LagCalendar.PREDECESSOR),
        progress_rule=_progress_rule(options),
        float_rule=_FLOAT_RULES.get(options.text("sched_float_type"), FloatRule.FINISH),
        critical_float_minutes=project.critical_float_minutes,
    )


def _progress_rule(options: Cells) -> ProgressRule:
    if options.flag("sched_progress_override"):
        return ProgressRule.PROGRESS_OVERRIDE
    if options.text("sched_retained_logic") == "N":
        return ProgressRule.ACTUAL_DATES
    return ProgressRule.RETAINED_LOGIC
