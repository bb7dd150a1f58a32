"""How much of its budget an account has earned, and how a whole number is split without losing a unit."""

from collections.abc import Sequence

from kaname.engine.earned_value.types import Account, EarnedRule
from kaname.engine.units import PERMILLE


def earned_value(account: Account, *, planned: int) -> int:
    """Return what an account has earned of its own budget, in whole units.

    Parameters
    ----------
    account
        What is budgeted and reported.
    planned
        Its planned value at the status date, which a level of effort earns.

    Examples
    --------
    >>> half = Account(uid=1, budget=1001, start_at=0, finish_at=9, done_permille=1, rule=EarnedRule.FIFTY_FIFTY)
    >>> earned_value(half, planned=0)
    501
    """
    if not account.is_planned or account.budget is None:
        return 0
    if account.is_finished:
        return account.budget
    match account.rule:
        case EarnedRule.ZERO_HUNDRED:
            return 0
        case EarnedRule.FIFTY_FIFTY:
            return _share(account.budget, PERMILLE // 2) if account.is_started else 0
        case EarnedRule.WEIGHTED_MILESTONES:
            return _milestones_reached(account)
        case EarnedRule.LEVEL_OF_EFFORT:
            return planned
        case EarnedRule.PERCENT | EarnedRule.EFFORT:
            return _share(account.budget, min(max(account.done_permille, 0), PERMILLE))


def apportion(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split a whole number in proportion to weights so that the parts sum to it: the largest remainders get a unit more.

    Of equal remainders the earlier part wins (Hamilton's method).  Weights of zero get nothing; where all are zero the
    parts are equal.

    Raises
    ------
    ValueError
        If a weight is negative, or there are none.

    Examples
    --------
    >>> apportion(100, [1, 1, 1])
    (34, 33, 33)
    >>> apportion(10, [0, 3, 1])
    (0, 8, 2)
    """
    if not weights or min(weights) < 0:
        raise ValueError(f"weights must be given and not negative, got {list(weights)}")
    shares = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(shares)
    parts = [total * share // whole for share in shares]
    remainders = sorted(range(len(shares)), key=lambda place: (-(total * shares[place] % whole), place))
    for place in remainders[: total - sum(parts)]:
        parts[place] += 1
    return tuple(parts)


def _milestones_reached(account: Account) -> int:
    if not account.milestones or account.budget is None:
        return 0
    parts = apportion(account.budget, [milestone.weight for milestone in account.milestones])
    return sum(part for part, one in zip(parts, account.milestones, strict=True) if one.is_reached)


def _share(budget: int, permille: int) -> int:
    """Round half up, once, at the leaf: sums above are exact because nothing is rounded there."""
    return (2 * budget * permille + PERMILLE) // (2 * PERMILLE)
