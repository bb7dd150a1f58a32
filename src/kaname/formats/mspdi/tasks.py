"""Tasks of a project file."""

from dataclasses import replace
from typing import Final

from kaname.engine.network.plan import (
    NOT_STARTED,
    Baseline,
    ConstraintType,
    DurationKind,
    Progress,
    StoredDates,
    Task,
    TaskKind,
    TaskMode,
    TaskType,
)
from kaname.engine.text import gettext_noop
from kaname.formats.mspdi.codes import CONSTRAINTS, TASK_TYPES, is_elapsed_format, is_estimated_format
from kaname.formats.mspdi.outline import Outline
from kaname.formats.mspdi.record import Record
from kaname.formats.mspdi.values import MAX_UID

MAX_TASKS: Final = 200_000
MAX_BASELINE: Final = 10

_TOO_MANY: Final = gettext_noop("The plan has more than %(limit)s tasks.")
_TOO_MANY_ADVICE: Final = gettext_noop("Split it into several plans that are linked with each other.")
_NO_UID: Final = gettext_noop("A task without a valid number cannot be referred to; it was left out.")
_SAME_UID: Final = gettext_noop("Two tasks carry the number %(uid)s.")
_SAME_UID_ADVICE: Final = gettext_noop(
    "Links and assignments cannot be told apart; open the plan in Microsoft Project and save it again as XML."
)
_BLANK: Final = gettext_noop("A blank line of the plan; it carries nothing.")
_PROJECT_LINE: Final = gettext_noop("The line of the whole project; it became the plan itself.")
_CONSTRAINT: Final = gettext_noop("“%(value)s” is no constraint type; “as soon as possible” was taken.")
_CONSTRAINT_DATE: Final = gettext_noop("A constraint of this type needs a date; “as soon as possible” was taken.")
_IDLE_DATE: Final = gettext_noop("The constraint date has no effect with this constraint type; it was left out.")
_UNKNOWN_CALENDAR: Final = gettext_noop("The calendar %(uid)s is not in the file; the project calendar was taken.")
_NO_CHILDREN: Final = gettext_noop("A summary task with nothing below it; it became an ordinary task.")
_HAS_CHILDREN: Final = gettext_noop("There are tasks below it; it became a summary task.")
_PERCENT: Final = gettext_noop("%(value)s %% lies outside 0 to 100; it was limited.")
_PRIORITY: Final = gettext_noop("The priority %(value)s lies outside 0 to 1000; it was limited.")
_BASELINE_NUMBER: Final = gettext_noop("The baseline number “%(value)s” lies outside 0 to 10; it was left out.")
_BASELINE_AGAIN: Final = gettext_noop("The baseline %(number)s is given twice; the first was kept.")
_INTERIM: Final = gettext_noop("Kaname keeps no interim plans; it was left out.")
_DATED: Final = frozenset(set(ConstraintType) - {ConstraintType.ASAP, ConstraintType.ALAP})

_NOTHING_STORED: Final = StoredDates()


