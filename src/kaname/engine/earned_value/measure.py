"""Earned value of a tree of accounts."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kaname.engine.earned_value.earning import earned_value
from kaname.engine.earned_value.forecast import forecast
from kaname.engine.earned_value.indices import indices
from kaname.engine.earned_value.phasing import Phasing, phase
from kaname.engine.earned_value.rollup import roll_up
from kaname.engine.earned_value.types import Account, EarnedValueReport, Values, WorkingTime
from kaname.engine.text import Message, gettext_noop


class NegativeValueError(ValueError):
    """A budget is negative, so that no share of it can be earned."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def measure_accounts(
    accounts: Sequence[Account],
    *,
    status_at: int,
    calendars: Mapping[int, WorkingTime],
    project: WorkingTime,
) -> EarnedValueReport:
    """Return PV, EV, AC and BAC of every account, rolled up, with indices and the forecast of the finish.

    Parameters
    ----------
    accounts
        The tree, in any order.
    status_at
        The status date, a wall minute.
    calendars, project
        The calendars of the accounts by uid, and the project's.

    Returns
    -------
    EarnedValueReport
        Exact: each leaf is rounded once, every sum is a sum of whole numbers.

    Raises
    ------
    NegativeValueError
        If a budget is negative.
    TreeLoopError
        If parents run in a circle.
    """
    _refuse_negative(accounts)
    phasing = phase(accounts, calendars=calendars, project=project)
    planned = phasing.planned_values([status_at])[:, 0]
    earned = _earned(accounts, planned)
    sums = roll_up(accounts, _own_values(accounts, phasing, planned, earned))
    by_uid = {account.uid: _values(row) for account, row in zip(accounts, sums.tolist(), strict=True)}
    known = {account.uid for account in accounts}
    roots = [row for row, account in enumerate(accounts) if account.parent_uid not in known]
    total = _values(sums[roots].sum(axis=0).tolist() if roots else [0] * 6)
    return EarnedValueReport(
        status_at=status_at,
        by_uid=by_uid,
        total=total,
        indices=indices(total),
        forecast=forecast(phasing, earned=earned, measured_at=_measured_at(accounts, status_at), project=project),
    )


def planned_curve(
    accounts: Sequence[Account],
    *,
    moments: Sequence[int],
    calendars: Mapping[int, WorkingTime],
    project: WorkingTime,
) -> NDArray[np.int64]:
    """Return the cumulative planned value of every account with all below it, accounts × moments.

    The last column is the budget where the last moment is not before the planned finish; each column sums up the tree to
    the last unit.

    Raises
    ------
    NegativeValueError, TreeLoopError
        As `measure_accounts`.
    """
    _refuse_negative(accounts)
    return roll_up(accounts, phase(accounts, calendars=calendars, project=project).planned_values(moments))


def _refuse_negative(accounts: Sequence[Account]) -> None:
    for account in accounts:
        if account.budget is not None and account.budget < 0:
            template = gettext_noop("The budget of “%(name)s” is negative. Correct the baseline.")
            raise NegativeValueError(Message(template, {"name": account.name or str(account.uid)}))


def _earned(accounts: Sequence[Account], planned: NDArray[np.int64]) -> NDArray[np.int64]:
    values = [earned_value(one, planned=int(value)) for one, value in zip(accounts, planned.tolist(), strict=True)]
    return np.array(values, dtype=planned.dtype)


def _own_values(
    accounts: Sequence[Account], phasing: Phasing, planned: NDArray[np.int64], earned: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return columns planned, earned, actual, budget, unplanned, unknown actuals, not rolled up."""
    branches = {account.parent_uid for account in accounts}
    unplanned = [not one.is_planned and one.uid not in branches for one in accounts]
    unknown = [one.actual is None and one.is_started and one.uid not in branches for one in accounts]
    actual = np.array([one.actual or 0 for one in accounts], dtype=phasing.budget.dtype)
    return np.stack(
        [planned, earned, actual, phasing.budget, np.array(unplanned).astype(int), np.array(unknown).astype(int)],
        axis=1,
    )


def _values(row: Sequence[int]) -> Values:
    planned, earned, actual, budget, unplanned, unknown = row
    return Values(
        planned=planned,
        earned=earned,
        actual=None if unknown else actual,
        budget=budget,
        unplanned=unplanned,
        unknown_actuals=unknown,
    )


def _measured_at(accounts: Sequence[Account], status_at: int) -> int:
    """Return the status date, or the last actual finish where all planned work is finished by then."""
    branches = {account.parent_uid for account in accounts}
    leaves = [account for account in accounts if account.uid not in branches and account.is_planned]
    finishes = [account.actual_finish_at for account in leaves if account.actual_finish_at is not None]
    if not finishes or not all(account.is_finished for account in leaves):
        return status_at
    return min(status_at, max(finishes))
