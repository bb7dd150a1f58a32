"""The words of the slot finder: who meets where and how long, what is preferred, and what is found."""

from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine import scoring
from kaname.engine.calendar import CompiledCalendar
from kaname.engine.scoring import Weighing, share_of_best
from kaname.engine.text import Message

MAX_LENGTH_MINUTES: Final = 1440
MAX_WINDOW_DAYS: Final = 3660
MAX_STARTS: Final = 2_000_000


class MeetingError(ValueError):
    """A meeting that no slot can be sought for; `message` says what is wrong with it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Time from `start_at` to before `finish_at`, in wall minutes of the zone of the meeting."""

    start_at: int
    finish_at: int


Kept = dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]
"""Engagements as sorted arrays of starts and finishes, written at the first question and kept for the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buffer:
    """Minutes around the meeting that must be free of engagements; they may lie outside working hours."""

    before_minutes: int = 0
    after_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may come.

    Parameters
    ----------
    uid, name
        Unique among all people of the meeting, and what the reasons call the person.
    calendar
        Own working hours, holidays and absences, on the clock of `zone`.
    zone
        The zone of `calendar` and of the person's lunch; `None` = the zone of the meeting.
    busy
        Firm engagements in any order; they may overlap.
    provisional
        Engagements that may be moved for the meeting, at a price in the ranking.
    """

    uid: int
    name: str
    calendar: CompiledCalendar
    zone: tzinfo | None = None
    busy: tuple[Stretch, ...] = ()
    provisional: tuple[Stretch, ...] = ()
    kept: Kept = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room with its seats, what stands in it, the hours in which it is open and the time in which it is taken."""

    uid: int
    name: str
    seats: int
    calendar: CompiledCalendar
    equipment: frozenset[str] = frozenset()
    zone: tzinfo | None = None
    busy: tuple[Stretch, ...] = ()
    kept: Kept = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What is sought.

    Parameters
    ----------
    length_minutes
        1 to 1440.
    required
        Those without whom there is no meeting.
    optional
        Those who come if they can.
    rooms
        The rooms to choose from; none = no room is needed.
    seats
        Seats needed; `None` = one for everybody invited.
    equipment
        What the room must have.
    people_buffer, room_buffer
        Time around the meeting in which people and room have no other engagement.
    zone
        The zone of all moments in the question and in the answer; needed only if somebody lives in another one.
    step_minutes
        Meetings begin at midnight plus a multiple of it; a divisor of 1440.
    """

    length_minutes: int
    required: tuple[Person, ...] = ()
    optional: tuple[Person, ...] = ()
    rooms: tuple[Room, ...] = ()
    seats: int | None = None
    equipment: frozenset[str] = frozenset()
    people_buffer: Buffer = Buffer()
    room_buffer: Buffer = Buffer()
    zone: tzinfo | None = None
    step_minutes: int = 15

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody invited, the required first."""
        return self.required + self.optional

    @property
    def seats_needed(self) -> int:
        """The seats that a room must have."""
        return len(self.required) + len(self.optional) if self.seats is None else self.seats


class Criterion(StrEnum):
    """What a slot is judged by, in the order in which reasons are given."""

    ATTENDANCE = "attendance"
    EARLINESS = "earliness"
    LUNCH = "lunch"
    DISTURBANCE = "disturbance"
    FOCUS = "focus"
    ROOM = "room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Weighing):
    """How much each criterion counts; whole numbers from 0 to 1,000,000, not all of them 0."""

    attendance: int = 30
    earliness: int = 25
    lunch: int = 15
    disturbance: int = 15
    focus: int = 10
    room: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What makes one slot better than another.

    Parameters
    ----------
    weights
        How much each criterion counts.
    lunch_start, lunch_finish
        Minutes after midnight on each person's own clock.
    long_block_minutes
        A free block of at least this length is worth keeping in one piece.
    count
        How many slots to return at most.
    apart_minutes
        Least distance between the starts of two slots that are returned; the better one stays.
    """

    weights: Weights = Weights()
    lunch_start: int = 720
    lunch_finish: int = 780
    long_block_minutes: int = 120
    count: int = 10
    apart_minutes: int = 0


Part = scoring.Part[Criterion]
"""What one criterion says of a slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time and a room for the meeting.

    Parameters
    ----------
    rank
        1 is the best.
    start_at, finish_at
        Wall minutes of the meeting's zone.
    room_uid
        The smallest free room that fits; `None` where no room is needed.
    other_room_uids
        The other free rooms that fit, smallest first.
    attending_uids, absent_uids
        Who can come, and which of the optional people cannot, in the order of the invitation.
    at_lunch_uids, disturbed_uids, split_uids
        Of those who come: whose lunch it takes, who has to move a provisional engagement, and who loses a long free block.
    parts
        One for each criterion; the score is the sum of their points.
    behind
        What sets it back behind the first, `None` for the first.
    """

    rank: int
    start_at: int
    finish_at: int
    room_uid: int | None
    other_room_uids: tuple[int, ...]
    attending_uids: tuple[int, ...]
    absent_uids: tuple[int, ...]
    at_lunch_uids: tuple[int, ...]
    disturbed_uids: tuple[int, ...]
    split_uids: tuple[int, ...]
    parts: tuple[Part, ...]
    behind: Message | None = None

    @property
    def score(self) -> int:
        """The sum of the points of all parts."""
        return sum(part.points for part in self.parts)

    @property
    def score_permille(self) -> int:
        """The score as a share of the best conceivable one, rounded down."""
        return share_of_best(self.score, self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A required person who stands in the way.

    Parameters
    ----------
    blocked
        Starts at which somebody required could come and this person could not: the sum of the three below.
    outside_hours, engaged, buffered
        Why: not in working hours, a firm engagement in the time of the meeting, or only in the time around it.
    gained
        Starts that would become possible if this person alone were not required.
    reason
        The same as a sentence.
    """

    uid: int
    blocked: int
    outside_hours: int
    engaged: int
    buffered: int
    gained: int
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Compromise:
    """A start with the fewest obstacles: which required people would be missing, and whether a room is."""

    start_at: int
    finish_at: int
    missing_uids: tuple[int, ...]
    is_room_missing: bool
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Concessions:
    """What would have to give, where there is no slot.

    Parameters
    ----------
    considered
        Starts at which at least one required person could come.
    blockers
        The required people who block anything: who would gain most first, then who blocks most.
    without_room
        Starts that would be possible if no room were needed.
    without_buffers
        Starts that would be possible with no time kept free around the meeting.
    longest_minutes, longest_at
        The longest shorter meeting, in steps, that has a slot, and its first start; `None` where there is none.
    compromises
        The starts with the fewest obstacles, the best first.
    reasons
        The same as sentences.
    """

    considered: int
    blockers: tuple[Blocker, ...]
    without_room: int
    without_buffers: int
    longest_minutes: int | None
    longest_at: int | None
    compromises: tuple[Compromise, ...]
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotReport:
    """The answer to `find_slots`.

    Parameters
    ----------
    slots
        The best ones, best first.
    considered, possible
        How many starts lie in the window, and at how many of them the meeting could be held.
    weights
        What the ranking rests on.
    concessions
        What would have to give; `None` where there is a slot.
    """

    slots: tuple[Slot, ...]
    considered: int
    possible: int
    weights: Weights
    concessions: Concessions | None = None
