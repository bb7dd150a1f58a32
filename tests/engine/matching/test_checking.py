from dataclasses import replace

import pytest

from kaname.engine.matching import MatchingError, Preferences, Weights, match
from tests.engine.matching.small_company import AXIS, BILLING, DEVELOPER, JAVA, PEOPLE, SATO

NOTHING = Weights(skill=0, capacity=0, cost=0, place=0, continuity=0, growth=0)


@pytest.mark.parametrize(
    ("demand", "said"),
    [
        (replace(DEVELOPER, load_permille=(1, 2)), "“Developer” has 2 periods instead of 3."),
        (
            replace(DEVELOPER, load_permille=(1, 2, -3)),
            "“Developer” has a period with less than 0 or more than 1000000 permille.",
        ),
        (
            replace(DEVELOPER, load_permille=(0, 0, 0)),
            "“Developer” needs nobody: its load is 0 in every period with working time.",
        ),
        (replace(DEVELOPER, budget_rate=-1), "“Developer” has a rate below 0."),
        (
            replace(DEVELOPER, skills=(replace(JAVA, level=6),)),
            "“Developer” needs a skill by levels or a weight that make no sense.",
        ),
        (
            replace(DEVELOPER, skills=(replace(JAVA, least_level=4),)),
            "“Developer” needs a skill by levels or a weight that make no sense.",
        ),
    ],
)
def test_demand_that_contradicts_itself_is_refused(demand, said):
    with pytest.raises(MatchingError) as caught:
        match(demand, PEOPLE, axis=AXIS)
    assert str(caught.value.message) == str(caught.value) == said


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (replace(SATO, capacity_permille=(1000,)), "“Sato” has 1 periods instead of 3."),
        (replace(SATO, rate=-1), "“Sato” has a rate below 0."),
        (replace(SATO, levels={1: 6}), "“Sato” has a skill level outside 0 to 5."),
        (replace(SATO, assignments=(replace(BILLING, load_permille=()),)), "“Billing” has 0 periods instead of 3."),
    ],
)
def test_person_who_contradicts_himself_is_refused(person, said):
    with pytest.raises(MatchingError) as caught:
        match(DEVELOPER, [person], axis=AXIS)
    assert str(caught.value) == said


def test_person_given_twice_is_refused():
    with pytest.raises(MatchingError) as caught:
        match(DEVELOPER, [SATO, SATO], axis=AXIS)
    assert str(caught.value) == "Number 1 (Sato) is given more than once."


@pytest.mark.parametrize(
    ("preferences", "said"),
    [
        (Preferences(weights=NOTHING), "Weights are whole numbers from 0 to 1000000, and at least one is more than 0."),
        (
            Preferences(weights=Weights(further_person=-1)),
            "Weights are whole numbers from 0 to 1000000, and at least one is more than 0.",
        ),
        (Preferences(pool=1), "Ask for at least one proposal and a pool of at least two people."),
    ],
)
def test_preferences_that_cannot_rank_are_refused(preferences, said):
    with pytest.raises(MatchingError) as caught:
        match(DEVELOPER, PEOPLE, axis=AXIS, preferences=preferences)
    assert str(caught.value) == said