class TaskReader:
    """Collect the tasks of a file in outline order.

    Attributes
    ----------
    project_name
        Name of the line of the whole project, empty where the file has none.
    project_uid
        Its number, or `None`.
    """

    def __init__(self) -> None:
        self._tasks: dict[int, Task] = {}
        self._records: dict[int, Record] = {}
        self._parents: set[int] = set()
        self._outline = Outline()
        self.project_name = ""
        self.project_uid: int | None = None

    def add(self, record: Record) -> None:
        """Read one `Task` record.

        Raises
        ------
        FileRefused
            For impossible dates and durations, two tasks of one number, and absurd sizes.
        """
        if record.flag("IsNull"):
            record.lose(record.element, _BLANK)
            return
        uid = record.integer("UID")
        if uid is None or not 0 <= uid <= MAX_UID:
            record.lose(record.element, _NO_UID)
            return
        if self._is_project_line(record, uid):
            self.project_name, self.project_uid = record.text("Name"), uid
            record.change(record.element, _PROJECT_LINE)
            return
        if uid in self._tasks:
            raise record.refused(record.element, _SAME_UID, _SAME_UID_ADVICE, uid=uid)
        if len(self._tasks) >= MAX_TASKS:
            raise record.refused(record.element, _TOO_MANY, _TOO_MANY_ADVICE, limit=MAX_TASKS)
        parent_uid = self._outline.parent_of(record, uid)
        if parent_uid is not None:
            self._parents.add(parent_uid)
        self._records[uid] = record
        self._tasks[uid] = _task(record, uid=uid, parent_uid=parent_uid)

    def record_of(self, uid: int) -> Record | None:
        """Return the record of a task."""
        return self._records.get(uid)

    def finish(self, *, calendar_uids: frozenset[int]) -> tuple[Task, ...]:
        """Return the tasks in outline order, kinds set by what is below them."""
        return tuple(self._finished(task, calendar_uids) for task in self._tasks.values())

    def _is_project_line(self, record: Record, uid: int) -> bool:
        if self.project_uid is not None or self._tasks:
            return False
        return record.text("OutlineLevel") == "0" and (uid == 0 or record.text("ID") == "0")

    def _finished(self, task: Task, calendar_uids: frozenset[int]) -> Task:
        record = self._records[task.uid]
        kind = self._kind(task, record)
        calendar_uid = task.calendar_uid
        if calendar_uid is not None and calendar_uid not in calendar_uids:
            record.change(record.element.child("CalendarUID") or record.element, _UNKNOWN_CALENDAR, uid=calendar_uid)
            calendar_uid = None
        if kind is task.kind and calendar_uid == task.calendar_uid:
            return task
        return replace(task, kind=kind, calendar_uid=calendar_uid)

    def _kind(self, task: Task, record: Record) -> TaskKind:
        says_summary = record.flag("Summary")
        element = record.element.child("Summary") or record.element
        if task.uid in self._parents:
            if not says_summary and record.has("Summary"):
                record.change(element, _HAS_CHILDREN)
            return TaskKind.SUMMARY
        if says_summary:
            record.change(element, _NO_CHILDREN)
        return task.kind


def _task(record: Record, *, uid: int, parent_uid: int | None) -> Task:
    constraint, constraint_at = _constraint(record)
    is_manual, is_external = record.flag("Manual"), record.flag("ExternalTask")
    duration_format = record.integer("DurationFormat") or 0
    stored = _stored(record)
    calendar_uid = record.integer("CalendarUID")
    return Task(
        uid=uid,
        name=record.text("Name"),
        parent_uid=parent_uid,
        wbs_code=record.text("WBS"),
        kind=TaskKind.MILESTONE if record.flag("Milestone") else TaskKind.WORK,
        mode=TaskMode.MANUAL if is_manual else TaskMode.AUTO,
        is_active=record.flag("Active") if record.has("Active") else True,
        is_external=is_external,
        duration_minutes=_duration(record, is_manual=is_manual),
        duration_kind=DurationKind.ELAPSED if is_elapsed_format(duration_format) else DurationKind.WORKING,
        is_estimated=record.flag("Estimated") or is_estimated_format(duration_format),
        calendar_uid=None if calendar_uid is None or calendar_uid < 0 else calendar_uid,
        ignores_resource_calendars=record.flag("IgnoreResourceCalendar"),
        constraint=constraint,
        constraint_at=constraint_at,
        deadline_at=record.moment("Deadline"),
        priority=_priority(record),
        leveling_delay_minutes=record.tenths("LevelingDelay") or 0,
        task_type=TASK_TYPES.get(record.integer("Type") or 0, TaskType.FIXED_UNITS),
        is_effort_driven=record.flag("EffortDriven"),
        effort_minutes=record.effort("Work"),
        fixed_cost=record.cost("FixedCost"),
        cost=record.cost("Cost"),
        manual_start_at=_own_date(record, "ManualStart", "Start") if is_manual else None,
        manual_finish_at=_own_date(record, "ManualFinish", "Finish") if is_manual else None,
        external_start_at=stored.start_at if is_external else None,
        external_finish_at=stored.finish_at if is_external else None,
        progress=_progress(record),
        baselines=_baselines(record),
        stored=None if stored == _NOTHING_STORED else stored,
        notes=record.text("Notes"),
        source_key=record.text("GUID"),
    )


