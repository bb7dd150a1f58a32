"""The flat arrays on which a plan is calculated.

Every node has a *position*: its place in topological order, so that all that drives it lies before it.  A task is one
node; a summary with links of its own or a bound for its children has a second, opening node, from which its children
hang.  The codes below are plain integers because compiled code reads them.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Int8s = NDArray[np.int8]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]

# Kinds of nodes.
WORK: Final = 0
"""Some working minutes on one calendar."""
POINT: Final = 1
"""No duration: stands where it is put, be it at night."""
START_POINT: Final = 2
"""No duration, and always at the start of a shift."""
FINISH_POINT: Final = 3
"""No duration, within a shift or at either end of one."""
SHARED: Final = 4
"""Several people on several calendars."""
FIXED: Final = 5
"""Both dates are given: manual, external, finished."""
STARTED: Final = 6
"""The start is given, the remaining work is scheduled."""
OPENING: Final = 7
"""Where the bounds of a summary enter and go on to its children."""
CLOSING: Final = 8
"""A summary whose children's dates drive others."""
IDLE: Final = 9
"""Not calculated by the passes: rolled up or stretched afterwards."""

# Shapes of links: the type in the lowest two bits.
FS: Final = 0
SS: Final = 1
FF: Final = 2
SF: Final = 3
LAGGED: Final = 4
"""Added where a lag counts."""
SHARE_LAGGED: Final = 8
"""Added where the lag is permille of the predecessor's length, known only when that is scheduled."""
CHILD: Final = 12
"""From a child to its summary's closing node."""
SILENT: Final = 13
"""In a list of successors: the successor puts no late bound on the predecessor."""

# Columns of the rules of a node: what the forward pass reads first, what the backward pass reads in the middle.
RULE_WIDTH: Final = 17
START_MIN: Final = 0
FINISH_MIN: Final = 1
START_MAX: Final = 2
FINISH_MAX: Final = 3
DELAY: Final = 4
FLOOR: Final = 5
FLAGS: Final = 6
EXPECTED_FINISH: Final = 7
LATE_START_MAX: Final = 8
LATE_FINISH_MAX: Final = 9
LATE_START_MIN: Final = 10
LATE_FINISH_MIN: Final = 11
GIVEN_START: Final = 12
GIVEN_FINISH: Final = 13
RESUME_MIN: Final = 14
FIRST_SHARE: Final = 15
END_SHARE: Final = 16

# Bits in the column FLAGS.
IGNORES_LINKS: Final = 1
DONE: Final = 2
ASIDE: Final = 4
"""Does not count for the finish of the plan."""

# What drove a start, where it was not a link (those are numbers from 0).
BY_PROJECT_START: Final = -1
BY_CONSTRAINT: Final = -2
BY_CEILING: Final = -3
BY_GIVEN: Final = -4
BY_STATUS: Final = -5
BY_DELAY: Final = -6
BY_FLOOR: Final = -7
BY_NOTHING: Final = -8

OWN_CALENDAR: Final = -2
"""In place of the number of a calendar: each task's own."""


class Nodes(NamedTuple):
    """What is known of every node, by position.

    `calendar` is a number in the calendar tables or `CLOCK`; `span` is working minutes; `rule` is a row of the rules or
    -1; `slack_calendar` is the calendar on which floats are counted.
    """

    kind: Int8s
    calendar: Int32s
    slack_calendar: Int32s
    span: Int64s
    rule: Int32s


class Links(NamedTuple):
    """Links in compressed rows: those of position `i` are `first[i] .. first[i + 1]`; `other` is the far end's position."""

    first: Int32s
    other: Int32s
    shape: Int8s
    lag: Int32s
    calendar: Int32s


class Extras(NamedTuple):
    """Rules by row, flat with `RULE_WIDTH` columns, and the shares of tasks with several calendars."""

    rules: Int64s
    share_calendar: Int32s
    share_span: Int64s
    share_delay: Int64s


class Dates(NamedTuple):
    """What the passes find, by position; moments are wall minutes, `work` is the working minutes before the start."""

    start: Int64s
    finish: Int64s
    work: Int64s
    driver: Int32s
    late_start: Int64s
    late_finish: Int64s
    total_float: Int64s
