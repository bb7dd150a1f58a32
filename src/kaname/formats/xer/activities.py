"""Activities of an XER file."""

from dataclasses import dataclass
from typing import Final

from kaname.engine.network.plan import (
    NOT_STARTED,
    Baseline,
    ConstraintType,
    Progress,
    StoredDates,
    Task,
    TaskKind,
    TaskType,
)
from kaname.engine.text import gettext_noop
from kaname.engine.units import PERMILLE
from kaname.formats.xer.cells import Cells

WBS_SUMMARY: Final = "TT_WBS"
_KINDS: Final = {
    "TT_Task": TaskKind.WORK,
    "TT_Rsrc": TaskKind.WORK,
    "TT_LOE": TaskKind.HAMMOCK,
    "TT_Mile": TaskKind.START_MILESTONE,
    "TT_FinMile": TaskKind.FINISH_MILESTONE,
    "": TaskKind.WORK,
}
_CONSTRAINTS: Final = {
    "CS_ALAP": ConstraintType.ALAP,
    "CS_MSO": ConstraintType.MSO,
    "CS_MSOA": ConstraintType.SNET,
    "CS_MSOB": ConstraintType.SNLT,
    "CS_MEO": ConstraintType.MFO,
    "CS_MEOA": ConstraintType.FNET,
    "CS_MEOB": ConstraintType.FNLT,
    "CS_MANDSTART": ConstraintType.MANDATORY_START,
    "CS_MANDFIN": ConstraintType.MANDATORY_FINISH,
}
_PRIORITIES: Final = {"PT_Top": 900, "PT_High": 700, "PT_Normal": 500, "PT_Low": 300, "PT_Lowest": 100}
_TASK_TYPES: Final = {
    "DT_FixedDrtn": TaskType.FIXED_DURATION,
    "DT_FixedDUR2": TaskType.FIXED_DURATION,
    "DT_FixedRate": TaskType.FIXED_UNITS,
    "DT_FixedQty": TaskType.FIXED_WORK,
}
_MILESTONES: Final = frozenset({TaskKind.START_MILESTONE, TaskKind.FINISH_MILESTONE})

