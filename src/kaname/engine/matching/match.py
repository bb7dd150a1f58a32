"""Find people for a demand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kaname.engine.matching.axis import Axis
from kaname.engine.matching.chains import best_chains
from kaname.engine.matching.checking import check
from kaname.engine.matching.crew import Crew, gather, scores
from kaname.engine.matching.pairs import best_pairs
from kaname.engine.matching.telling import Teller
from kaname.engine.matching.types import Demand, MatchReport, Person, Preferences, ProposalKind

_KINDS = tuple(ProposalKind)


def match(
    demand: Demand, people: Sequence[Person], *, axis: Axis, preferences: Preferences | None = None
) -> MatchReport:
    """Find the best people for a demand: alone, two who share it, or one who is made free by another.

    Parameters
    ----------
    demand
        What is needed, with a load for each period of the axis.
    people
        Who could do it; of equal scores the one given first is first.
    axis
        The periods of all loads and capacities.
    preferences
        Weights, how many proposals of each kind, how many people are tried in pairs; `None` = the defaults.

    Returns
    -------
    MatchReport
        Up to `count` proposals of each kind, all ranked together by score, then by kind.  Cost O(people x periods), pairs
        O(pool² x periods), chains O(assignments x people x periods).

    Raises
    ------
    MatchingError
        If the numbers contradict themselves.

    Examples
    --------
    >>> from datetime import date
    >>> from kaname.engine.matching import SkillNeed
    >>> axis = Axis((date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)), (10000, 10000))
    >>> java = SkillNeed(skill_uid=1, name="Java", level=3)
    >>> work = Demand(role="Developer", project_uid=7, load_permille=(500, 500), skills=(java,))
    >>> sato = Person(uid=1, name="Sato", levels={1: 3}, capacity_permille=(1000, 1000), rate=6000)
    >>> suzuki = Person(uid=2, name="Suzuki", levels={1: 4}, capacity_permille=(250, 500), rate=5000)
    >>> [(str(one.summary), one.score, one.cost) for one in match(work, [sato, suzuki], axis=axis).proposals]
    [('Sato takes all of it.', 78330, 1000000), ('Suzuki takes 75 % of it.', 70750, 625000)]
    """
    preferences = preferences or Preferences()
    people = tuple(people)
    check(demand, people, axis=axis, preferences=preferences)
    crew, excluded = gather(demand, people, axis=axis)
    teller = Teller(crew, preferences.weights)
    proposals = [
        *(teller.single(place) for place in _best_alone(crew, preferences)),
        *(teller.pair(pair) for pair in best_pairs(crew, preferences)),
        *(teller.chain(chain) for chain in best_chains(crew, people, preferences)),
    ]
    proposals.sort(key=lambda proposal: (-proposal.score, _KINDS.index(proposal.kind)))
    ranked = tuple(replace(proposal, rank=rank) for rank, proposal in enumerate(proposals, 1))
    return MatchReport(proposals=ranked, excluded=excluded, weights=preferences.weights)


def _best_alone(crew: Crew, preferences: Preferences) -> list[int]:
    """Return the best of those who cover all of the work, and the best of those who cover some of it."""
    order = np.argsort(-scores(crew, preferences.weights), kind="stable")
    covered = crew.covered[order]
    whole = order[covered == crew.work][: preferences.count]
    part = order[(covered > 0) & (covered < crew.work)][: preferences.count]
    return [*whole.tolist(), *part.tolist()]
