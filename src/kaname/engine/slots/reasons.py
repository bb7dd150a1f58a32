"""Sentences that say why a slot has its rank."""

from collections.abc import Iterable, Mapping
from typing import Final

from kaname.engine.slots.types import Criterion, Meeting, Room, Slot
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY

_BEHIND: Final[Mapping[Criterion, str]] = {
    Criterion.ATTENDANCE: gettext_noop(
        "%(points)s points behind the first, above all because fewer optional people can come."
    ),
    Criterion.EARLINESS: gettext_noop("%(points)s points behind the first, above all because it is later."),
    Criterion.LUNCH: gettext_noop(
        "%(points)s points behind the first, above all because it takes more of the lunch breaks."
    ),
    Criterion.DISTURBANCE: gettext_noop(
        "%(points)s points behind the first, above all because more people have to move a provisional engagement."
    ),
    Criterion.FOCUS: gettext_noop(
        "%(points)s points behind the first, above all because it splits more long free blocks."
    ),
    Criterion.ROOM: gettext_noop(
        "%(points)s points behind the first, above all because its room is larger than needed."
    ),
}


def names_of(owners: Iterable[str]) -> str:
    """Return names in a row."""
    return ", ".join(owners)


def attendance(meeting: Meeting, absent: list[str]) -> Message:
    """Say how many of the optional people can come."""
    count = len(meeting.optional)
    if not count:
        return Message(gettext_noop("No optional people are invited."))
    if not absent:
        return Message(gettext_noop("All optional people can come (%(count)s)."), {"count": count})
    template = gettext_noop("Optional people who can come: %(present)s of %(count)s. Absent: %(names)s.")
    return Message(template, {"present": count - len(absent), "count": count, "names": names_of(absent)})


def earliness(*, start_at: int, from_at: int, until_at: int) -> Message:
    """Say on which day of the window the slot lies."""
    first = from_at // MINUTES_PER_DAY
    days = (until_at - 1) // MINUTES_PER_DAY - first + 1
    template = gettext_noop("It begins on day %(day)s of %(days)s.")
    return Message(template, {"day": start_at // MINUTES_PER_DAY - first + 1, "days": days})


def time_of_day(start_at: int) -> Message:
    """Say at what time of the day the slot lies."""
    minute = start_at % MINUTES_PER_DAY
    return Message(gettext_noop("It begins at %(time)s."), {"time": f"{minute // 60:02}:{minute % 60:02}"})


def lunch(names: list[str]) -> Message:
    """Say whose lunch the slot takes."""
    if not names:
        return Message(gettext_noop("It leaves everybody their lunch break."))
    return Message(gettext_noop("It takes the lunch break of: %(names)s."), {"names": names_of(names)})


def disturbance(names: list[str]) -> Message:
    """Say who has to move a provisional engagement."""
    if not names:
        return Message(gettext_noop("No provisional engagement has to be moved."))
    return Message(gettext_noop("A provisional engagement has to be moved by: %(names)s."), {"names": names_of(names)})


def focus(names: list[str], *, long_block: int) -> Message:
    """Say who loses a long free block."""
    if not names:
        return Message(gettext_noop("It splits no free block of %(minutes)s minutes or more."), {"minutes": long_block})
    template = gettext_noop("It splits a free block of %(minutes)s minutes or more of: %(names)s.")
    return Message(template, {"minutes": long_block, "names": names_of(names)})


def room(meeting: Meeting, chosen: Room | None, *, is_smallest: bool) -> Message:
    """Say how well the room fits."""
    if chosen is None:
        return Message(gettext_noop("No room is needed."))
    if is_smallest:
        template = gettext_noop("%(room)s is the smallest free room that fits: seats %(seats)s, needed %(needed)s.")
    else:
        template = gettext_noop("%(room)s is the room of the series: seats %(seats)s, needed %(needed)s.")
    return Message(template, {"room": chosen.name, "seats": chosen.seats, "needed": meeting.seats_needed})


def behind(first: Slot, slot: Slot) -> Message:
    """Say what sets a slot back behind the first: of equal losses the one named first counts."""
    points = first.score - slot.score
    if points == 0:
        return Message(gettext_noop("As good as the first, but later."))
    worst = max(zip(first.parts, slot.parts, strict=True), key=lambda pair: pair[0].points - pair[1].points)
    return Message(_BEHIND[worst[0].criterion], {"points": points})
