"""The arrays on which plans are levelled, beside those of the network (`engine.network.arrays`).

Nodes are known by their position in the network.  Moments are wall minutes, lengths working minutes, units permille: a
person who works whole days has 1000, a team of three 3000.
"""

from typing import Final, NamedTuple

from kaname.engine.calendar.kernels import Ints

# What levelling may do with a node.
FOLLOWS: Final = 0
"""It stands where the network puts it, whoever is free."""
WAITS: Final = 1
"""It waits until those whom it takes are free."""

WHOLE: Final = -1
"""In place of a length: from the start of the task to its finish."""
NOBODY: Final = -1
"""In place of a resource that kept a task waiting, or of a place."""
NEVER: Final = -2
"""In place of the number of a calendar: there is no such time."""


class Takes(NamedTuple):
    """What nodes take of resources, in compressed rows: those of position `i` are `first[i] .. first[i + 1]`.

    `units` is what is taken, `need` what must be free for it: no more than the resource ever has.  `calendar` is when the
    person works on this task; `offset` and `length` are working minutes of it after the start of the task, where the person
    takes no part in the whole of it.  `planned` is the span of the node that `length` was read for.  `is_mixed` is 1 where the
    resource works at different hours on different tasks.
    """

    first: Ints
    resource: Ints
    units: Ints
    need: Ints
    calendar: Ints
    offset: Ints
    length: Ints
    planned: Ints
    is_mixed: Ints


class Lines(NamedTuple):
    """What is free of each resource over time, as steps.

    The steps of resource `r` are the `count[r]` places from `first[r]` on: from `moment` to that of the next step `free` units
    are free, which is negative where more is taken than there is.  The first step begins at `-BEYOND`.
    """

    first: Ints
    count: Ints
    moment: Ints
    free: Ints


class Stays(NamedTuple):
    """When resources that work at different hours on different tasks work on what is placed.

    `begin` and `end` are by place in `Takes`, `last` is the place that was entered last for each resource and `previous` the
    one before, or `NOBODY`.  `common` says which calendar two calendars have in common: that of `a` and `b` stands at
    `(a + 1) * width + b + 1` and is `NEVER` where they share no time.
    """

    begin: Ints
    end: Ints
    previous: Ints
    last: Ints
    common: Ints
    width: Ints


class Limits(NamedTuple):
    """What levelling may do with each node.

    `role` is `FOLLOWS` or `WAITS`; `is_plain` is 1 for work on one calendar that no rule and no start-to-finish link bears on;
    `release` is a moment before which it does not begin; with a start after `latest_start` or a finish after `latest_finish`
    it does not wait at all.
    """

    role: Ints
    is_plain: Ints
    release: Ints
    latest_start: Ints
    latest_finish: Ints


class Waits(NamedTuple):
    """What levelling did with each node.

    `settled` is the start that the network alone gives it, `floor` the moment before which it was not let begin or `-BEYOND`,
    `held` the resource that it waited for last or `NOBODY`, `forced` 1 where it takes more than is free.
    """

    settled: Ints
    floor: Ints
    held: Ints
    forced: Ints
