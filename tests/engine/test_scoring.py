from dataclasses import dataclass
from enum import StrEnum

import pytest

from kaname.engine.scoring import MAX_WEIGHT, Part, Weighing, share_of_best
from kaname.engine.text import Message


class Criterion(StrEnum):
    SKILL = "skill"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(Weighing):
    skill: int = 3
    cost: int = 1


@pytest.mark.parametrize(
    ("weights", "is_sound"),
    [
        (Weights(), True),
        (Weights(skill=MAX_WEIGHT, cost=0), True),
        (Weights(skill=MAX_WEIGHT + 1), False),
        (Weights(skill=0, cost=0), False),
        (Weights(cost=-1), False),
    ],
)
def test_weights_are_sound_within_their_bounds(weights, is_sound):
    assert weights.is_sound(Criterion) is is_sound


def test_share_of_best_is_the_weighted_mean_rounded_down_and_never_negative():
    parts = [
        Part(criterion=criterion, weight=Weights().of(criterion), merit_permille=merit, reason=Message("Because."))
        for criterion, merit in ((Criterion.SKILL, 601), (Criterion.COST, 1000))
    ]
    assert [part.points for part in parts] == [1803, 1000]
    assert [share_of_best(score, parts) for score in (2803, -5)] == [700, 0]