_KIND: Final = gettext_noop("“%(value)s” is no known type of activity; an ordinary activity was taken.")
_CONSTRAINT: Final = gettext_noop("“%(value)s” is no known constraint; it was left out.")
_CONSTRAINT_DATE: Final = gettext_noop("A constraint of this type needs a date; it was left out.")
_EXTERNAL_START: Final = gettext_noop("The date that another project asks for became a constraint: start no earlier.")
_EXTERNAL_LOST: Final = gettext_noop(
    "The activity has two constraints already; the date from another project was left out."
)
_EXTERNAL_FINISH: Final = gettext_noop("The date that another project asks for became a constraint: finish no later.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPlace:
    """Where an activity belongs and how its project counts."""

    uid: int
    parent_uid: int | None
    calendar_uid: int | None
    is_critical_by_longest_path: bool
    critical_float_minutes: int
    uses_expected_finish: bool


@dataclass(frozen=True, slots=True)
class _Bound:
    constraint: ConstraintType
    at: int | None


def read_activity(cells: Cells, place: ActivityPlace) -> Task:
    """Read one row of the table TASK."""
    kind = _kind(cells)
    duration = 0 if kind in _MILESTONES else cells.duration("target_drtn_hr_cnt")
    remaining = cells.duration("remain_drtn_hr_cnt")
    first, second = _bounds(cells)
    return Task(
        uid=place.uid,
        name=cells.text("task_name"),
        parent_uid=place.parent_uid,
        wbs_code=cells.text("task_code"),
        kind=kind,
        duration_minutes=remaining if duration is None else duration,
        calendar_uid=place.calendar_uid,
        ignores_resource_calendars=cells.text("task_type") != "TT_Rsrc",
        constraint=first.constraint,
        constraint_at=first.at,
        second_constraint=second.constraint if second is not None else None,
        second_constraint_at=second.at if second is not None else None,
        expected_finish_at=cells.moment("expect_end_date") if place.uses_expected_finish else None,
        suspended_at=cells.moment("suspend_date"),
        resumed_at=cells.moment("resume_date"),
        priority=_PRIORITIES.get(cells.text("priority_type"), 500),
        task_type=_TASK_TYPES.get(cells.text("duration_type"), TaskType.FIXED_DURATION),
        effort_minutes=cells.signed_minutes("target_work_qty"),
        progress=_progress(cells, duration, remaining),
        baselines=_planned(cells, duration),
        stored=_stored(cells, place),
        source_key=cells.text("task_id"),
    )


def read_ghost(cells: Cells, uid: int) -> Task:
    """Read an activity of another project that drives one of this project: it stands still and drives."""
    start = cells.stored_moment("act_start_date") or cells.stored_moment("early_start_date")
    finish = cells.stored_moment("act_end_date") or cells.stored_moment("early_end_date")
    stored = StoredDates(start_at=start, finish_at=finish)
    return Task(
        uid=uid,
        name=cells.text("task_name"),
        wbs_code=cells.text("task_code"),
        kind=_kind(cells),
        is_external=True,
        duration_minutes=cells.duration("target_drtn_hr_cnt"),
        external_start_at=start,
        external_finish_at=finish,
        stored=stored,
        source_key=cells.text("task_id"),
    )


def _kind(cells: Cells) -> TaskKind:
    code = cells.text("task_type")
    kind = _KINDS.get(code)
    if kind is None:
        cells.change("task_type", _KIND, value=code[:40])
        return TaskKind.WORK
    return kind


def _bounds(cells: Cells) -> tuple[_Bound, _Bound | None]:
    first = _bound(cells, "cstr_type", "cstr_date") or _Bound(ConstraintType.ASAP, None)
    second = _bound(cells, "cstr_type2", "cstr_date2")
    for column, constraint, remark in (
        ("external_early_start_date", ConstraintType.SNET, _EXTERNAL_START),
        ("external_late_end_date", ConstraintType.FNLT, _EXTERNAL_FINISH),
    ):
        at = cells.moment(column)
        if at is None:
            continue
        if first.constraint is ConstraintType.ASAP:
            first = _Bound(constraint, at)
            cells.change(column, remark)
        elif second is None:
            second = _Bound(constraint, at)
            cells.change(column, remark)
        else:
            cells.lose(column, _EXTERNAL_LOST)
    return first, second


def _bound(cells: Cells, type_column: str, date_column: str) -> _Bound | None:
    code = cells.text(type_column)
    if not code:
        return None
    constraint = _CONSTRAINTS.get(code)
    if constraint is None:
        cells.lose(type_column, _CONSTRAINT, value=code[:40])
        return None
    if constraint is ConstraintType.ALAP:
        return _Bound(constraint, None)
    at = cells.moment(date_column)
    if at is None:
        cells.lose(type_column, _CONSTRAINT_DATE)
        return None
    return _Bound(constraint, at)


def _progress(cells: Cells, duration: int | None, remaining: int | None) -> Progress:
    start, finish = cells.moment("act_start_date"), cells.moment("act_end_date")
    physical = cells.permille("phys_complete_pct", of=100)
    has_begun = start is not None
    differs = remaining is not None and remaining != duration
    progress = Progress(
        percent_permille=_done(duration, remaining, has_begun=has_begun, has_finished=finish is not None),
        physical_permille=min(max(physical, 0), PERMILLE) if physical else None,
        actual_start_at=start,
        actual_finish_at=finish,
        remaining_duration_minutes=remaining if has_begun or differs else None,
        actual_effort_minutes=cells.signed_minutes("act_work_qty") if has_begun else None,
        remaining_effort_minutes=cells.signed_minutes("remain_work_qty") if has_begun else None,
    )
    return NOT_STARTED if progress == NOT_STARTED else progress


def _done(duration: int | None, remaining: int | None, *, has_begun: bool, has_finished: bool) -> int:
    """Return the share of the duration that is done; Primavera's percent complete may count work or a feeling."""
    if has_finished:
        return PERMILLE
    if not has_begun or not duration or remaining is None:
        return 0
    return min(max((duration - remaining) * PERMILLE // duration, 0), PERMILLE)


def _planned(cells: Cells, duration: int | None) -> tuple[Baseline, ...]:
    start, finish = cells.stored_moment("target_start_date"), cells.stored_moment("target_end_date")
    if start is None and finish is None:
        return ()
    effort = cells.signed_minutes("target_work_qty")
    return (Baseline(number=0, start_at=start, finish_at=finish, duration_minutes=duration, effort_minutes=effort),)


def _stored(cells: Cells, place: ActivityPlace) -> StoredDates | None:
    early_start, early_finish = cells.stored_moment("early_start_date"), cells.stored_moment("early_end_date")
    actual_start, actual_finish = cells.stored_moment("act_start_date"), cells.stored_moment("act_end_date")
    total_float = cells.signed_minutes("total_float_hr_cnt")
    stored = StoredDates(
        start_at=early_start if actual_start is None else actual_start,
        finish_at=early_finish if actual_finish is None else actual_finish,
        early_start_at=early_start,
        early_finish_at=early_finish,
        late_start_at=cells.stored_moment("late_start_date"),
        late_finish_at=cells.stored_moment("late_end_date"),
        total_float_minutes=total_float,
        free_float_minutes=cells.signed_minutes("free_float_hr_cnt"),
        is_critical=_is_critical(cells, place, total_float),
    )
    return None if stored == StoredDates() else stored


def _is_critical(cells: Cells, place: ActivityPlace, total_float: int | None) -> bool | None:
    if place.is_critical_by_longest_path:
        return cells.flag("driving_path_flag")
    return None if total_float is None else total_float <= place.critical_float_minutes
