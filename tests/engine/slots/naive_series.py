"""The slow search for a series: every weekday and time, meeting by meeting, on the slots of the naive search."""

from datetime import date, timedelta

from benchmarks.slot_naive import NaiveSlot, naive_slots
from kaname.engine.slots import Criterion, HolidayRule, Preferences, Series
from kaname.engine.units import day_number

EARLY = list(Criterion).index(Criterion.EARLINESS)
ROOM = list(Criterion).index(Criterion.ROOM)


def naive_series(
    series: Series, days_by_weekday: dict[int | None, list[date]], preferences: Preferences
) -> list[tuple]:
    """Return (missing, moves, room changes, score, weekday, minute, room) of every weekday and time, best first."""
    first, end = (day_number(day) * 1440 for day in (series.starts_on, series.ends_before))
    meeting, weights = series.meeting, preferences.weights
    seats = {room.uid: room.seats for room in meeting.rooms}

    def points(slot: NaiveSlot, room: int | None) -> int:
        merits = list(slot.merits)
        merits[EARLY] = 1000 * (1440 - slot.start_at % 1440) // 1440
        merits[ROOM] = 1000 * meeting.seats_needed // seats[room] if room is not None and seats[room] else 1000
        return sum(weights.of(criterion) * merit for criterion, merit in zip(Criterion, merits, strict=True))

    def smallest(slot: NaiveSlot) -> int | None:
        return slot.room_uids[0] if slot.room_uids else None

    slots = {slot.start_at: slot for slot in naive_slots(meeting, from_at=first, until_at=end, preferences=preferences)}
    best = {}
    for slot in sorted(slots.values(), key=lambda slot: slot.start_at):
        day = slot.start_at // 1440
        if day not in best or points(slot, smallest(slot)) > points(best[day], smallest(best[day])):
            best[day] = slot
    found = []
    for weekday, dates in days_by_weekday.items():
        numbers = [day_number(day) for day in dates]
        for minute in range(0, 1440, meeting.step_minutes):
            at_time = [slots.get(day * 1440 + minute) for day in numbers]
            if not any(at_time):
                continue
            away = [nearest(best, numbers, place, series.move_days) for place in range(len(numbers))]
            held = [slot or other for slot, other in zip(at_time, away, strict=True)]
            missing = held.count(None)
            moves = at_time.count(None) - missing
            rooms = sorted(meeting.rooms, key=lambda room: (room.seats, room.uid))
            hits = [sum(slot is not None and room.uid in slot.room_uids for slot in at_time) for room in rooms]
            room = rooms[hits.index(max(hits))].uid if rooms else None
            total = changes = 0
            for slot in held:
                if slot is not None:
                    is_there = room is None or room in slot.room_uids
                    changes += not is_there
                    total += points(slot, room if is_there else smallest(slot))
            score = total // sum(slot is not None for slot in held)
            found.append((missing, moves, changes, -score, weekday, minute, room))
    return sorted(found, key=lambda one: (*one[:4], one[4] or 0, one[5]))


def nearest(best: dict[int, NaiveSlot], numbers: list[int], place: int, reach: int) -> NaiveSlot | None:
    """Return the best slot of the nearest day that no other meeting of the series may use."""
    day = numbers[place]
    for step in range(reach + 1):
        for other in (day - step, day + step):
            before = place == 0 or other > (numbers[place - 1] + day) // 2
            after = place + 1 == len(numbers) or other <= (numbers[place + 1] + day) // 2
            if before and after and other in best:
                return best[other]
    return None


def naive_weekly(series: Series, weekday: int, step: int) -> list[date]:
    """Return the days of a weekly or fortnightly series after the rule for days off."""
    day = series.starts_on
    while day.weekday() != weekday:
        day += timedelta(days=1)
    nominal = []
    while day < series.ends_before:
        nominal.append(day)
        day += timedelta(days=step)
    planned: list[date] = []
    for place, day in enumerate(nominal):
        moved = day
        while series.holiday_rule is not HolidayRule.STAY and not series.calendar.shifts_on(moved):
            if series.holiday_rule is HolidayRule.SKIP:
                break
            moved += timedelta(days=1 if series.holiday_rule is HolidayRule.DAY_AFTER else -1)
        if series.holiday_rule is not HolidayRule.STAY and not series.calendar.shifts_on(moved):
            continue
        is_inside = series.starts_on <= moved < series.ends_before
        follows = not planned or moved > planned[-1]
        leads = place + 1 == len(nominal) or moved < nominal[place + 1]
        if is_inside and (moved == day or (follows and leads)):
            planned.append(moved)
    return planned
