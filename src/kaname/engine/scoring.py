"""Scores by published weights: how much each criterion counts, and what it says of one proposal."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaname.engine.text import Message, gettext_noop

MAX_WEIGHT: Final = 1_000_000


class Weighing:
    """The base of dataclasses that hold a whole-number weight for each criterion, under the criterion's value."""

    __slots__ = ()

    def of(self, criterion: StrEnum) -> int:
        """Return the weight of a criterion."""
        return int(getattr(self, criterion.value))

    def is_sound(self, criteria: Iterable[StrEnum]) -> bool:
        """Say whether each weight lies between 0 and `MAX_WEIGHT` and at least one is more than 0."""
        values = [self.of(criterion) for criterion in criteria]
        return any(values) and all(0 <= value <= MAX_WEIGHT for value in values)


def unsound_weights() -> Message:
    """Say which weights can be used."""
    template = gettext_noop("Weights are whole numbers from 0 to %(most)s, and at least one is more than 0.")
    return Message(template, {"most": MAX_WEIGHT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part[C: StrEnum]:
    """What one criterion says of a proposal: `merit_permille` from 0 (worst) to 1000, its weight, and why.

    Examples
    --------
    >>> class Criterion(StrEnum):
    ...     SKILL = "skill"
    >>> Part(criterion=Criterion.SKILL, weight=35, merit_permille=600, reason=Message("One below.")).points
    21000
    """

    criterion: C
    weight: int
    merit_permille: int
    reason: Message

    @property
    def points(self) -> int:
        """Weight times merit."""
        return self.weight * self.merit_permille


def share_of_best[C: StrEnum](score: int, parts: Iterable[Part[C]]) -> int:
    """Return a score in permille of the best that its parts could give, rounded down; not below 0."""
    return max(score, 0) // max(sum(part.weight for part in parts), 1)
