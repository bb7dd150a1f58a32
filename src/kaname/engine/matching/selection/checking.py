"""Refuse shortlists whose numbers contradict themselves, and check choices in plain Python."""

from collections import Counter
from collections.abc import Collection, Iterator

from kaname.engine.matching.checking import refuse
from kaname.engine.matching.selection.types import MAX_AMOUNT, Candidate, Limits, Shortlist
from kaname.engine.matching.types import MAX_LOAD
from kaname.engine.text import gettext_noop


class BrokenChoice(AssertionError):
    """A choice that breaks its limits: a fault of the program."""


def check(shortlist: Shortlist) -> None:
    """Refuse what cannot be chosen from.

    Raises
    ------
    MatchingError
        With the first thing that is wrong.
    """
    if not shortlist.candidates:
        refuse(gettext_noop("There is no project to choose from."))
    counted = Counter(one.uid for one in shortlist.candidates)
    periods = len(shortlist.limits.budget)
    for one in shortlist.candidates:
        if counted[one.uid] > 1:
            template = gettext_noop("Number %(uid)s (%(name)s) is given more than once.")
            refuse(template, {"uid": one.uid, "name": one.name})
        if not counted.keys() >= one.needs | one.excludes:
            template = gettext_noop("“%(name)s” needs or excludes a project that is not in the list.")
            refuse(template, {"name": one.name})
        _check_amounts(one, periods)
    _check_limits(shortlist.limits, periods)
    if not counted.keys() >= frozenset().union(*shortlist.exactly_one):
        refuse(gettext_noop("A group of which exactly one is chosen names a project that is not in the list."))


def faults_of(shortlist: Shortlist, chosen: Collection[int], *, extra: int = 0) -> Iterator[str]:
    """Yield what a choice breaks: must-dos, dependencies, groups, money and people in each period.

    Parameters
    ----------
    extra
        Money beyond the budgets, spent in whatever periods it helps.
    """
    taken = [one for one in shortlist.candidates if one.uid in chosen]
    for one in shortlist.candidates:
        if one.is_must and one.uid not in chosen:
            yield f"{one.uid} must be chosen"
    for one in taken:
        if not one.needs <= set(chosen):
            yield f"{one.uid} lacks what it needs"
        if one.excludes & set(chosen):
            yield f"{one.uid} excludes what is chosen"
    for group in shortlist.exactly_one:
        if len(group & set(chosen)) != 1:
            yield f"not exactly one of {sorted(group)}"
    limits, over = shortlist.limits, 0
    for period, budget in enumerate(limits.budget):
        over += max(sum(one.cost[period] for one in taken) - budget, 0)
        for skill in {skill for one in taken for skill in one.staff_permille}:
            there = limits.staff_permille[skill][period] if skill in limits.staff_permille else 0
            if sum(one.staff_permille[skill][period] for one in taken if skill in one.staff_permille) > there:
                yield f"skill {skill} in period {period}"
    if over > extra:
        yield f"{over} over the budgets"


def check_choice(shortlist: Shortlist, chosen: Collection[int]) -> None:
    """Raise `BrokenChoice` with all faults of a choice."""
    faults = list(faults_of(shortlist, chosen))
    if faults:
        raise BrokenChoice("; ".join(faults))


def _check_amounts(one: Candidate, periods: int) -> None:
    if any(len(row) != periods for row in (one.cost, *one.staff_permille.values())):
        template = gettext_noop("“%(name)s” needs one figure for each of the %(periods)s periods.")
        refuse(template, {"name": one.name, "periods": periods})
    loads = [load for row in one.staff_permille.values() for load in row]
    if not (
        abs(one.value) <= MAX_AMOUNT
        and all(0 <= cost <= MAX_AMOUNT for cost in one.cost)
        and all(0 <= load <= MAX_LOAD for load in loads)
    ):
        refuse(gettext_noop("“%(name)s” has a figure below 0 or too large."), {"name": one.name})


def _check_limits(limits: Limits, periods: int) -> None:
    rows = limits.staff_permille.values()
    if (
        any(len(row) != periods for row in rows)
        or not all(0 <= amount <= MAX_AMOUNT for amount in limits.budget)
        or not all(0 <= load <= MAX_LOAD for row in rows for load in row)
    ):
        refuse(gettext_noop("The limits need one figure from 0 for each period."))
