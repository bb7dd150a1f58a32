"""The arrays that the kernels of people read and write.

People are bits of words, `words` of them; the lower the bit, the sooner somebody is taken.  Frames, `Loads` and `Web` are those
of `kaname.engine.leveling.arrays`.
"""

from typing import NamedTuple

from kaname.engine.leveling.arrays import Ints, Room


class Staff(NamedTuple):
    """Who is needed and who is there; rows of masks are `words` long, one after the other."""

    words: int
    first_group: Ints
    """Where the groups of an activity begin: places for which the same people are able."""
    able: Ints
    """Who is able, a row for each group."""
    seats: Ints
    """How many places each group has."""
    size: Ints
    """How many people each activity takes, at least 1."""
    first_check: Ints
    """Where the checks of an activity begin: of some groups together, so many people must be there."""
    union: Ints
    least: Ints
    anyone: Ints
    """Who is able to take any place, a row for each activity."""
    wished: Ints
    lasting: Ints
    """Who is there in the end: one row."""
    slots: int
    whole: Ints
    """Who is there in each slot while nobody is taken, word after word."""


class Pool(NamedTuple):
    """A population and the room to work in, as in `kaname.engine.leveling.arrays.Pool`, with a team for each activity.

    `orders`, `starts` and `teams` hold, for each place, a list, and the starts and teams of the schedule it was read from.
    """

    size: int
    orders: Room
    starts: Room
    teams: Room
    cost: Room
    rank: Room
    """Cost, then how much work goes on behind the bound."""
    trace: Room
    best: Room
    best_team: Room
    child: Room
    liked: Room
    """Who is preferred for each activity of the child."""
    firm: Room
    """Whether nobody else will do."""
    made: Room
    made_team: Room
    kept: Room
    kept_team: Room
    keys: Room
    tally: Room
    mark: Room
    eligible: Room
    chance: Room
    moment: Room
    free: Room
    here: Room
    """Who is free in each slot, word after word."""
    crew: Room
    """Who is free all through: one row."""
    held: Room
    """Who sits in which group of the activity that is staffed."""
    left: Room
    came: Room
    mover_word: Room
    mover: Room
    queue: Room
    seen: Room


class Settings(NamedTuple):
    """How a population evolves; shares are percent."""

    children: int
    window_share: int
    least_window: int
    insertion_share: int
    most_insertions: int
    accept_share: int
    heir_share: int
    """Children that prefer the teams of their parents."""
    firm_share: int
    """Of these, children that insist on them, each on a share of its own."""
    stray_share: int
    """Activities of a child that prefer people drawn by chance."""
    rivals: int
    least: int
    cycle: int


STATE_SIDE = 0
STATE_DONE = 1
STATE_BEST = 2
STATE_BEGUN = 3
STATE_FILLED = 4
STATE_GENERATION = 5
STATE_CURRENT = 6
STATE_SIZE = 7
