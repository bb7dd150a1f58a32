"""From a line of the outline to a task: first by itself, then in the light of its predecessors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kaname.engine.network.plan import (
    NOT_STARTED,
    Baseline,
    ConstraintType,
    DurationKind,
    Link,
    Progress,
    StoredDates,
    Task,
    TaskKind,
    TaskMode,
)
from kaname.engine.text import Message
from kaname.engine.units import day_of
from kaname.formats.wbs import messages
from kaname.formats.wbs.amounts import State
from kaname.formats.wbs.dating import (
    Dating,
    DatingFlaw,
    Driver,
    Explanation,
    Written,
    date_row,
    explain_start,
    finish_moment,
    start_moment,
)
from kaname.formats.wbs.facts import CellReader, shown
from kaname.formats.wbs.outline import OutlineRow
from kaname.formats.wbs.types import ColumnRole
from kaname.formats.wbs.vocabulary import CONSTRAINT_WORDS, MANUAL_WORDS, folded_word
from kaname.formats.wbs.worktime import WorkingTime

_ASAP_LIKE: Final = frozenset({ConstraintType.ASAP, ConstraintType.ALAP})


@dataclass(frozen=True, slots=True)
class Draft:
    """A task before its predecessors are known."""

    task: Task
    line: OutlineRow
    dating: Dating


def draft_task(
    position: int,
    line: OutlineRow,
    parent: int | None,
    *,
    key: str,
    is_summary: bool,
    cells: CellReader,
    clock: WorkingTime,
    minutes_per_day: int,
) -> Draft:
    """Return the task that a line describes by itself; its uid is its position + 1."""
    task = Task(
        uid=position + 1,
        name=line.name,
        parent_uid=None if parent is None else parent + 1,
        wbs_code=line.code,
        source_key=key,
    )
    if line.is_group:
        return Draft(replace(task, kind=TaskKind.SUMMARY), line, Dating())
    if is_summary:
        return _draft_summary(task, line, cells, clock)
    dating = _dating(line, cells, clock, minutes_per_day)
    effort = cells.minutes(line.row, ColumnRole.EFFORT).minutes
    milestone = dating.duration_minutes == 0
    drafted = replace(
        task,
        kind=TaskKind.MILESTONE if milestone else TaskKind.WORK,
        mode=TaskMode.MANUAL if _is_manual(line, cells) else dating.mode,
        duration_minutes=dating.duration_minutes,
        duration_kind=dating.duration_kind,
        is_estimated=dating.is_estimated,
        effort_minutes=effort,
        notes=_notes(line, cells),
        deadline_at=finish_moment(cells.date(line.row, ColumnRole.DEADLINE), clock),
        baselines=_baselines(line, cells, clock, dating, effort),
    )
    return Draft(_with_progress(drafted, line, cells, clock, dating), line, dating)


def _draft_summary(task: Task, line: OutlineRow, cells: CellReader, clock: WorkingTime) -> Draft:
    """Keep the written dates of a summary only as stored ones: they follow from its subtasks."""
    start = start_moment(cells.date(line.row, ColumnRole.START), clock)
    finish = finish_moment(cells.date(line.row, ColumnRole.FINISH), clock)
    stored = StoredDates(start_at=start, finish_at=finish) if start is not None or finish is not None else None
    for role in (
        ColumnRole.START,
        ColumnRole.FINISH,
        ColumnRole.DURATION,
        ColumnRole.ACTUAL_START,
        ColumnRole.ACTUAL_FINISH,
    ):
        cells.changed_role(line.row, role, messages.DATES_OF_SUMMARY)
    for role in (ColumnRole.EFFORT, ColumnRole.ACTUAL_EFFORT, ColumnRole.REMAINING_EFFORT):
        cells.changed_role(line.row, role, messages.EFFORT_OF_SUMMARY)
    for role in (ColumnRole.PROGRESS, ColumnRole.STATUS):
        cells.changed_role(line.row, role, messages.PROGRESS_OF_SUMMARY)
    cells.changed_role(line.row, ColumnRole.ASSIGNEE, messages.PEOPLE_OF_SUMMARY)
    return Draft(
        replace(task, kind=TaskKind.SUMMARY, stored=stored, notes=_notes(line, cells, with_people=True)), line, Dating()
    )


def _dating(line: OutlineRow, cells: CellReader, clock: WorkingTime, minutes_per_day: int) -> Dating:
    duration = cells.minutes(line.row, ColumnRole.DURATION)
    written = Written(
        start=cells.date(line.row, ColumnRole.START),
        finish=cells.date(line.row, ColumnRole.FINISH),
        duration_minutes=duration.minutes,
        duration_kind=duration.kind,
        is_milestone=cells.is_milestone(line.row, line.name) or duration.minutes == 0,
        duration_rules=cells.has(ColumnRole.CONSTRAINT),
    )
    dating = date_row(written, clock=clock, minutes_per_day=minutes_per_day)
    _remark_dating(line, cells, dating)
    return dating


def _remark_dating(line: OutlineRow, cells: CellReader, dating: Dating) -> None:
    row, account = line.row, cells.account
    place = cells.grid.place(row, line.column)
    if DatingFlaw.FINISH_BEFORE_START in dating.flaws:
        value = shown(cells.value(row, ColumnRole.FINISH))
        cells.lost_role(row, ColumnRole.FINISH, messages.FINISH_BEFORE_START, value=value)
    if DatingFlaw.DURATION_DISAGREES in dating.flaws:
        cells.changed_role(row, ColumnRole.DURATION, messages.DURATION_DISAGREES)
    if DatingFlaw.NON_WORKING in dating.flaws:
        account.changed("Task/Dates", Message(messages.NON_WORKING_DATES), place=place, label=line.name)
    if DatingFlaw.DURATION_ASSUMED in dating.flaws:
        account.changed("Task/Duration", Message(messages.DURATION_ASSUMED), place=place, label=line.name)


def _is_manual(line: OutlineRow, cells: CellReader) -> bool:
    return folded_word(cells.value(line.row, ColumnRole.MODE)) in MANUAL_WORDS


def _notes(line: OutlineRow, cells: CellReader, *, with_people: bool = False) -> str:
    """Return the notes of a row, then what stands in columns that we do not know, each under its heading."""
    parts = []
    own = cells.value(line.row, ColumnRole.NOTES)
    if own is not None:
        parts.append(str(own).strip())
    for column in cells.columns:
        kept = column.role in {ColumnRole.KEPT, ColumnRole.DELIVERABLE} or (
            with_people and column.role is ColumnRole.ASSIGNEE
        )
        value = cells.grid.cell(line.row, column.index)
        if kept and value is not None and str(value).strip():
            parts.append(f"{' '.join(column.heading.split())}: {str(value).strip()}")
    if status := cells.unknown_status(line.row):
        parts.append(status)
    return "\n".join(parts)


def _baselines(
    line: OutlineRow, cells: CellReader, clock: WorkingTime, dating: Dating, effort: int | None
) -> tuple[Baseline, ...]:
    if cells.has(ColumnRole.BASELINE_START) or cells.has(ColumnRole.BASELINE_FINISH):
        start = start_moment(cells.date(line.row, ColumnRole.BASELINE_START), clock)
        finish = finish_moment(cells.date(line.row, ColumnRole.BASELINE_FINISH), clock)
        return (
            (Baseline(number=0, start_at=start, finish_at=finish),) if start is not None or finish is not None else ()
        )
    if not cells.has(ColumnRole.ACTUAL_FINISH) or dating.start_at is None or cells.has(ColumnRole.CONSTRAINT):
        return ()
    place = cells.grid.place(line.row, line.column)
    cells.account.changed("Task/Baseline", Message(messages.PLAN_IS_BASELINE), place=place, label=line.name)
    minutes = dating.duration_minutes if dating.duration_kind is DurationKind.WORKING else None
    return (
        Baseline(
            number=0,
            start_at=dating.start_at,
            finish_at=dating.finish_at,
            duration_minutes=minutes,
            effort_minutes=effort,
        ),
    )


def _with_progress(task: Task, line: OutlineRow, cells: CellReader, clock: WorkingTime, dating: Dating) -> Task:
    row = line.row
    read = cells.progress(row)
    start = start_moment(cells.date(row, ColumnRole.ACTUAL_START), clock)
    finish = finish_moment(cells.date(row, ColumnRole.ACTUAL_FINISH), clock)
    if task.kind is TaskKind.MILESTONE and finish is not None:
        start = finish
    permille = 1000 if read.permille is None and finish is not None else read.permille or 0
    place = cells.grid.place(row, line.column)
    if read.state is State.DROPPED:
        cells.account.changed("Task", Message(messages.DROPPED_TASK), place=place, label=line.name)
        task = replace(task, is_active=False)
    if read.state is State.RUNNING and read.permille is None:
        cells.account.changed("Task/Progress", Message(messages.RUNNING_WITHOUT_PERCENT), place=place, label=line.name)
    if permille == 0 and start is None and finish is None:
        return replace(task, progress=_with_effort(NOT_STARTED, row, cells))
    start, finish = _assume_actuals((permille, start, finish), dating, cells, place=place, name=line.name)
    progress = Progress(percent_permille=permille, actual_start_at=start, actual_finish_at=finish)
    return replace(task, progress=_with_effort(progress, row, cells))


def _assume_actuals(
    reported: tuple[int, int | None, int | None], dating: Dating, cells: CellReader, *, place: str, name: str
) -> tuple[int | None, int | None]:
    """Fill in actual dates that finished or started work must have from the planned ones."""
    permille, start, finish = reported
    if permille == 1000 and finish is None and dating.finish_at is not None:
        finish = dating.finish_at if start is None else max(start, dating.finish_at)
        cells.account.changed("Task/Progress", Message(messages.DONE_AS_PLANNED), place=place, label=name)
    elif permille > 0 and start is None and finish is None and dating.start_at is not None:
        cells.account.changed("Task/Progress", Message(messages.STARTED_AS_PLANNED), place=place, label=name)
    if start is None and dating.start_at is not None:
        start = dating.start_at if finish is None else min(dating.start_at, finish)
    if permille < 1000:
        finish = None
    return start, finish


def _with_effort(progress: Progress, row: int, cells: CellReader) -> Progress:
    return replace(
        progress,
        actual_effort_minutes=cells.minutes(row, ColumnRole.ACTUAL_EFFORT).minutes,
        remaining_effort_minutes=cells.minutes(row, ColumnRole.REMAINING_EFFORT).minutes,
    )


def finish_task(
    draft: Draft, links: Sequence[Link], spans: Mapping[int, Dating], *, cells: CellReader, clock: WorkingTime
) -> Task:
    """Return the task with its constraint: the written one, or what the written start asks for."""
    task, dating = draft.task, draft.dating
    if task.kind is TaskKind.SUMMARY:
        return _with_written_constraint(draft, cells, clock) if not draft.line.is_group else task
    if dating.start_at is not None:
        task = replace(task, stored=StoredDates(start_at=dating.start_at, finish_at=dating.finish_at))
    if task.mode is TaskMode.MANUAL:
        return replace(task, manual_start_at=dating.start_at, manual_finish_at=dating.finish_at)
    if cells.has(ColumnRole.CONSTRAINT):
        return _with_written_constraint(replace(draft, task=task), cells, clock)
    if dating.start_at is None:
        return task
    return _held(task, draft, links, spans, cells=cells, clock=clock)


def _held(
    task: Task,
    draft: Draft,
    links: Sequence[Link],
    spans: Mapping[int, Dating],
    *,
    cells: CellReader,
    clock: WorkingTime,
) -> Task:
    start_at = draft.dating.start_at
    if start_at is None:
        return task
    drivers = [
        Driver(
            spans[link.predecessor_uid].start_at,
            spans[link.predecessor_uid].finish_at,
            link.type,
            link.lag,
            link.lag_unit,
        )
        for link in links
    ]
    explanation = explain_start(start_at, drivers, clock=clock, is_milestone=task.kind is TaskKind.MILESTONE)
    if explanation is Explanation.EXPLAINED:
        return task
    place = cells.grid.place(draft.line.row, draft.line.column)
    day = day_of(start_at).isoformat()
    if explanation is Explanation.EARLIER_THAN_LINKS:
        cells.account.changed(
            "Task/Start", Message(messages.LINK_MOVES_START, {"date": day}), place=place, label=task.name
        )
        return task
    cells.account.changed(
        "Task/Start", Message(messages.STAYS_BY_CONSTRAINT, {"date": day}), place=place, label=task.name
    )
    return replace(task, constraint=ConstraintType.SNET, constraint_at=start_at)


def _with_written_constraint(draft: Draft, cells: CellReader, clock: WorkingTime) -> Task:
    task, row = draft.task, draft.line.row
    value = cells.value(row, ColumnRole.CONSTRAINT)
    if value is None:
        return task
    constraint = CONSTRAINT_WORDS.get(folded_word(value))
    if constraint is None:
        cells.lost_role(row, ColumnRole.CONSTRAINT, messages.CONSTRAINT_UNKNOWN, value=shown(value))
        return task
    read = cells.date(row, ColumnRole.CONSTRAINT_ON)
    ends = constraint in {ConstraintType.FNET, ConstraintType.FNLT, ConstraintType.MFO, ConstraintType.MANDATORY_FINISH}
    moment = finish_moment(read, clock) if ends else start_moment(read, clock)
    if constraint not in _ASAP_LIKE and moment is None:
        cells.lost_role(row, ColumnRole.CONSTRAINT, messages.CONSTRAINT_WITHOUT_DATE, value=shown(value))
        return task
    return replace(task, constraint=constraint, constraint_at=None if constraint in _ASAP_LIKE else moment)
