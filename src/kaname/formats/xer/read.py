"""Read Primavera P6 XER."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kaname.engine.calendar.types import Calendar
from kaname.engine.network.plan import Assignment, Link, Plan, Resource, Task
from kaname.engine.text import Message, gettext_noop
from kaname.formats.account import Account
from kaname.formats.money import currency_digits
from kaname.formats.mspdi.calendars import standard_calendar
from kaname.formats.types import FileKind, FileRefused, ReadResult
from kaname.formats.xer.activities import WBS_SUMMARY, ActivityPlace, read_activity, read_ghost
from kaname.formats.xer.calendars import read_calendar, with_bases
from kaname.formats.xer.cells import Cells
from kaname.formats.xer.encoding import decode
from kaname.formats.xer.fields import OTHER_MARK, loss_reason
from kaname.formats.xer.links import read_links
from kaname.formats.xer.notes import read_notes
from kaname.formats.xer.numbers import Numbers
from kaname.formats.xer.options import ProjectRow, read_project, read_rules
from kaname.formats.xer.resources import read_assignment, read_resource, read_role
from kaname.formats.xer.tables import Row, Tables, count_rows, split_tables
from kaname.formats.xer.wbs import Breakdown

_NO_PROJECT: Final = gettext_noop("The file has no project with the key %(key)s; it has: %(keys)s.")
_PROJECT_ADVICE: Final = gettext_noop("Choose one of the projects of the file.")
_WBS_SUMMARY: Final = gettext_noop("A WBS summary activity; the summary task of its WBS element stands for it.")
_UNKNOWN_CALENDAR: Final = gettext_noop(
    "The calendar of the activity is not in the file; the project calendar was taken."
)
_SAME_KEY: Final = gettext_noop("Two activities carry the key %(key)s; the first was kept.")
_NO_CALENDAR: Final = gettext_noop("The project calendar is not in the file; “%(name)s” was taken.")
_OLDER_RATE: Final = gettext_noop("Only the first rate of a resource is kept.")


@dataclass(frozen=True, slots=True)
class XerProject:
    """A project of a file: its key, its name and how many activities it has."""

    key: str
    name: str
    activities: int


def list_projects(data: bytes, *, file: str) -> tuple[XerProject, ...]:
    """Return the projects of a file in its order.

    Raises
    ------
    FileRefused
        If it is no XER file.
    """
    tables = split_tables(decode(data)[0], file=file)
    return _projects(tables)


def read_xer(data: bytes, *, file: str, project: str | None = None) -> ReadResult:
    """Read one project of a Primavera P6 file.

    A file may hold several projects.  The one with most activities is read, the first of those with equally many, unless
    `project` names another (see `list_projects`); rows of the others are in the account as lost.  Their activities that
    drive this project come along as external tasks with the dates that the file has for them.

    Parameters
    ----------
    data
        The bytes of the file.  Primavera writes them in the encoding of its computer; see `encoding` in the result.
    file
        Its name in messages.
    project
        The key (`proj_id`) of the project to read.

    Returns
    -------
    ReadResult
        The plan with the rules of Primavera, its planned dates as baseline 0, and the account: each row counts in exactly
        one entry under its table (`TASK`), each cell under its column (`TASK/task_name`).

    Raises
    ------
    FileRefused
        If it is no XER file, has no such project, or holds impossible dates or durations.
    """
    text, encoding = decode(data)
    tables = split_tables(text, file=file)
    reader = _Reader(tables, file, _chosen(tables, project, file))
    plan = reader.plan()
    return ReadResult(kind=FileKind.XER, plan=plan, loss=reader.account.report(), encoding=encoding)


def _projects(tables: Tables) -> tuple[XerProject, ...]:
    counts: dict[str, int] = {}
    for row in tables.of("TASK"):
        key = row.text("proj_id")
        counts[key] = counts.get(key, 0) + 1
    rows = tables.of("PROJECT")
    if len(rows) <= 1:
        row = rows[0] if rows else Row("PROJECT", 1, {})
        return (XerProject(row.text("proj_id"), _project_name(row), len(tables.of("TASK"))),)
    return tuple(
        XerProject(row.text("proj_id"), _project_name(row), counts.get(row.text("proj_id"), 0)) for row in rows
    )


def _project_name(row: Row) -> str:
    return row.text("proj_name") or row.text("proj_short_name")


def _chosen(tables: Tables, key: str | None, file: str) -> XerProject:
    projects = _projects(tables)
    if key is None:
        return max(projects, key=lambda project: project.activities)
    found = next((project for project in projects if project.key == key), None)
    if found is None:
        keys = ", ".join(project.key for project in projects)
        raise FileRefused(Message(_NO_PROJECT, {"key": key, "keys": keys}), file=file, advice=Message(_PROJECT_ADVICE))
    return found


class _Reader:
    """Reads one project out of the tables."""

    def __init__(self, tables: Tables, file: str, chosen: XerProject) -> None:
        self.tables = tables
        self.file = file
        self.chosen = chosen
        self.is_alone = len(tables.of("PROJECT")) <= 1
        self.account = Account(loss_reason)
        self.numbers = Numbers()
        self.currency = _currency(tables)
        self._count()

    def plan(self) -> Plan:
        """Put the plan together."""
        project = self._project()
        calendars, calendar_keys, calendar_uid = self._calendars(project)
        options = next(self._cells("SCHEDOPTIONS"), None)
        own_rows = self._activity_rows()
        own = {key: self.numbers.give(f"task:{key}") for key in own_rows}
        breakdown = Breakdown(list(self._cells("PROJWBS", label="wbs_name")), self.numbers)
        uses_expected_finish = options is not None and options.flag("sched_use_expect_end_flag")
        activities = [
            self._activity(
                cells, own[key], breakdown, calendar_keys, project, uses_expected_finish=uses_expected_finish
            )
            for key, cells in own_rows.items()
        ]
        ghosts = self._ghosts(own)
        resources, resource_keys, role_keys = self._resources(calendar_keys)
        return Plan(
            name=project.name or breakdown.name,
            start_at=project.start_at,
            finish_at=project.finish_at,
            must_finish_at=project.must_finish_at,
            status_at=project.status_at,
            calendar_uid=calendar_uid,
            calendars=calendars,
            tasks=(*self._with_notes(breakdown.outline(activities), own), *ghosts.values()),
            links=self._links(own, {key: ghost.uid for key, ghost in ghosts.items()}),
            resources=resources,
            assignments=self._assignments(own, resource_keys, role_keys),
            rules=read_rules(options, project),
            currency=self.currency,
            source_product=" ".join(["Primavera P6", *self.tables.header[:1]]),
        )

    def _count(self) -> None:
        for table, rows in self.tables.rows.items():
            mine = [row for row in rows if self._is_mine(row)]
            others = len(rows) - len(mine)
            count_rows(self.account, mine, subject=table)
            if others:
                first = next(row for row in rows if not self._is_mine(row))
                self.account.see_many(f"{table}{OTHER_MARK}", place=f"line {first.line}", count=others)

    def _is_mine(self, row: Row) -> bool:
        return self.is_alone or row.text("proj_id") in {"", self.chosen.key}

    def _cells(self, table: str, *, label: str = "") -> Iterator[Cells]:
        for row in self.tables.of(table):
            if self._is_mine(row):
                yield self._cells_of(row, label)

    def _cells_of(self, row: Row, label: str) -> Cells:
        digits = currency_digits(self.currency)
        return Cells(row, self.account, self.file, label=row.text(label), currency_digits=digits)

    def _project(self) -> ProjectRow:
        rows = [row for row in self.tables.of("PROJECT") if row.text("proj_id") == self.chosen.key]
        row = rows[0] if rows else Row("PROJECT", 1, {})
        return read_project(self._cells_of(row, "proj_short_name"))

    def _calendars(self, project: ProjectRow) -> tuple[tuple[Calendar, ...], Mapping[str, int], int]:
        numbers = Numbers()
        rows = {numbers.give(cells.text("clndr_id")): cells for cells in self._cells("CALENDAR", label="clndr_name")}
        calendars = with_bases({uid: read_calendar(cells, uid) for uid, cells in rows.items()}, rows, numbers)
        keys = {cells.text("clndr_id"): uid for uid, cells in rows.items()}
        if project.calendar_key in keys:
            return calendars, keys, keys[project.calendar_key]
        default = next((uid for uid, cells in rows.items() if cells.flag("default_flag")), next(iter(rows), None))
        if default is None:
            calendars = (standard_calendar(1),)
            default = 1
        if self.tables.of("PROJECT"):
            name = next(calendar.name for calendar in calendars if calendar.uid == default)
            self.account.change("PROJECT", Message(_NO_CALENDAR, {"name": name}), label=self.chosen.name)
        return calendars, keys, default

    def _activity_rows(self) -> Mapping[str, Cells]:
        rows: dict[str, Cells] = {}
        for cells in self._cells("TASK", label="task_name"):
            key = cells.text("task_id")
            if cells.text("task_type") == WBS_SUMMARY:
                cells.lose_row(_WBS_SUMMARY)
            elif key in rows:
                cells.lose_row(_SAME_KEY, key=key)
            else:
                rows[key] = cells
        return rows

    def _activity(
        self,
        cells: Cells,
        uid: int,
        breakdown: Breakdown,
        calendars: Mapping[str, int],
        project: ProjectRow,
        *,
        uses_expected_finish: bool,
    ) -> Task:
        calendar_key = cells.text("clndr_id")
        if calendar_key and calendar_key not in calendars:
            cells.change("clndr_id", _UNKNOWN_CALENDAR)
        place = ActivityPlace(
            uid=uid,
            parent_uid=breakdown.uid_of(cells.text("wbs_id")),
            calendar_uid=calendars.get(calendar_key),
            is_critical_by_longest_path=project.is_critical_by_longest_path,
            critical_float_minutes=project.critical_float_minutes,
            uses_expected_finish=uses_expected_finish,
        )
        return read_activity(cells, place)

    def _ghosts(self, own: Mapping[str, int]) -> Mapping[str, Task]:
        """Return the activities of other projects that drive one of this project."""
        if self.is_alone:
            return {}
        needed = {row.text("pred_task_id") for row in self._relationship_rows(own)} - own.keys()
        ghosts = {}
        for row in self.tables.of("TASK"):
            key = row.text("task_id")
            if key in needed and not self._is_mine(row):
                ghosts[key] = read_ghost(self._cells_of(row, "task_name"), self.numbers.give(f"task:{key}"))
        return ghosts

    def _relationship_rows(self, own: Mapping[str, int]) -> Iterable[Row]:
        return (row for row in self.tables.of("TASKPRED") if self._is_mine(row) or row.text("task_id") in own)

    def _links(self, own: Mapping[str, int], ghosts: Mapping[str, int]) -> tuple[Link, ...]:
        rows = (self._cells_of(row, "") for row in self._relationship_rows(own))
        return read_links(rows, own=own, ghosts=ghosts)

    def _with_notes(self, tasks: Sequence[Task], own: Mapping[str, int]) -> Iterator[Task]:
        notes = read_notes(self._cells("TASKMEMO"), own)
        return (replace(task, notes=notes[task.uid]) if task.uid in notes else task for task in tasks)

    def _resources(
        self, calendars: Mapping[str, int]
    ) -> tuple[tuple[Resource, ...], Mapping[str, int], Mapping[str, int]]:
        rates: dict[str, Cells] = {}
        for cells in self._cells("RSRCRATE"):
            key = cells.text("rsrc_id")
            if key in rates:
                cells.lose_row(_OLDER_RATE)
            else:
                rates[key] = cells
        numbers = Numbers()
        people: dict[str, Resource] = {}
        for cells in self._cells("RSRC", label="rsrc_name"):
            key = cells.text("rsrc_id")
            people[key] = read_resource(
                cells, numbers.give(f"resource:{key}"), calendars=calendars, rate=rates.get(key)
            )
        roles: dict[str, Resource] = {}
        for cells in self._cells("ROLES", label="role_name"):
            key = cells.text("role_id")
            roles[key] = read_role(cells, numbers.give(f"role:{key}"))
        resources = (*people.values(), *roles.values())
        return (
            resources,
            {key: each.uid for key, each in people.items()},
            {key: each.uid for key, each in roles.items()},
        )

    def _assignments(
        self, own: Mapping[str, int], resources: Mapping[str, int], roles: Mapping[str, int]
    ) -> tuple[Assignment, ...]:
        found = (
            read_assignment(cells, tasks=own, resources=resources, roles=roles) for cells in self._cells("TASKRSRC")
        )
        return tuple(assignment for assignment in found if assignment is not None)


def _currency(tables: Tables) -> str:
    words = [word for word in tables.header if len(word) == 3 and word.isascii() and word.isalpha() and word.isupper()]
    return words[-1] if words else ""
