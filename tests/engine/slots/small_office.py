"""A small office for the tests of the slot finder: hours, moments, and people."""

from datetime import datetime

from kaname.engine.calendar import Calendar, CompiledCalendar, DayException, Shift, compile_calendar
from kaname.engine.slots import Meeting, Person, Room, Stretch
from kaname.engine.units import wall_minute, wall_moment

NINE_TO_SIX = (Shift(540, 720), Shift(780, 1080))


def hours(*shifts: Shift, exceptions: tuple[DayException, ...] = ()) -> CompiledCalendar:
    """Return a calendar with the same shifts from Monday to Friday."""
    return compile_calendar([Calendar(1, "office", (shifts,) * 5 + ((), ()), exceptions)], 1)


OFFICE = hours(*NINE_TO_SIX)
ALL_DAY = hours(Shift(540, 1080))


def at(text: str) -> int:
    """Return the wall minute of a moment of October 2026, whose 5th is a Monday: `05 09:00`."""
    return wall_minute(datetime.fromisoformat(f"2026-10-{text}"))


def said(minute: int) -> str:
    """Return a wall minute as `05 09:00`."""
    return wall_moment(minute).strftime("%d %H:%M")


def taken(*texts: str) -> tuple[Stretch, ...]:
    """Return engagements from texts like `05 09:00-10:30`."""
    found = []
    for text in texts:
        day, times = text.split()
        start, finish = times.split("-")
        found.append(Stretch(at(f"{day} {start}"), at(f"{day} {finish}")))
    return tuple(found)


SATO = Person(uid=1, name="Sato", calendar=OFFICE, busy=taken("05 09:00-10:30"))
SUZUKI = Person(uid=2, name="Suzuki", calendar=OFFICE, busy=taken("05 13:00-15:00"))
ITO = Person(uid=3, name="Ito", calendar=OFFICE, busy=taken("05 10:30-11:30"))
SMALL = Room(uid=11, name="Room A", seats=6, calendar=OFFICE, busy=taken("05 10:00-12:00"))
LARGE = Room(uid=12, name="Room B", seats=12, calendar=OFFICE, equipment=frozenset({"screen"}))

REVIEW = Meeting(length_minutes=60, required=(SATO, SUZUKI), optional=(ITO,), rooms=(LARGE, SMALL), step_minutes=30)
MONDAY = {"from_at": at("05 00:00"), "until_at": at("06 00:00")}
