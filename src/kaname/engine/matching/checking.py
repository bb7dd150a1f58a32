"""Refuse demands and people whose numbers contradict themselves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NoReturn

from kaname.engine.matching.axis import Axis
from kaname.engine.matching.types import (
    MAX_LEVEL,
    MAX_LOAD,
    Criterion,
    Demand,
    MatchingError,
    Person,
    Preferences,
    SkillNeed,
)
from kaname.engine.scoring import MAX_WEIGHT, unsound_weights
from kaname.engine.text import Message, gettext_noop


def check(demand: Demand, people: tuple[Person, ...], *, axis: Axis, preferences: Preferences) -> None:
    """Refuse what cannot be matched.

    Raises
    ------
    MatchingError
        With the first thing that is wrong.
    """
    check_demand(demand, axis)
    if not any(load and minutes for load, minutes in zip(demand.load_permille, axis.minutes, strict=True)):
        refuse(
            gettext_noop("“%(name)s” needs nobody: its load is 0 in every period with working time."),
            {"name": demand.role},
        )
    check_people(people, axis)
    weights = preferences.weights
    if not weights.is_sound(Criterion) or not 0 <= weights.further_person <= MAX_WEIGHT:
        raise MatchingError(unsound_weights())
    if preferences.count < 1 or preferences.pool < 2:
        refuse(gettext_noop("Ask for at least one proposal and a pool of at least two people."))


def refuse(template: str, params: Mapping[str, str | int] | None = None) -> NoReturn:
    """Raise a `MatchingError` with a sentence."""
    raise MatchingError(Message(template, params or {}))


def check_demand(demand: Demand, axis: Axis) -> None:
    """Refuse a demand whose own numbers contradict themselves."""
    check_load(demand.role, demand.load_permille, axis)
    if demand.budget_rate is not None and demand.budget_rate < 0:
        refuse(gettext_noop("“%(name)s” has a rate below 0."), {"name": demand.role})
    _check_needs(demand.role, demand.skills)


def check_people(people: tuple[Person, ...], axis: Axis) -> None:
    """Refuse people whose numbers contradict themselves, and who is given twice."""
    counted = Counter(person.uid for person in people)
    for person in people:
        if counted[person.uid] > 1:
            template = gettext_noop("Number %(uid)s (%(name)s) is given more than once.")
            refuse(template, {"uid": person.uid, "name": person.name})
        _check_person(person, axis)


def check_load(name: str, loads: tuple[int, ...], axis: Axis) -> None:
    """Refuse loads that are not one for each period, or out of bounds."""
    if len(loads) != axis.count:
        template = gettext_noop("“%(name)s” has %(count)s periods instead of %(periods)s.")
        refuse(template, {"name": name, "count": len(loads), "periods": axis.count})
    if not all(0 <= load <= MAX_LOAD for load in loads):
        template = gettext_noop("“%(name)s” has a period with less than 0 or more than %(most)s permille.")
        refuse(template, {"name": name, "most": MAX_LOAD})


def _check_person(person: Person, axis: Axis) -> None:
    check_load(person.name, person.capacity_permille, axis)
    if person.rate < 0:
        refuse(gettext_noop("“%(name)s” has a rate below 0."), {"name": person.name})
    if any(not 0 <= level <= MAX_LEVEL for level in person.levels.values()):
        refuse(gettext_noop("“%(name)s” has a skill level outside 0 to 5."), {"name": person.name})
    for assignment in person.assignments:
        check_load(assignment.name, assignment.load_permille, axis)
        _check_needs(assignment.name, assignment.skills)


def _check_needs(name: str, needs: Iterable[SkillNeed]) -> None:
    for need in needs:
        if not (1 <= need.level <= MAX_LEVEL and 0 <= need.least_level <= need.level and need.weight >= 1):
            template = gettext_noop("“%(name)s” needs a skill by levels or a weight that make no sense.")
            refuse(template, {"name": name})
