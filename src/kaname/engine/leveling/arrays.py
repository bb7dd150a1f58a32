"""The arrays that the kernels read and write.

Activities are numbered in topological order.  A *frame* is one direction of time: forward it counts from the start, backward
from an end; in both, an activity starts at a moment of the frame and its links ask for a least time from start to start.
"""

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

type Ints = Sequence[int]
type Room = MutableSequence[int]


class Loads(NamedTuple):
    """What activities take: durations, and demands packed into words."""

    duration: Ints
    first: Ints
    """Where the words of an activity begin in `word` and `demand`; one entry more than activities."""
    word: Ints
    demand: Ints
    guards: Ints
    """The guard bits of each word."""
    slots: int
    """Slots of one word in a profile."""
    whole: Ints
    """What is free while nothing is placed, word after word."""


class Web(NamedTuple):
    """The links that hold activities in one frame."""

    step: int
    """1 forward, -1 backward."""
    first: Ints
    other: Ints
    lag: Ints
    bound: Ints
    """Earliest start by links and releases alone."""
    tail: Ints
    """Least time from the start to the end of everything."""
    next_first: Ints
    next: Ints


class Aims(NamedTuple):
    """What schedules cost: groups of activities that finish behind what is due, and activities that leave their targets."""

    first: Ints
    """Where the members of a group begin in `member`; one entry more than groups."""
    member: Ints
    due: Ints
    weight: Ints
    floor: Ints
    """A finish of the group that no schedule changes."""
    target: Ints
    """Of each activity: the start that it had."""
    move: Ints
    """Of each activity: what a unit of time away from its target costs."""
    is_stable: int
    """1 if any move costs something."""
    far: int
    """The last finish of activities at their targets."""
    base: int
    """What every schedule costs."""


class Pool(NamedTuple):
    """A population and the room to work in.

    Places 0 to below `size` hold activity lists that are to be scheduled forward, the `size` after them lists that are to be
    scheduled backward.  `starts` are moments in the frame of that direction: those of the schedule, made in the other
    direction, that the list was read from.
    """

    size: int
    """Places of one side at most; `STATE_CURRENT` says how many of them live."""
    orders: Room
    starts: Room
    cost: Room
    trace: Room
    length: Room
    """Last finish of each place's schedule, where the cost is something else."""
    holds: Room
    """Where targets count: 1 for each activity that a list does not start before its target."""
    best: Room
    child: Room
    made: Room
    kept: Room
    keys: Room
    tally: Room
    mark: Room
    eligible: Room
    chance: Room
    moment: Room
    held: Room
    floors: Room
    free: Room


class Settings(NamedTuple):
    """How a population evolves; shares are percent."""

    children: int
    """Children per place, of which the best stays."""
    window_share: int
    """Share of children by window transplant, the others by two points."""
    least_window: int
    """Least width of a window, percent of the schedule."""
    insertion_share: int
    most_insertions: int
    accept_share: int
    """Share of worse children that are kept nevertheless."""
    parallel_share: int
    """Share of first schedules by the parallel scheme."""
    near_share: int
    """Share of first lists that are made from the best schedule so far by a few insertions, where a cost is sought."""
    rivals: int
    """Mothers that are drawn, of which the best is taken."""
    least: int
    """Places that are left at the end of a cycle."""
    cycle: int
    """Schedules of a cycle, in which the population shrinks from its full size to the least."""


STATE_SIDE = 0
STATE_DONE = 1
STATE_BEST = 2
STATE_BEGUN = 3
STATE_FILLED = 4
STATE_GENERATION = 5
STATE_CURRENT = 6
STATE_SIZE = 7
