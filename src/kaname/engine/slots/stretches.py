"""Stretches of time of many people or rooms in flat arrays, and what is left of them.

Where all owners are answered for at once they lie on one line: owner 0 has the minutes of the window first, then owner 1,
and so on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from itertools import chain, pairwise
from operator import attrgetter
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from kaname.engine.calendar.stacking import END_DAY, Eras
from kaname.engine.slots.checking import refuse
from kaname.engine.slots.types import Person, Room, Stretch
from kaname.engine.slots.zones import moved_all
from kaname.engine.text import gettext_noop
from kaname.engine.units import MINUTES_PER_DAY

Int64s = NDArray[np.int64]

FAR: Final = 2
"""Days that the clocks of two zones may differ by, and one more."""

_START: Final = attrgetter("start_at")
_FINISH: Final = attrgetter("finish_at")
_BEFORE: Final = np.iinfo(np.int64).min
_AFTER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of several owners: `owners`, `starts` and `finishes` of equal length, by owner and start."""

    owners: Int64s
    starts: Int64s
    finishes: Int64s

    def widened(self, *, before: int, after: int) -> Self:
        """Return the stretches, each begun `before` minutes earlier and ended `after` minutes later."""
        return type(self)(self.owners, self.starts - before, self.finishes + after)

    def inside(self, from_at: int, until_at: int) -> Self:
        """Return what lies in `[from_at, until_at)`."""
        starts, finishes = np.maximum(self.starts, from_at), np.minimum(self.finishes, until_at)
        is_some = starts < finishes
        if is_some.all():
            return type(self)(self.owners, starts, finishes)
        kept = np.flatnonzero(is_some)
        return type(self)(self.owners[kept], starts[kept], finishes[kept])


