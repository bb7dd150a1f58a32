"""Find the best weekday and time for a whole series of meetings."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kaname.engine.slots import reasons
from kaname.engine.slots.board import Board, Diaries, lay_out
from kaname.engine.slots.cadence import PlannedDay, check_cadence, planned_days
from kaname.engine.slots.checking import check_meeting, check_preferences, check_window, refuse
from kaname.engine.slots.masks import owners_in
from kaname.engine.slots.patterns import NOWHERE, Days, Tally, lay_days, tally
from kaname.engine.slots.series_types import Occurrence, OccurrenceState, Series, SeriesOption, SeriesReport
from kaname.engine.slots.telling import slot_of
from kaname.engine.slots.types import Preferences, Slot
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, day_number, wall_moment


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A weekday with the days of the series, where the planned ones lie in the period, and what each time of day gives."""

    weekday: int | None
    days: list[PlannedDay]
    planned: list[int]
    elsewhere: list[int]
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Search:
    """Everything that the answer is told from."""

    series: Series
    preferences: Preferences
    diaries: Diaries
    board: Board
    days: Days


def find_series(series: Series, *, preferences: Preferences | None = None) -> SeriesReport:
    """Find the best weekdays and times for a whole series.

    Parameters
    ----------
    series
        What is held, how often, and what becomes of days off.
    preferences
        As for one meeting; `count` is the number of options, `apart_minutes` keeps the times of one weekday apart, and a
        meeting is early if it is early in its day.

    Returns
    -------
    SeriesReport
        By fewest meetings without a slot, then fewest moves, then fewest changes of room, then score, then weekday, then
        time.  A meeting that cannot be held at the time of the series moves to the nearest day with a slot, its own day
        first and the day before ahead of the day after, and there to the slot with the best score.
        Cost that of one search over the period, and O(meetings x starts of a day x rooms) for each weekday.

    Raises
    ------
    MeetingError
        If the question contradicts itself.
    """
    preferences = preferences or Preferences()
    from_at, until_at = (day_number(day) * MINUTES_PER_DAY for day in (series.starts_on, series.ends_before))
    check_meeting(series.meeting)
    check_preferences(preferences)
    check_window(from_at, until_at, step=series.meeting.step_minutes)
    check_cadence(series.cadence)
    if not series.weekdays or not set(series.weekdays) <= set(range(7)) or not 0 <= series.move_days <= 6:
        refuse(gettext_noop("A series needs at least one weekday from 0 to 6, and moves by 0 to 6 days."))
    diaries = Diaries.read(series.meeting, from_at=from_at, until_at=until_at)
    meeting = series.meeting
    board = lay_out(
        diaries, length=meeting.length_minutes, people_buffer=meeting.people_buffer, room_buffer=meeting.room_buffer
    )
    days = lay_days(diaries, preferences, board=board, days=(until_at - from_at) // MINUTES_PER_DAY)
    search = _Search(series, preferences, diaries, board, days)
    patterns = [_pattern(search, weekday) for weekday in _weekdays(series)]
    order = _ranked(patterns)
    chosen = _apart(order, count=preferences.count, apart=-(-preferences.apart_minutes // meeting.step_minutes))
    options = [_option(search, patterns[which], minute, rank=rank) for rank, (which, minute) in enumerate(chosen, 1)]
    return SeriesReport(options=tuple(options), possible=len(order), weights=preferences.weights)


def _weekdays(series: Series) -> list[int | None]:
    return [*sorted(set(series.weekdays))] if series.cadence.has_weekday else [None]


def _pattern(search: _Search, weekday: int | None) -> _Pattern:
    series = search.series
    days = planned_days(
        series.cadence,
        weekday=weekday,
        starts_on=series.starts_on,
        ends_before=series.ends_before,
        calendar=series.calendar,
        holiday_rule=series.holiday_rule,
    )
    planned = [(day.on - series.starts_on).days for day in days if day.on is not None]
    elsewhere = _elsewhere(search, planned)
    return _Pattern(weekday, days, planned, elsewhere, tally(search.days, planned=planned, elsewhere=elsewhere))


def _elsewhere(search: _Search, planned: list[int]) -> list[int]:
    """Return for each planned day the day to which its meeting would move; no two meetings share one."""
    best, reach = search.days.best, search.series.move_days
    found = []
    for place, day in enumerate(planned):
        first = (planned[place - 1] + day) // 2 + 1 if place else 0
        last = (day + planned[place + 1]) // 2 if place + 1 < len(planned) else best.size - 1
        near = [day, *(other for step in range(1, reach + 1) for other in (day - step, day + step))]
        found.append(next((other for other in near if first <= other <= last and best[other] != NOWHERE), NOWHERE))
    return found


def _ranked(patterns: list[_Pattern]) -> list[tuple[int, int]]:
    """Return the patterns and times at which anything is held at the time itself, best first."""
    columns = []
    for which, pattern in enumerate(patterns):
        counted = pattern.tally
        minutes = np.flatnonzero(counted.held > counted.moves)
        columns.append(
            np.stack(
                [
                    counted.missing[minutes],
                    counted.moves[minutes],
                    counted.room_changes[minutes],
                    -(counted.score[minutes] // counted.held[minutes]),
                    np.full(minutes.size, which),
                    minutes,
                ]
            )
        )
    table = np.concatenate(columns, axis=1)
    order = np.lexsort(table[::-1])
    return [(int(table[4, place]), int(table[5, place])) for place in order]


def _apart(order: list[tuple[int, int]], *, count: int, apart: int) -> list[tuple[int, int]]:
    """Return the first `count` patterns of which no two of one weekday are nearer than `apart` starts."""
    chosen: list[tuple[int, int]] = []
    for which, minute in order:
        if all(which != other or abs(minute - start) >= apart for other, start in chosen):
            chosen.append((which, minute))
            if len(chosen) == count:
                break
    return chosen


def _option(search: _Search, pattern: _Pattern, minute: int, *, rank: int) -> SeriesOption:
    counted, rooms = pattern.tally, search.diaries.fitting_rooms
    room = int(counted.room[minute]) if rooms else None
    occurrences = tuple(_occurrences(search, pattern, minute, room=room, rank=rank))
    held = [one.slot for one in occurrences if one.slot is not None]
    missing, moves = int(counted.missing[minute]), int(counted.moves[minute])
    return SeriesOption(
        rank=rank,
        weekday=pattern.weekday,
        minute_of_day=minute * search.board.grid.step,
        room_uid=None if room is None else rooms[room].uid,
        missing=missing,
        moves=moves,
        room_changes=int(counted.room_changes[minute]),
        score=sum(slot.score for slot in held) // len(held),
        occurrences=occurrences,
        reason=_reason(len(pattern.planned), missing=missing, moves=moves),
    )


def _occurrences(
    search: _Search, pattern: _Pattern, minute: int, *, room: int | None, rank: int
) -> Iterator[Occurrence]:
    places = iter(zip(pattern.planned, pattern.elsewhere, strict=True))
    for day in pattern.days:
        if day.on is None:
            yield _occurrence(day, OccurrenceState.DROPPED, None, day.why)
            continue
        planned, elsewhere = next(places)
        if search.days.places[planned, minute] != NOWHERE:
            state = OccurrenceState.PLANNED if day.on == day.nominal_on else OccurrenceState.MOVED_BY_RULE
            slot = _slot(search, planned, minute, room=room, rank=rank)
            yield _occurrence(day, state, slot, day.why)
        elif elsewhere != NOWHERE:
            slot = _slot(search, elsewhere, int(search.days.best[elsewhere]), room=room, rank=rank)
            yield _occurrence(day, OccurrenceState.MOVED, slot, _why_moved(search, planned, minute, slot))
        else:
            yield _occurrence(day, OccurrenceState.MISSING, None, _why_missing(search, planned, minute))


def _occurrence(day: PlannedDay, state: OccurrenceState, slot: Slot | None, reason: Message) -> Occurrence:
    return Occurrence(nominal_on=day.nominal_on, state=state, slot=slot, reason=reason)


def _slot(search: _Search, day: int, minute: int, *, room: int | None, rank: int) -> Slot:
    place = int(search.days.places[day, minute])
    grid = search.board.grid
    start_at = grid.start_at(int(search.days.scored.places[place]))
    return slot_of(
        search.diaries,
        search.preferences,
        grid=grid,
        scored=search.days.scored,
        place=place,
        rank=rank,
        earliness=reasons.time_of_day(start_at),
        room=room,
    )


def _why_moved(search: _Search, day: int, minute: int, slot: Slot) -> Message:
    moment = wall_moment(slot.start_at).strftime("%Y-%m-%d %H:%M")
    names = _missing_names(search, day, minute)
    if names:
        template = gettext_noop("Moved to %(moment)s: at the planned time these cannot come: %(names)s.")
        return Message(template, {"moment": moment, "names": names})
    template = gettext_noop("Moved to %(moment)s: at the planned time no fitting room is free.")
    return Message(template, {"moment": moment})


def _why_missing(search: _Search, day: int, minute: int) -> Message:
    names = _missing_names(search, day, minute)
    days = search.series.move_days
    if names:
        template = gettext_noop("No slot within %(days)s days; at the planned time these cannot come: %(names)s.")
        return Message(template, {"days": days, "names": names})
    template = gettext_noop("No slot within %(days)s days; at the planned time no fitting room is free.")
    return Message(template, {"days": days})


def _missing_names(search: _Search, day: int, minute: int) -> str:
    """Return who cannot come at a start, of the required people, or of all where nobody is required."""
    meeting, board = search.series.meeting, search.board
    place = day * search.days.places.shape[1] + minute
    if place >= board.grid.count:
        return reasons.names_of(person.name for person in meeting.people)
    wanted = board.required if meeting.required else ~board.required
    rows = owners_in(~board.can_come[:, place : place + 1] & wanted[:, None], 0)
    if not meeting.required and board.can_come[:, place].any():
        return ""
    return reasons.names_of(meeting.people[row].name for row in rows if row < len(meeting.people))


def _reason(count: int, *, missing: int, moves: int) -> Message:
    if missing:
        template = gettext_noop("Of %(count)s meetings %(moves)s have to move and %(missing)s have no slot.")
        return Message(template, {"count": count, "moves": moves, "missing": missing})
    if moves:
        return Message(gettext_noop("Of %(count)s meetings %(moves)s have to move."), {"count": count, "moves": moves})
    return Message(gettext_noop("None of the %(count)s meetings has to move."), {"count": count})
