"""Links as columns while a plan is compiled, and as compressed rows afterwards."""

from dataclasses import dataclass, field

import numpy as np

from kaname.engine.calendar.kernels import CLOCK
from kaname.engine.network import arrays
from kaname.engine.network.network import NO_LINK


@dataclass(slots=True)
class Rows:
    """Links under construction, as columns."""

    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    shape: list[int] = field(default_factory=list)
    lag: list[int] = field(default_factory=list)
    calendar: list[int] = field(default_factory=list)
    plan_link: list[int] = field(default_factory=list)

    def bond(self, before: int, after: int, shape: int) -> None:
        """Add what holds a summary and its tasks together."""
        self.link(before, after, NO_LINK, (shape, 0, CLOCK))

    def link(self, before: int, after: int, plan_link: int, terms: tuple[int, int, int]) -> None:
        """Add a link of the plan; `terms` are its shape, its lag and the calendar of the lag."""
        shape, lag, calendar = terms
        self.before.append(before)
        self.after.append(after)
        self.shape.append(shape)
        self.lag.append(lag)
        self.calendar.append(calendar)
        self.plan_link.append(plan_link)


def join_rows(rows: Rows, position: np.ndarray, silent: np.ndarray) -> tuple[arrays.Links, arrays.Links, np.ndarray]:
    """Return links by successor and by predecessor, and the plan's link of each of the former.

    `position` is the topological place of every node; `silent` marks those that put no late bound on predecessors.
    """
    count = len(position)
    before, after = (np.array(column, dtype=np.int64) for column in (rows.before, rows.after))
    shape = np.array(rows.shape, dtype=np.int8)
    lag, calendar = (np.array(column, dtype=np.int32) for column in (rows.lag, rows.calendar))
    mute = silent[after] if len(after) else np.zeros(0, dtype=bool)
    late_shape = np.where(mute & (shape < arrays.CHILD), arrays.SILENT, shape).astype(np.int8)
    start, end = position[before].astype(np.int64), position[after].astype(np.int64)
    by_after = np.lexsort((start, end))
    by_before = np.lexsort((end, start))
    plan_link = np.array(rows.plan_link, dtype=np.int32)[by_after]
    incoming = arrays.Links(
        _firsts(end, count), start[by_after].astype(np.int32), shape[by_after], lag[by_after], calendar[by_after]
    )
    outgoing = arrays.Links(
        _firsts(start, count),
        end[by_before].astype(np.int32),
        late_shape[by_before],
        lag[by_before],
        calendar[by_before],
    )
    return incoming, outgoing, plan_link


def compress(key: np.ndarray, value: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where the values of each key 0 … `count` - 1 begin, and the values by key."""
    return _firsts(key, count), value[np.argsort(key, kind="stable")].astype(np.int32)


def _firsts(key: np.ndarray, count: int) -> np.ndarray:
    return np.concatenate(([0], np.cumsum(np.bincount(key, minlength=count)))).astype(np.int32)
