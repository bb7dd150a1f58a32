"""The calendars of a plan, each compiled once and numbered."""

from collections.abc import Mapping
from typing import Final

from kaname.engine.calendar.compiled import CompiledCalendar, common_eras, compile_eras
from kaname.engine.calendar.kernels import CLOCK
from kaname.engine.calendar.stacking import CalendarError, Eras, lay_flat
from kaname.engine.calendar.tables import day_work
from kaname.engine.calendar.types import Calendar, Shift
from kaname.engine.network.plan import Plan
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY

_OFFICE_DAY: Final = (Shift(480, 720), Shift(780, 1020))
STANDARD: Final = Calendar(0, "Standard", (_OFFICE_DAY,) * 5 + ((), ()))
"""What a plan without a calendar is counted on: Monday to Friday, 8:00 to 12:00 and 13:00 to 17:00."""

_ALWAYS: Final = Calendar(0, "", ((Shift(0, MINUTES_PER_DAY),),) * 7)


class Timebook:
    """Numbers calendars by what they work, so that people with the same hours share one number.

    Raises `CalendarError` if the plan's own calendar is missing, makes no sense or never works.
    """

    def __init__(self, plan: Plan) -> None:
        self._known: Mapping[int, Calendar] = {calendar.uid: calendar for calendar in plan.calendars}
        self._by_uid: dict[int, int] = {}
        self._by_eras: dict[Eras, int] = {}
        self._by_pair: dict[tuple[int, int], int] = {}
        self._names: list[str] = []
        self._measures: dict[int, CompiledCalendar] = {}
        self.warnings: list[Message] = []
        if plan.calendar_uid is None:
            self.project = self._enter(lay_flat([STANDARD], STANDARD.uid), STANDARD.name)
            template = gettext_noop(
                "The plan names no calendar; Monday to Friday, 8:00 to 12:00 and 13:00 to 17:00 is taken."
            )
            self.warnings.append(Message(template))
        else:
            self.project = self._number(plan.calendar_uid)
            if self.project < 0:
                template = gettext_noop("The calendar of the plan, “%(name)s”, has no working time at all.")
                raise CalendarError(Message(template, {"name": self._known[plan.calendar_uid].name}))

    @property
    def eras(self) -> tuple[Eras, ...]:
        """What each number works, in order."""
        return tuple(self._by_eras)

    def name(self, number: int) -> str:
        """Return the name of a calendar by its number."""
        return self._names[number]

    def number(self, uid: int | None) -> int:
        """Return the number of a calendar; the project's for `None` and, with a warning, where it never works."""
        if uid is None:
            return self.project
        number = self._number(uid)
        if number < 0:
            template = gettext_noop(
                "Calendar “%(name)s” has no working time at all; the calendar of the plan is taken."
            )
            self._warn(Message(template, {"name": self._known[uid].name}))
            return self.project
        return number

    def common(self, task: int, person: int) -> int:
        """Return the number of the time that two calendars share; the first one, with a warning, if they share none."""
        if CLOCK in (task, person) or task == person:
            return max(task, person)
        pair = (task, person)
        if pair not in self._by_pair:
            number = self.overlap(task, person)
            if number is not None:
                self._by_pair[pair] = number
            else:
                template = gettext_noop(
                    "The calendars “%(one)s” and “%(other)s” have no working time in common; the former is taken."
                )
                self._warn(Message(template, {"one": self._names[task], "other": self._names[person]}))
                self._by_pair[pair] = task
        return self._by_pair[pair]

    def overlap(self, one: int, other: int) -> int | None:
        """Return the number of the time that two calendars share, `None` if they share none."""
        if CLOCK in (one, other) or one == other:
            return max(one, other)
        eras = tuple(self._by_eras)
        shared = common_eras(eras[one], eras[other])
        if not any(day_work(day) for era in shared for day in era.week):
            return None
        return self._enter(shared, f"{self._names[one]} ∩ {self._names[other]}")

    def measure(self, number: int) -> CompiledCalendar:
        """Return a numbered calendar for arithmetic; the clock is a calendar that always works."""
        if number not in self._measures:
            if number == CLOCK:
                eras, name = lay_flat([_ALWAYS], _ALWAYS.uid), _ALWAYS.name
            else:
                eras, name = tuple(self._by_eras)[number], self._names[number]
            self._measures[number] = compile_eras(name, eras)
        return self._measures[number]

    def _number(self, uid: int) -> int:
        if uid not in self._by_uid:
            eras = lay_flat(self._known.values(), uid)
            works = any(day_work(day) for era in eras for day in era.week)
            self._by_uid[uid] = self._enter(eras, self._known[uid].name) if works else -1
        return self._by_uid[uid]

    def _enter(self, eras: Eras, name: str) -> int:
        if eras not in self._by_eras:
            self._by_eras[eras] = len(self._names)
            self._names.append(name)
        return self._by_eras[eras]

    def _warn(self, message: Message) -> None:
        if message not in self.warnings:
            self.warnings.append(message)
