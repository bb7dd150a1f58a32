"""Turn a place in the arrays into a slot with names and reasons."""

from kaname.engine.slots import reasons
from kaname.engine.slots.board import Diaries
from kaname.engine.slots.masks import Grid, owners_in
from kaname.engine.slots.scoring import Scored, tightness
from kaname.engine.slots.types import Criterion, Part, Person, Preferences, Slot
from kaname.engine.text import Message


def slot_of(
    diaries: Diaries,
    preferences: Preferences,
    *,
    grid: Grid,
    scored: Scored,
    place: int,
    rank: int,
    earliness: Message,
    room: int | None = None,
) -> Slot:
    """Return the slot at a place of `scored`.

    Parameters
    ----------
    room
        The room to take if it is free, as a place among the fitting ones; else, and if `None`, the smallest free one.
    """
    meeting, fitting = diaries.meeting, diaries.fitting_rooms
    people = meeting.people
    attending = owners_in(scored.attending, place)
    absent = sorted(set(range(len(meeting.required), len(people))).difference(attending))
    lunch, moved, broken = (
        _names(people, owners_in(mask, place)) for mask in (scored.at_lunch, scored.disturbed, scored.split)
    )
    free = owners_in(scored.free_rooms, place) if fitting else []
    chosen = (room if room in free else free[0]) if free else None
    merits = {criterion: int(merit[place]) for criterion, merit in scored.merits.items()}
    if chosen is not None:
        merits[Criterion.ROOM] = tightness(diaries)[chosen]
    why = {
        Criterion.ATTENDANCE: reasons.attendance(meeting, [people[row].name for row in absent]),
        Criterion.EARLINESS: earliness,
        Criterion.LUNCH: reasons.lunch([name for _, name in lunch]),
        Criterion.DISTURBANCE: reasons.disturbance([name for _, name in moved]),
        Criterion.FOCUS: reasons.focus([name for _, name in broken], long_block=preferences.long_block_minutes),
        Criterion.ROOM: reasons.room(
            meeting, None if chosen is None else fitting[chosen], is_smallest=chosen in free[:1]
        ),
    }
    start_at = grid.start_at(int(scored.places[place]))
    return Slot(
        rank=rank,
        start_at=start_at,
        finish_at=start_at + meeting.length_minutes,
        room_uid=None if chosen is None else fitting[chosen].uid,
        other_room_uids=tuple(fitting[row].uid for row in free if row != chosen),
        attending_uids=tuple(people[row].uid for row in attending),
        absent_uids=tuple(people[row].uid for row in absent),
        at_lunch_uids=tuple(uid for uid, _ in lunch),
        disturbed_uids=tuple(uid for uid, _ in moved),
        split_uids=tuple(uid for uid, _ in broken),
        parts=tuple(
            Part(
                criterion=criterion,
                weight=preferences.weights.of(criterion),
                merit_permille=merits[criterion],
                reason=why[criterion],
            )
            for criterion in Criterion
        ),
    )


def _names(people: tuple[Person, ...], rows: list[int]) -> list[tuple[int, str]]:
    return [(people[row].uid, people[row].name) for row in rows]
