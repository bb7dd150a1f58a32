"""Read golden plans: text files with a plan and, beside every task, the dates that it must get.

    # What the file shows.
    start: 2026-10-01 09:00
    rules: dialect=primavera
    calendar: office | mon-fri 09:00-12:00 13:00-18:00 | off 2026-10-12
    person: Sato | office

    task | length | after | says | start | finish | late start | late finish | total | free | driven by
    A    | 2d     |       |      | 10-01 09:00 | …

The first calendar is the plan's.  Two leading blanks a level make the outline.  A length is `90m`, `4h`, `2d` (of 8 hours),
`3ed` (of the clock) or `-` for a summary.  `after` lists links such as `A`, `A SS`, `A FF+1d`, `A -4h`, `A +50%`.  `says` lists
constraints (`snet 10-05 09:00`), `deadline`, `calendar NAME`, `manual START FINISH`, `started MOMENT DONE%`, `finished START
FINISH`, `delay 1ed`, `person NAME 16h 100%`, `hammock`, `inactive`, `expected MOMENT`.  Empty columns are not checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kaname.engine.calendar import Calendar, DayException, Shift
from kaname.engine.network import Schedule
from kaname.engine.network import plan as plans
from kaname.engine.network.plan import Assignment, Link, Plan, Progress, Resource, Task
from kaname.engine.units import wall_minute, wall_moment

COLUMNS = ("start", "finish", "late start", "late finish", "total", "free", "driven by")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES = {"m": 1, "h": 60, "d": 480, "ed": 1440, "eh": 60}


@dataclass
class Golden:
    """A plan and the expected columns of each task by name."""

    plan: Plan
    expected: dict[str, dict[str, str]] = field(default_factory=dict)


class _Reader:
    def __init__(self, text: str) -> None:
        self.year = 2026
        self.calendars: list[Calendar] = []
        self.people: list[Resource] = []
        self.tasks: list[Task] = []
        self.links: list[Link] = []
        self.assignments: list[Assignment] = []
        self.head: dict[str, Any] = {}
        self.expected: dict[str, dict[str, str]] = {}
        self.names: dict[str, int] = {}
        self.afters: list[tuple[int, str]] = []
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        for line in lines:
            if ":" in line.split("|", 1)[0]:
                key, value = line.split(":", 1)
                getattr(self, f"read_{key}")(value.strip())
        levels: list[int] = []
        for line in lines:
            if "|" in line and ":" not in line.split("|", 1)[0] and not line.startswith("task "):
                self.read_task(line, levels)
        for uid, text_of_links in self.afters:
            for item in filter(None, (part.strip() for part in text_of_links.split(","))):
                self.links.append(self.link(uid, item))

    def plan(self) -> Plan:
        calendar = self.calendars[0].uid if self.calendars else None
        return Plan(
            calendar_uid=calendar,
            calendars=tuple(self.calendars),
            resources=tuple(self.people),
            tasks=tuple(self.tasks),
            links=tuple(self.links),
            assignments=tuple(self.assignments),
            **self.head,
        )

    def moment(self, text: str) -> int:
        if len(text.split(maxsplit=1)[0]) == 5:
            text = f"{self.year}-{text}"
        return wall_minute(datetime.strptime(text, "%Y-%m-%d %H:%M"))  # noqa: DTZ007 - wall time

    def read_start(self, text: str) -> None:
        self.year = int(text[:4])
        self.head["start_at"] = self.moment(text)

    def read_status(self, text: str) -> None:
        self.head["status_at"] = self.moment(text)

    def read_finish(self, text: str) -> None:
        self.head["finish_at"] = self.moment(text)

    def read_must(self, text: str) -> None:
        self.head["must_finish_at"] = self.moment(text)

    def read_rules(self, text: str) -> None:
        kinds = {
            "dialect": plans.Dialect,
            "schedule_from": plans.ScheduleFrom,
            "lag_calendar": plans.LagCalendar,
            "progress_rule": plans.ProgressRule,
            "float_rule": plans.FloatRule,
        }
        pairs = dict(item.split("=") for item in text.split())
        values = {key: kinds[key](value) if key in kinds else value == "yes" for key, value in pairs.items()}
        self.head["rules"] = plans.ScheduleRules(**values)

    def read_calendar(self, text: str) -> None:
        name, hours, *others = (part.strip() for part in text.split("|"))
        days, *spans = hours.split()
        first, last = (WEEKDAYS.index(day) for day in days.split("-"))
        shifts = tuple(Shift(*(_minute(end) for end in span.split("-"))) for span in spans)
        week = tuple(shifts if first <= weekday <= last else () for weekday in range(7))
        off = []
        for other in others:
            start = date.fromisoformat(other.split()[1])
            off.append(DayException(start, start + timedelta(days=1)))
        self.calendars.append(Calendar(len(self.calendars) + 1, name, week, tuple(off)))

    def read_person(self, text: str) -> None:
        name, calendar = (part.strip() for part in text.split("|"))
        self.people.append(Resource(uid=len(self.people) + 1, name=name, calendar_uid=self.calendar(calendar)))

    def calendar(self, name: str) -> int:
        return next(calendar.uid for calendar in self.calendars if calendar.name == name)

    def read_task(self, line: str, levels: list[int]) -> None:
        cells = [cell.rstrip() for cell in line.split("|")]
        depth = (len(cells[0]) - len(cells[0].lstrip())) // 2
        name, length, after, says, *expected = (cell.strip() for cell in cells)
        uid = len(self.tasks) + 1
        del levels[depth:]
        levels.append(uid)
        task = Task(uid=uid, name=name, parent_uid=levels[-2] if depth else None)
        if length == "-":
            task = replace(task, kind=plans.TaskKind.SUMMARY)
        else:
            unit = length.lstrip("0123456789") or "m"
            kind = plans.DurationKind.ELAPSED if unit.startswith("e") else plans.DurationKind.WORKING
            task = replace(task, duration_minutes=_length(length), duration_kind=kind)
            if length == "0":
                task = replace(task, kind=plans.TaskKind.MILESTONE)
        for saying in filter(None, (part.strip() for part in says.split(";"))):
            task = self.say(task, saying)
        self.tasks.append(task)
        self.names[name] = uid
        self.afters.append((uid, after))
        self.expected[name] = dict(zip(COLUMNS, expected, strict=False))

    def say(self, task: Task, saying: str) -> Task:
        word, _, rest = saying.partition(" ")
        moments = [self.moment(found) for found in re.findall(r"(?:\d{4}-)?\d\d-\d\d \d\d:\d\d", rest)]
        simple = {
            "deadline": lambda: {"deadline_at": moments[0]},
            "calendar": lambda: {"calendar_uid": self.calendar(rest)},
            "delay": lambda: {"leveling_delay_minutes": _length(rest)},
            "hammock": lambda: {"kind": plans.TaskKind.HAMMOCK},
            "startmilestone": lambda: {"kind": plans.TaskKind.START_MILESTONE},
            "inactive": lambda: {"is_active": False},
            "fixed": lambda: {"task_type": plans.TaskType.FIXED_DURATION},
            "expected": lambda: {"expected_finish_at": moments[0]},
            "manual": lambda: {
                "mode": plans.TaskMode.MANUAL,
                "manual_start_at": moments[0],
                "manual_finish_at": moments[1],
            },
            "external": lambda: {
                "is_external": True,
                "external_start_at": moments[0],
                "external_finish_at": moments[1],
            },
            "finished": lambda: {"progress": Progress(actual_start_at=moments[0], actual_finish_at=moments[1])},
            "split": lambda: {"segments": tuple(map(plans.Segment, moments[::2], moments[1::2]))},
        }
        if word in simple:
            return replace(task, **simple[word]())
        if word == "started":
            done = int(re.search(r"(\d+)%", rest)[1]) * 10
            return replace(task, progress=Progress(actual_start_at=moments[0], percent_permille=done))
        if word == "person":
            name, effort, units = rest.split()
            uid = next(person.uid for person in self.people if person.name == name)
            self.assignments.append(
                Assignment(
                    task_uid=task.uid,
                    resource_uid=uid,
                    effort_minutes=_length(effort),
                    units_permille=int(units.rstrip("%")) * 10,
                )
            )
            return task
        constraint = plans.ConstraintType(word)
        return replace(task, constraint=constraint, constraint_at=moments[0] if moments else None)

    def link(self, uid: int, text: str) -> Link:
        found = re.fullmatch(r"(.+?)(?: (FS|SS|FF|SF))?(?: ?([+-]\d+)(m|h|d|ed|eh|e?%))?", text)
        name, kind, lag, unit = found.groups()
        units = {
            "%": plans.LagUnit.PERCENT,
            "e%": plans.LagUnit.ELAPSED_PERCENT,
            "ed": plans.LagUnit.ELAPSED,
            "eh": plans.LagUnit.ELAPSED,
        }
        return Link(
            predecessor_uid=self.names[name],
            successor_uid=uid,
            type=plans.LinkType((kind or "FS").lower()),
            lag=int(lag or 0) * (10 if (unit or "").endswith("%") else MINUTES.get(unit or "m", 1)),
            lag_unit=units.get(unit, plans.LagUnit.WORKING),
        )


def read_golden(path: Path) -> Golden:
    """Read one file."""
    reader = _Reader(path.read_text(encoding="utf-8"))
    return Golden(reader.plan(), reader.expected)


def computed_columns(schedule: Schedule, uid: int) -> dict[str, str]:
    """Return the columns of a task as the files write them."""
    task = schedule.task(uid)
    cause = schedule.driven_by(uid)
    driver = "" if cause.task_uid is None else f" {_name(schedule, cause.task_uid)}"
    moments = (task.start_at, task.finish_at, task.late_start_at, task.late_finish_at)
    floats = (task.total_float_minutes, task.free_float_minutes)
    return dict(
        zip(
            COLUMNS,
            (*map(_said, moments), *map(_amount, floats), f"{cause.kind}{driver}"),
            strict=True,
        )
    )


def differences(golden: Golden, schedule: Schedule) -> Iterator[str]:
    """Yield a sentence for every expected value that was not met."""
    for task in golden.plan.tasks:
        computed = computed_columns(schedule, task.uid)
        for column, expected in golden.expected[task.name].items():
            if expected and expected != computed[column]:
                yield f"{task.name}, {column}: expected {expected}, got {computed[column]}"


def _name(schedule: Schedule, uid: int) -> str:
    return next(task.name for task in schedule.network.plan.tasks if task.uid == uid)


def _said(moment: int | None) -> str:
    return "-" if moment is None else wall_moment(moment).strftime("%m-%d %H:%M")


def _amount(minutes: int | None) -> str:
    if minutes is None:
        return "-"
    return f"{minutes // 480}d" if minutes % 480 == 0 else f"{minutes}m"


def _length(text: str) -> int:
    unit = text.lstrip("-0123456789") or "m"
    return int(text.removesuffix(unit)) * MINUTES[unit]


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
