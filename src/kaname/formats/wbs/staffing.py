"""People and their assignments, from the assignee columns."""

from collections.abc import Sequence
from itertools import pairwise

from kaname.engine.network.plan import Assignment, Resource, TaskKind
from kaname.formats.wbs.drafting import Draft
from kaname.formats.wbs.facts import CellReader
from kaname.formats.wbs.references import Person


class Staffing:
    """The resources of a table in the order of their first mention, and who works on what."""

    def __init__(self, drafts: Sequence[Draft], cells: CellReader) -> None:
        self._uids: dict[str, int] = {}
        assignments: list[Assignment] = []
        for draft in drafts:
            if draft.task.kind is TaskKind.SUMMARY:
                continue
            assignments.extend(self._assign(draft, cells.people(draft.line.row)))
        self.assignments = tuple(assignments)
        self.resources = tuple(Resource(uid=uid, name=name, source_key=name) for name, uid in self._uids.items())

    def _assign(self, draft: Draft, people: Sequence[Person]) -> list[Assignment]:
        shares = share_out(draft.task.effort_minutes, [person.units_permille for person in people])
        return [
            Assignment(
                task_uid=draft.task.uid,
                resource_uid=self._uids.setdefault(person.name, len(self._uids) + 1),
                units_permille=person.units_permille,
                effort_minutes=share,
            )
            for person, share in zip(people, shares, strict=True)
        ]


def share_out(effort: int | None, weights: Sequence[int]) -> list[int | None]:
    """Divide an effort by weights into whole minutes whose sum is the effort.

    Examples
    --------
    >>> share_out(1000, [1, 1, 1]), share_out(None, [1000])
    ([333, 333, 334], [None])
    """
    if effort is None:
        return [None] * len(weights)
    total = sum(weights) or len(weights)
    bounds = [0]
    for weight in weights:
        bounds.append(bounds[-1] + (weight if sum(weights) else 1))
    edges = [effort * bound // total for bound in bounds] if weights else [0]
    return [upper - lower for lower, upper in pairwise(edges)]
