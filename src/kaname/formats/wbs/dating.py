"""What the dates of a row mean for the schedule.

The rule: dates stay as they are written.  A row whose dates fall into working time becomes an automatic task of exactly
that duration; its start is explained by its predecessors or, where they do not explain it, held by "start no earlier than".
A row whose dates the calendar cannot hold (a Saturday, a lunch hour) becomes a manual task.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kaname.engine.network.plan import DurationKind, LagUnit, LinkType, TaskMode
from kaname.engine.units import MINUTES_PER_DAY, day_number, day_of
from kaname.formats.wbs.dates import DateRead
from kaname.formats.wbs.worktime import WorkingTime


class DatingFlaw(StrEnum):
    """What had to be changed or assumed."""

    FINISH_BEFORE_START = "finish_before_start"
    NON_WORKING = "non_working"
    DURATION_DISAGREES = "duration_disagrees"
    DURATION_ASSUMED = "duration_assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """The dates of a row as moments, with its duration and how it is scheduled."""

    start_at: int | None = None
    finish_at: int | None = None
    duration_minutes: int | None = None
    duration_kind: DurationKind = DurationKind.WORKING
    is_estimated: bool = False
    mode: TaskMode = TaskMode.AUTO
    flaws: tuple[DatingFlaw, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a row says of its dates and duration."""

    start: DateRead
    finish: DateRead
    duration_minutes: int | None
    duration_kind: DurationKind
    is_milestone: bool
    duration_rules: bool
    """The duration was exported with the dates and wins over them."""


@dataclass(frozen=True, slots=True)
class Driver:
    """The written dates of a predecessor, with its link."""

    start_at: int | None
    finish_at: int | None
    type: LinkType
    lag: int
    lag_unit: LagUnit


def start_moment(read: DateRead, clock: WorkingTime) -> int | None:
    """Return the moment of a start: a day begins with its work."""
    if read.day is None:
        return None
    return clock.opening(read.day) if read.minute is None else _at(read.day, read.minute)


def finish_moment(read: DateRead, clock: WorkingTime) -> int | None:
    """Return the moment of a finish: a day ends with its work."""
    if read.day is None:
        return None
    return clock.closing(read.day) if read.minute is None else _at(read.day, read.minute)


def _at(day: date, minute: int) -> int:
    return day_number(day) * MINUTES_PER_DAY + minute


def date_row(written: Written, *, clock: WorkingTime, minutes_per_day: int) -> Dating:
    """Return what the dates of a row mean, before its predecessors are looked at."""
    start, finish = start_moment(written.start, clock), finish_moment(written.finish, clock)
    if written.is_milestone:
        return _milestone(written, clock)
    if start is not None and finish is not None:
        if finish < start:
            dated = _one_date(start, None, written, clock, minutes_per_day)
            return _with_flaw(dated, DatingFlaw.FINISH_BEFORE_START)
        return _two_dates(start, finish, written, clock)
    return _one_date(start, finish, written, clock, minutes_per_day)


def _milestone(written: Written, clock: WorkingTime) -> Dating:
    read = written.finish if written.finish.day is not None else written.start
    moment = start_moment(read, clock)
    if moment is None:
        return Dating(duration_minutes=0)
    mode = TaskMode.AUTO if clock.is_start(moment) or clock.is_finish(moment) else TaskMode.MANUAL
    flaws = () if mode is TaskMode.AUTO else (DatingFlaw.NON_WORKING,)
    return Dating(start_at=moment, finish_at=moment, duration_minutes=0, mode=mode, flaws=flaws)


def _two_dates(start: int, finish: int, written: Written, clock: WorkingTime) -> Dating:
    if written.duration_rules and written.duration_minutes is not None:
        return Dating(
            start_at=start,
            finish_at=finish,
            duration_minutes=written.duration_minutes,
            duration_kind=written.duration_kind,
        )
    minutes = clock.minutes_between(start, finish)
    disagrees = written.duration_minutes is not None and written.duration_minutes != minutes
    flaws = (DatingFlaw.DURATION_DISAGREES,) if disagrees else ()
    if clock.is_start(start) and clock.is_finish(finish):
        return Dating(start_at=start, finish_at=finish, duration_minutes=minutes, flaws=flaws)
    kind = DurationKind.WORKING if minutes else DurationKind.ELAPSED
    return Dating(
        start_at=start,
        finish_at=finish,
        duration_minutes=minutes or finish - start,
        duration_kind=kind,
        mode=TaskMode.MANUAL,
        flaws=(*flaws, DatingFlaw.NON_WORKING),
    )


def _one_date(
    start: int | None, finish: int | None, written: Written, clock: WorkingTime, minutes_per_day: int
) -> Dating:
    flaws: tuple[DatingFlaw, ...] = ()
    minutes, kind, is_estimated = written.duration_minutes, written.duration_kind, False
    if minutes is None:
        minutes, kind, is_estimated = minutes_per_day, DurationKind.WORKING, True
        flaws = (DatingFlaw.DURATION_ASSUMED,)
    if start is None and finish is not None:
        start = clock.add(finish, -minutes) if kind is DurationKind.WORKING else finish - minutes
    elif start is not None:
        finish = clock.add(start, minutes) if kind is DurationKind.WORKING else start + minutes
    mode = TaskMode.AUTO
    if start is not None and not written.duration_rules and kind is DurationKind.WORKING and not clock.is_start(start):
        mode, flaws = TaskMode.MANUAL, (*flaws, DatingFlaw.NON_WORKING)
    return Dating(
        start_at=start,
        finish_at=finish,
        duration_minutes=minutes,
        duration_kind=kind,
        is_estimated=is_estimated,
        mode=mode,
        flaws=flaws,
    )


def _with_flaw(dating: Dating, flaw: DatingFlaw) -> Dating:
    return Dating(
        start_at=dating.start_at,
        finish_at=dating.finish_at,
        duration_minutes=dating.duration_minutes,
        duration_kind=dating.duration_kind,
        is_estimated=dating.is_estimated,
        mode=dating.mode,
        flaws=(*dating.flaws, flaw),
    )


class Explanation(StrEnum):
    """How the predecessors of a row stand to its written start."""

    EXPLAINED = "explained"
    LATER_THAN_LINKS = "later_than_links"
    EARLIER_THAN_LINKS = "earlier_than_links"


def explain_start(start_at: int, drivers: Sequence[Driver], *, clock: WorkingTime, is_milestone: bool) -> Explanation:
    """Say whether the predecessors by themselves bring a row to its written start.

    Only finish-to-start and start-to-start links with a working lag are followed; others explain nothing.
    """
    bounds = [bound for driver in drivers if (bound := _bound(driver, clock)) is not None]
    if not bounds:
        return Explanation.LATER_THAN_LINKS
    earliest = max(bounds)
    if is_milestone and day_of(earliest) == day_of(start_at):
        return Explanation.EXPLAINED
    earliest = clock.next_start(earliest)
    if earliest == start_at:
        return Explanation.EXPLAINED
    return Explanation.LATER_THAN_LINKS if earliest < start_at else Explanation.EARLIER_THAN_LINKS


def _bound(driver: Driver, clock: WorkingTime) -> int | None:
    if driver.lag_unit is not LagUnit.WORKING:
        return None
    origin = {LinkType.FS: driver.finish_at, LinkType.SS: driver.start_at}.get(driver.type)
    if origin is None:
        return None
    return clock.add(origin, driver.lag) if driver.lag else origin
