"""The words of a selection: projects to choose from, what they need, what there is, and what is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from kaname.engine.text import Message

MAX_AMOUNT: Final = 10**12
"""Of money and value: sums of a thousand of them stay exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A project that may be done or not.

    Parameters
    ----------
    value
        What it is worth, in any unit that is the same for all; may be negative for work that others need.
    cost
        Money in each period, from 0.
    staff_permille
        Skill to people in each period, 1000 = one person for the whole period; a skill that is not named is not needed.
    is_must
        It is done in any case.
    needs, excludes
        Projects that must be chosen with it, and that cannot be.
    """

    uid: int
    name: str
    value: int
    cost: tuple[int, ...]
    staff_permille: Mapping[int, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    is_must: bool = False
    needs: frozenset[int] = frozenset()
    excludes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What there is in each period.

    Parameters
    ----------
    budget
        Money; none is carried over.
    staff_permille
        Skill to people; of a skill that is not named there are none.
    skills
        What the skills are called.
    """

    budget: tuple[int, ...]
    staff_permille: Mapping[int, tuple[int, ...]] = field(default_factory=lambda: MappingProxyType({}))
    skills: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The question: candidates, limits, and groups of which exactly one is chosen."""

    candidates: tuple[Candidate, ...]
    limits: Limits
    exactly_one: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Projects that could be chosen together: their numbers in the order of the candidates, and their value.

    Parameters
    ----------
    added, removed
        What is chosen beside, and what is not, compared with the best choice.
    """

    chosen: tuple[int, ...]
    value: int
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Why a project is chosen or not.

    Parameters
    ----------
    otherwise
        The best choice if this one project were decided the other way; `None` if there is none.
    loss
        How much less that is worth; `None` if there is none.
    """

    uid: int
    is_chosen: bool
    otherwise: Choice | None
    loss: int | None
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What more people or more money would be worth.

    Parameters
    ----------
    skill_uid
        The skill of one more person in all periods; `None` for more money.
    extra
        Permille of a person in each period, or money in all, spent in whatever periods it helps.
    gain
        How much more the best choice would be worth, found by choosing again.
    """

    skill_uid: int | None
    extra: int
    choice: Choice
    gain: int
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What the best choice uses in each period: money, and people by skill in permille."""

    budget: tuple[int, ...]
    staff_permille: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The best choice, which passed the independent checker, and what speaks for it.

    Parameters
    ----------
    upper_bound
        No choice is worth more; equal to the value of `best` unless time ran out.
    verdicts
        One for each candidate, in order.
    worths
        The skills in the order of their numbers, then money.
    alternatives
        The next best choices, best first.
    is_complete
        Whether time sufficed for all of it; what is not proved is left out.
    """

    best: Choice
    upper_bound: int
    used: Used
    verdicts: tuple[Verdict, ...]
    worths: tuple[Worth, ...]
    alternatives: tuple[Choice, ...]
    is_complete: bool
