"""Links between lines: what the cells name, without self links, loops and links to an own summary."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kaname.engine.network.plan import Link
from kaname.formats.wbs import messages
from kaname.formats.wbs.account import TableAccount
from kaname.formats.wbs.amounts import Units
from kaname.formats.wbs.facts import CellReader, shown
from kaname.formats.wbs.outline import OutlineRow
from kaname.formats.wbs.references import LineIndex, Reference, read_references
from kaname.formats.wbs.types import ColumnRole

SHOWN_LOOP: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSource:
    """What links are read from; `parents` holds the position of each line's parent."""

    lines: Sequence[OutlineRow]
    parents: Sequence[int | None]
    cells: CellReader
    account: TableAccount
    units: Units


def read_links(source: LinkSource) -> tuple[Link, ...]:
    """Return the links in file order; uids are positions + 1.  What cannot be kept is remarked in the account."""
    collector = _Collector(source)
    index = LineIndex(source.lines)
    for position, line in enumerate(source.lines):
        if line.is_group:
            continue
        for role in (ColumnRole.PREDECESSORS, ColumnRole.SUCCESSORS):
            value = source.cells.value(line.row, role)
            if value is None:
                continue
            for reference in read_references(value, position=position, index=index, units=source.units):
                collector.keep(position, role, reference)
    source.account.mapped("Link", count=len(collector.kept))
    return tuple(collector.kept.values())


class _Collector:
    """Takes references one by one and keeps those that a plan can have."""

    def __init__(self, source: LinkSource) -> None:
        self.kept: dict[tuple[int, int], Link] = {}
        self._source = source
        self._graph = _Reach()

    def keep(self, position: int, role: ColumnRole, reference: Reference) -> None:
        lines, cells = self._source.lines, self._source.cells
        row = lines[position].row
        if reference.position is None:
            cells.lost_role(row, role, messages.LINK_NOWHERE, value=shown(reference.text))
            return
        forward = role is ColumnRole.PREDECESSORS
        ends = (reference.position, position) if forward else (position, reference.position)
        if ends[0] == ends[1]:
            cells.lost_role(row, role, messages.LINK_TO_SELF)
        elif self._are_nested(*ends):
            cells.lost_role(row, role, messages.LINK_TO_OWN_SUMMARY, value=shown(reference.text))
        elif ends in self.kept:
            if forward:
                cells.lost_role(row, role, messages.LINK_TWICE)
        elif loop := self._graph.path(ends[1], ends[0]):
            cells.lost_role(row, role, messages.LINK_LOOP, loop=_loop_text(lines, [*loop, ends[1]]))
        else:
            self._add(ends, reference)
            if reference.is_ambiguous:
                cells.changed_role(row, role, messages.LINK_AMBIGUOUS, value=shown(reference.text))

    def _add(self, ends: tuple[int, int], reference: Reference) -> None:
        self._graph.add(*ends)
        self.kept[ends] = Link(
            predecessor_uid=ends[0] + 1,
            successor_uid=ends[1] + 1,
            type=reference.type,
            lag=reference.lag,
            lag_unit=reference.lag_unit,
        )

    def _are_nested(self, one: int, other: int) -> bool:
        parents = self._source.parents
        if parents[one] is None and parents[other] is None:
            return False
        return _is_above(parents, one, other) or _is_above(parents, other, one)


def _is_above(parents: Sequence[int | None], upper: int, lower: int) -> bool:
    above = parents[lower]
    while above is not None:
        if above == upper:
            return True
        above = parents[above]
    return False


def _loop_text(lines: Sequence[OutlineRow], loop: Sequence[int]) -> str:
    names = [shown(lines[position].name) for position in loop]
    if len(names) > SHOWN_LOOP:
        names = [*names[: SHOWN_LOOP // 2], "…", *names[-SHOWN_LOOP // 2 :]]
    return " → ".join(names)


class _Reach:
    """Which line leads to which; keeps a topological order, so that a link that agrees with it costs nothing.

    The order is repaired locally when a link disagrees (Pearce and Kelly 2006, "A dynamic topological sort algorithm for
    directed acyclic graphs").
    """

    def __init__(self) -> None:
        self._after: defaultdict[int, list[int]] = defaultdict(list)
        self._before: defaultdict[int, list[int]] = defaultdict(list)
        self._rank: dict[int, int] = {}

    def path(self, start: int, goal: int) -> list[int]:
        """Return the way from `start` to `goal`, empty where there is none."""
        ceiling = self._rank.setdefault(goal, goal)
        if self._rank.setdefault(start, start) > ceiling:
            return []
        came: dict[int, int] = {start: start}
        stack = [start]
        while stack:
            node = stack.pop()
            if node == goal:
                return _way_back(came, start, goal)
            for following in self._after.get(node, ()):
                if following not in came and self._rank[following] <= ceiling:
                    came[following] = node
                    stack.append(following)
        return []

    def add(self, start: int, finish: int) -> None:
        """Add an edge that closes no loop."""
        low, high = self._rank.setdefault(finish, finish), self._rank.setdefault(start, start)
        if low < high:
            ahead = self._within(self._after, finish, lambda rank: rank <= high)
            behind = self._within(self._before, start, lambda rank: rank >= low)
            nodes = [*sorted(behind, key=self._rank.__getitem__), *sorted(ahead, key=self._rank.__getitem__)]
            for node, rank in zip(nodes, sorted(self._rank[node] for node in nodes), strict=True):
                self._rank[node] = rank
        self._after[start].append(finish)
        self._before[finish].append(start)

    def _within(self, edges: Mapping[int, Iterable[int]], origin: int, fits: Callable[[int], bool]) -> set[int]:
        seen = {origin}
        stack = [origin]
        while stack:
            for following in edges.get(stack.pop(), ()):
                if following not in seen and fits(self._rank[following]):
                    seen.add(following)
                    stack.append(following)
        return seen


def _way_back(came: Mapping[int, int], start: int, goal: int) -> list[int]:
    way = [goal]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]
