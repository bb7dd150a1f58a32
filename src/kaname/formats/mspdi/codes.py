"""The numbers of the Microsoft Project schema and what they mean."""

from typing import Final

from kaname.engine.network.plan import ConstraintType, LagUnit, LinkType, ResourceKind, TaskType

LINK_TYPES: Final = {0: LinkType.FF, 1: LinkType.FS, 2: LinkType.SF, 3: LinkType.SS}
CONSTRAINTS: Final = {
    0: ConstraintType.ASAP,
    1: ConstraintType.ALAP,
    2: ConstraintType.MSO,
    3: ConstraintType.MFO,
    4: ConstraintType.SNET,
    5: ConstraintType.SNLT,
    6: ConstraintType.FNET,
    7: ConstraintType.FNLT,
}
TASK_TYPES: Final = {0: TaskType.FIXED_UNITS, 1: TaskType.FIXED_DURATION, 2: TaskType.FIXED_WORK}
RESOURCE_KINDS: Final = {0: ResourceKind.MATERIAL, 1: ResourceKind.WORK, 2: ResourceKind.COST}
CONTOURS: Final = {
    0: "",
    1: "back_loaded",
    2: "front_loaded",
    3: "double_peak",
    4: "early_peak",
    5: "late_peak",
    6: "bell",
    7: "turtle",
    8: "contoured",
}

ESTIMATED_OFFSET: Final = 32
"""A duration format from 35 on is the format 32 below with a question mark: 39 is "estimated days", 7 is "days"."""
FORMAT_DAYS: Final = 7
FORMAT_ELAPSED_DAYS: Final = 8
FORMAT_PERCENT: Final = 19
FORMAT_ELAPSED_PERCENT: Final = 20
_FORMATS: Final = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 19, 20, 21})
_ELAPSED: Final = frozenset({4, 6, 8, 10, 12, 20})

UNASSIGNED: Final = -65535
"""The resource of an assignment that nobody has."""


def is_estimated_format(code: int) -> bool:
    """Say whether a duration format carries the question mark of an estimate.

    Examples
    --------
    >>> is_estimated_format(39), is_estimated_format(7)
    (True, False)
    """
    return code - ESTIMATED_OFFSET in _FORMATS


def is_elapsed_format(code: int) -> bool:
    """Say whether a duration format counts the clock rather than working time.

    Examples
    --------
    >>> is_elapsed_format(8), is_elapsed_format(40), is_elapsed_format(7)
    (True, True, False)
    """
    return _plain_format(code) in _ELAPSED


def lag_unit(code: int) -> LagUnit:
    """Return how a lag of that format is counted.

    Examples
    --------
    >>> lag_unit(8), lag_unit(19)
    (<LagUnit.ELAPSED: 'elapsed'>, <LagUnit.PERCENT: 'percent'>)
    """
    plain = _plain_format(code)
    if plain == FORMAT_PERCENT:
        return LagUnit.PERCENT
    if plain == FORMAT_ELAPSED_PERCENT:
        return LagUnit.ELAPSED_PERCENT
    return LagUnit.ELAPSED if plain in _ELAPSED else LagUnit.WORKING


def _plain_format(code: int) -> int:
    return code - ESTIMATED_OFFSET if is_estimated_format(code) else code