def _duration(record: Record, *, is_manual: bool) -> int | None:
    duration = record.duration("Duration")
    return record.duration("ManualDuration") if duration is None and is_manual else duration


def _own_date(record: Record, own: str, shown: str) -> int | None:
    return record.moment(own) if record.has(own) else record.moment(shown)


def _constraint(record: Record) -> tuple[ConstraintType, int | None]:
    code = record.integer("ConstraintType")
    element = record.element.child("ConstraintType") or record.element
    constraint = CONSTRAINTS.get(code or 0)
    if constraint is None:
        record.change(element, _CONSTRAINT, value=record.text("ConstraintType")[:20])
        return ConstraintType.ASAP, None
    if constraint in _DATED:
        at = record.moment("ConstraintDate")
        if at is None:
            record.change(element, _CONSTRAINT_DATE)
            return ConstraintType.ASAP, None
        return constraint, at
    idle = record.element.child("ConstraintDate")
    if idle is not None and idle.text:
        record.lose_alike(idle, _IDLE_DATE)
    return constraint, None


def _priority(record: Record) -> int:
    priority = record.integer("Priority")
    if priority is None:
        return 500
    limited = min(max(priority, 0), 1000)
    if limited != priority:
        record.change(record.element.child("Priority") or record.element, _PRIORITY, value=priority)
    return limited


def _percent(record: Record, tag: str) -> int | None:
    permille = record.permille(tag, of=100)
    if permille is None:
        return None
    limited = min(max(permille, 0), 1000)
    if limited != permille:
        record.change(record.element.child(tag) or record.element, _PERCENT, value=record.text(tag)[:20])
    return limited


def _progress(record: Record) -> Progress:
    actual_duration, percent = record.duration("ActualDuration"), _percent(record, "PercentComplete") or 0
    actual_start = record.moment("ActualStart")
    progress = Progress(
        percent_permille=percent,
        physical_permille=_percent(record, "PhysicalPercentComplete"),
        actual_start_at=actual_start,
        actual_finish_at=record.moment("ActualFinish"),
        actual_duration_minutes=actual_duration,
        remaining_duration_minutes=record.duration("RemainingDuration"),
        stop_at=record.moment("Stop"),
        resume_at=record.moment("Resume"),
        actual_effort_minutes=record.effort("ActualWork"),
        remaining_effort_minutes=record.effort("RemainingWork"),
        actual_cost=record.cost("ActualCost"),
    )
    return NOT_STARTED if progress == NOT_STARTED else progress


def _stored(record: Record) -> StoredDates:
    return StoredDates(
        start_at=record.stored_moment("Start"),
        finish_at=record.stored_moment("Finish"),
        early_start_at=record.stored_moment("EarlyStart"),
        early_finish_at=record.stored_moment("EarlyFinish"),
        late_start_at=record.stored_moment("LateStart"),
        late_finish_at=record.stored_moment("LateFinish"),
        total_float_minutes=record.tenths("TotalSlack"),
        free_float_minutes=record.tenths("FreeSlack"),
        is_critical=record.flag("Critical") if record.has("Critical") else None,
    )


def _baselines(record: Record) -> tuple[Baseline, ...]:
    found: dict[int, Baseline] = {}
    for element in record.element.all("Baseline"):
        inner = record.inner(element)
        number = inner.integer("Number") if inner.has("Number") else 0
        if number is None or not 0 <= number <= MAX_BASELINE:
            inner.lose(element, _BASELINE_NUMBER, value=inner.text("Number")[:20])
        elif inner.flag("Interim"):
            inner.lose(element, _INTERIM)
        elif number in found:
            inner.lose(element, _BASELINE_AGAIN, number=number)
        else:
            found[number] = Baseline(
                number=number,
                start_at=inner.stored_moment("Start"),
                finish_at=inner.stored_moment("Finish"),
                duration_minutes=inner.effort("Duration"),
                effort_minutes=inner.effort("Work"),
                cost=inner.cost("Cost"),
            )
    return tuple(found[number] for number in sorted(found))