def working_hours(owners: Sequence[Person | Room], *, zone: tzinfo | None, from_at: int, until_at: int) -> Stretches:
    """Return the working hours of all owners in `[from_at, until_at)`, as minutes of `zone`.

    Those of one owner neither overlap nor touch.  Cost O(days) for each calendar, and nothing for one that was asked for
    the same days before.
    """
    days = (from_at // MINUTES_PER_DAY - FAR, (until_at - 1) // MINUTES_PER_DAY + 1 + FAR)
    found = [_hours(owner.calendar.eras, owner.zone, zone, *days) for owner in owners]
    return _joined(found).inside(from_at, until_at)


def engagements(owners: Sequence[Person | Room]) -> Stretches:
    """Return the firm engagements of all owners, those of one owner made one where they overlap or touch.

    Raises
    ------
    MeetingError
        If one ends before it begins.
    """
    return _diaries(owners, "busy")


def provisional_engagements(people: Sequence[Person]) -> Stretches:
    """Return the provisional engagements of all people, those of one person made one where they overlap or touch.

    Raises
    ------
    MeetingError
        If one ends before it begins.
    """
    return _diaries(people, "provisional")


def union(stretches: Stretches, *, from_at: int, until_at: int) -> Stretches:
    """Return what of the stretches lies in `[from_at, until_at)`, with those that overlap or touch made one; O(n).

    Examples
    --------
    >>> numbers = np.array([0, 0, 1]), np.array([5, 7, 6]), np.array([8, 9, 7])
    >>> made_one = union(Stretches(*numbers), from_at=0, until_at=20)
    >>> made_one.owners.tolist(), made_one.starts.tolist(), made_one.finishes.tolist()
    ([0, 1], [5, 6], [9, 7])
    """
    part = stretches.inside(from_at, until_at)
    if not part.starts.size:
        return part
    line = part.owners * (until_at - from_at + 1)
    reach = np.maximum.accumulate(line + part.finishes)
    is_first = np.ones(line.size, dtype=np.bool_)
    np.greater(line[1:] + part.starts[1:], reach[:-1], out=is_first[1:])
    if is_first.all():
        return part
    begins = np.flatnonzero(is_first)
    ends = np.append(begins[1:], line.size) - 1
    return Stretches(part.owners[begins], part.starts[begins], reach[ends] - line[ends])


def free_blocks(hours: Stretches, engaged: Stretches, *, from_at: int, until_at: int) -> Stretches:
    """Return the longest stretches that lie in the hours and touch no engagement.

    Parameters
    ----------
    hours, engaged
        Inside `[from_at, until_at)`; of one owner the hours neither overlap nor touch, nor do the engagements.

    Returns
    -------
    Stretches
        Those of one owner neither overlap nor touch.  Cost O(n log n).

    Examples
    --------
    >>> owner = np.zeros(1, dtype=np.int64)
    >>> day = Stretches(owner, np.array([540]), np.array([1080]))
    >>> taken = Stretches(owner, np.array([600]), np.array([660]))
    >>> blocks = free_blocks(day, taken, from_at=0, until_at=1440)
    >>> blocks.starts.tolist(), blocks.finishes.tolist()
    ([540, 660], [600, 1080])
    """
    span = until_at - from_at + 1
    line = hours.owners * span - from_at
    begins, ends = line + hours.starts, line + hours.finishes
    line = engaged.owners * span - from_at
    gap_begins = np.append(_BEFORE, line + engaged.finishes)
    gap_ends = np.append(line + engaged.starts, _AFTER)
    first = np.searchsorted(gap_ends, begins, side="right")
    count = np.searchsorted(gap_begins, ends, side="left") - first
    rows = np.repeat(np.arange(begins.size), count)
    gaps = np.arange(rows.size) + np.repeat(first - np.cumsum(count) + count, count)
    owners = hours.owners[rows]
    back = from_at - owners * span
    begins = np.maximum(begins[rows], gap_begins[gaps]) + back
    ends = np.minimum(ends[rows], gap_ends[gaps]) + back
    return Stretches(owners, begins, ends)


def forget_hours() -> None:
    """Forget the working hours that were kept, as if no calendar had been asked for."""
    _hours.cache_clear()


@lru_cache(maxsize=2048)
def _hours(eras: Eras, source: tzinfo | None, target: tzinfo | None, first: int, end: int) -> tuple[Int64s, Int64s]:
    """Return starts and finishes of the working hours of the days `[first, end)`, moved to the zone `target`."""
    numbers: list[int] = []
    ends = [era.starts_day for era in eras[1:]] + [END_DAY]
    for era, era_end in zip(eras, ends, strict=True):
        for day in range(max(era.starts_day, first), min(era_end, end)):
            midnight = day * MINUTES_PER_DAY
            for shift in era.week[(day + 3) % 7]:
                if numbers and numbers[-1] == midnight + shift.start:
                    numbers[-1] = midnight + shift.finish
                else:
                    numbers += (midnight + shift.start, midnight + shift.finish)
    edges = np.array(numbers, dtype=np.int64)
    if source is None or target is None or source == target:
        return edges[::2], edges[1::2]
    edges = moved_all(edges, source=source, target=target)
    return _made_one(edges[::2], edges[1::2])


def _made_one(starts: Int64s, finishes: Int64s) -> tuple[Int64s, Int64s]:
    """Return the stretches of one owner without those that are empty, overlap or touch."""
    if not starts.size:
        return starts, finishes
    owner = np.zeros(starts.size, dtype=np.int64)
    joined = union(Stretches(owner, starts, finishes), from_at=int(starts.min()), until_at=int(finishes.max()))
    return joined.starts, joined.finishes


def _diaries(owners: Sequence[Person | Room], name: str) -> Stretches:
    unread = [owner for owner in owners if name not in owner.kept]
    if unread:
        _read(unread, name)
    return _joined([owner.kept[name] for owner in owners])


def _read(owners: Sequence[Person | Room], name: str) -> None:
    """Read the diaries of several owners at once and keep them with each, those that overlap or touch made one."""
    diaries: list[tuple[Stretch, ...]] = [getattr(owner, name) for owner in owners]
    stretches = list(chain.from_iterable(diaries))
    starts = np.fromiter(map(_START, stretches), dtype=np.int64, count=len(stretches))
    finishes = np.fromiter(map(_FINISH, stretches), dtype=np.int64, count=len(stretches))
    rows = np.repeat(np.arange(len(owners)), [len(diary) for diary in diaries])
    backward = np.flatnonzero(finishes < starts)
    if backward.size:
        refuse(
            gettext_noop("An engagement of %(name)s ends before it begins."), {"name": owners[rows[backward[0]]].name}
        )
    lowest, highest = (int(starts.min()), int(finishes.max())) if stretches else (0, 0)
    order = np.argsort(rows * (highest - lowest + 1) + starts - lowest, kind="stable")
    joined = union(Stretches(rows[order], starts[order], finishes[order]), from_at=lowest, until_at=highest)
    edges = np.searchsorted(joined.owners, np.arange(len(owners) + 1)).tolist()
    for owner, (begin, end) in zip(owners, pairwise(edges), strict=True):
        owner.kept[name] = (joined.starts[begin:end], joined.finishes[begin:end])


def _joined(found: Sequence[tuple[Int64s, Int64s]]) -> Stretches:
    nothing = np.empty(0, dtype=np.int64)
    owners = np.repeat(np.arange(len(found)), [starts.size for starts, _ in found])
    starts = np.concatenate([nothing, *(starts for starts, _ in found)])
    return Stretches(owners, starts, np.concatenate([nothing, *(finishes for _, finishes in found)]))
