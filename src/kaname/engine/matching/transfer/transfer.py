"""What a move of a person does to the two projects, and which of many moves win most."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kaname.engine.leveling.plans.jit import PLAIN, Kernels, compiled_kernels, is_compiled
from kaname.engine.matching.transfer import reasons
from kaname.engine.matching.transfer.changing import Office, cost_of, released_at, with_help, without
from kaname.engine.matching.transfer.scheduling import dates_alone, standing_of
from kaname.engine.matching.transfer.types import Changed, Effect, Move, Project, Ranking, Refused, Side, Standing
from kaname.engine.matching.types import MatchingError
from kaname.engine.network.plan import Resource
from kaname.engine.text import Message, gettext_noop

_PLAIN_UP_TO: Final = 3_000
"""Tasks of all projects up to which plain Python is used while nothing is compiled."""


class TransferDesk:
    """Projects whose people may move; answers are kept, so that a list of moves costs what differs between them.

    Parameters
    ----------
    projects
        With levelled plans.  O(tasks) each to set up.

    Raises
    ------
    MatchingError
        If a plan has no dates.

    Examples
    --------
    >>> from kaname.engine.leveling.plans import level_plan
    >>> from kaname.engine.network.plan import Assignment, Plan, Resource, Task
    >>> def project(uid, name, hours, people):
    ...     task = Task(uid=1, name="build", duration_minutes=60 * hours, is_effort_driven=True)
    ...     taken = tuple(Assignment(task_uid=1, resource_uid=each.uid) for each in people)
    ...     plan = Plan(start_at=480, tasks=(task,), resources=people, assignments=taken)
    ...     return Project(uid=uid, name=name, leveling=level_plan(plan))
    >>> abe, ito, kato = (Resource(uid=uid, name=name) for uid, name in enumerate(("Abe", "Ito", "Kato"), 1))
    >>> desk = TransferDesk([project(1, "Shop", 16, (abe, ito)), project(2, "CRM", 32, (kato,))])
    >>> found = desk.effect(Move(person_uid=2, from_uid=1, to_uid=2, from_at=0))
    >>> found.left.changed.lengths, found.joined.changed.lengths
    ({1: (960, 1920)}, {1: (1920, 960)})
    """

    def __init__(self, projects: Sequence[Project]) -> None:
        self._offices = {project.uid: Office(project) for project in projects}
        for project in projects:
            if project.leveling.finish_at is None:
                raise MatchingError(reasons.no_dates(project))
        size = sum(len(project.leveling.plan.tasks) for project in projects)
        self._kernels: Kernels = compiled_kernels() if is_compiled() or size > _PLAIN_UP_TO else PLAIN
        self._standings = {
            uid: standing_of(office, Changed(plan=office.plan), kernels=self._kernels)
            for uid, office in self._offices.items()
        }
        self._left: dict[tuple[object, ...], tuple[Changed, Standing] | MatchingError] = {}
        self._joined: dict[tuple[object, ...], Standing] = {}

    def before(self, project_uid: int) -> Standing:
        """Return how a project stands without any move, scheduled in the same way."""
        return self._standings[project_uid]

    def effect(self, move: Move) -> Effect:
        """Return what a move does: both projects scheduled anew.

        Raises
        ------
        MatchingError
            If the move cannot be made.
        """
        giving, taking = self._office(move.from_uid), self._office(move.to_uid)
        if giving is taking:
            raise MatchingError(reasons.same_project(giving.project))
        person = giving.people.get(move.person_uid)
        if person is None:
            raise MatchingError(reasons.not_there(giving.project, move.person_uid))
        share = min(move.share_permille, person.max_units_permille)
        if share < 1:
            raise MatchingError(Message(gettext_noop("A move takes at least one permille of a person's time.")))
        move = replace(move, share_permille=share)
        at = released_at(giving, move)
        gone, after = self._without(giving, move, at)
        come = with_help(taking, move, giving=giving, at=at)
        left = self._side(giving, gone, after)
        joined = self._side(taking, come, self._with(taking, come, move=move, at=at, person=person))
        net = -joined.delay_minutes * taking.project.priority - left.delay_minutes * giving.project.priority
        reason = reasons.effect(person.name, giving.project, left, taking.project, joined)
        return Effect(move=move, at=at, left=left, joined=joined, net=net // 100, reason=reason)

    def rank(self, moves: Iterable[Move]) -> Ranking:
        """Return the effects of moves, the one that wins most first; of equal ones the cheaper, then the one given first."""
        effects, refused = [], []
        for move in moves:
            try:
                effects.append(self.effect(move))
            except MatchingError as error:
                refused.append(Refused(move, error.message))
        effects.sort(key=lambda each: (-each.net, each.left.extra_cost + each.joined.extra_cost))
        return Ranking(effects=tuple(effects), refused=tuple(refused))

    def _office(self, uid: int) -> Office:
        if uid not in self._offices:
            raise MatchingError(Message(gettext_noop("There is no project with number %(uid)s."), {"uid": uid}))
        return self._offices[uid]

    def _without(self, office: Office, move: Move, at: int) -> tuple[Changed, Standing]:
        key = (move.from_uid, move.person_uid, move.from_at, move.share_permille, move.stand_ins)
        if key not in self._left:
            try:
                changed = without(office, move, at=at)
                self._left[key] = changed, standing_of(office, changed, kernels=self._kernels)
            except MatchingError as error:
                self._left[key] = error
        found = self._left[key]
        if isinstance(found, MatchingError):
            raise found
        return found

    def _with(self, office: Office, changed: Changed, *, move: Move, at: int, person: Resource) -> Standing:
        """Return how a project stands with help; guests of the same calendar hasten the same tasks by the same."""
        if person.uid in office.people:
            return standing_of(office, changed, kernels=self._kernels)
        key = (move.to_uid, at, move.share_permille, person.calendar_uid, *changed.lengths)
        if key not in self._joined:
            self._joined[key] = dates_alone(office, changed, kernels=self._kernels)
        return replace(self._joined[key], cost=cost_of(changed.plan))

    def _side(self, office: Office, changed: Changed, after: Standing) -> Side:
        uid = office.project.uid
        return Side(project_uid=uid, before=self._standings[uid], after=after, changed=changed)
