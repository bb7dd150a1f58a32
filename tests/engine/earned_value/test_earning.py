import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.engine.earned_value import Account, EarnedRule, WeightedMilestone, apportion, earned_value

STEPS = (WeightedMilestone(2, True), WeightedMilestone(3, True), WeightedMilestone(5, False))

# rule, permille, actual start, actual finish, milestones -> earned of 1,001 with 700 planned
RULES = [
    ((EarnedRule.PERCENT, 0, None, None, ()), 0),
    ((EarnedRule.PERCENT, 333, 0, None, ()), 333),
    ((EarnedRule.PERCENT, 500, 0, None, ()), 501),
    ((EarnedRule.PERCENT, 500, 0, 90, ()), 1001),
    ((EarnedRule.ZERO_HUNDRED, 990, 0, None, ()), 0),
    ((EarnedRule.ZERO_HUNDRED, 1000, 0, None, ()), 1001),
    ((EarnedRule.FIFTY_FIFTY, 0, None, None, ()), 0),
    ((EarnedRule.FIFTY_FIFTY, 0, 0, None, ()), 501),
    ((EarnedRule.FIFTY_FIFTY, 0, 0, 90, ()), 1001),
    ((EarnedRule.WEIGHTED_MILESTONES, 900, 0, None, STEPS), 500),
    ((EarnedRule.WEIGHTED_MILESTONES, 900, 0, None, ()), 0),
    ((EarnedRule.LEVEL_OF_EFFORT, 0, 0, None, ()), 700),
]


@pytest.mark.parametrize(("reported", "expected"), RULES)
def test_earned_value_by_rule(reported, expected):
    rule, permille, start_at, finish_at, milestones = reported
    account = Account(
        uid=1,
        budget=1001,
        start_at=0,
        finish_at=100,
        done_permille=permille,
        actual_start_at=start_at,
        actual_finish_at=finish_at,
        rule=rule,
        milestones=milestones,
    )
    assert earned_value(account, planned=700) == expected


def test_earned_value_without_a_budget_is_nothing():
    assert earned_value(Account(uid=1, start_at=0, finish_at=9, done_permille=1000), planned=0) == 0


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_apportion_sums_to_the_total_and_misses_no_share_by_a_unit(total, weights):
    parts = apportion(total, weights)
    shares = weights if any(weights) else [1] * len(weights)
    assert sum(parts) == total
    assert all(abs(part * sum(shares) - total * share) < sum(shares) for part, share in zip(parts, shares, strict=True))


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_apportion_without_sensible_weights_is_refused(weights):
    with pytest.raises(ValueError, match="weights must be given and not negative"):
        apportion(10, weights)
